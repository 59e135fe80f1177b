import { withReason } from "../../../../../../schemas/common"
import { liftCreditHoldWorkflow } from "../../../../../../workflows/credit/lift-credit-hold"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { creditHoldView } from "../../../../../views/credit-hold"

/** Takes a person's hold away; orders that nothing else holds go on. */
export const POST = adminWrite({
  flags: SALES,
  body: withReason,
  handler: async ({ container, store, actor, params, body: { reason } }) => {
    const { result } = await liftCreditHoldWorkflow(container).run({
      input: { id: params.id, store_id: store.id, reason, actor },
    })
    return ok({ credit_hold: creditHoldView(result) })
  },
})
