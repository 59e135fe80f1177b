import { withReason } from "../../../../../../schemas/common"
import { voidLateChargeWorkflow } from "../../../../../../workflows/invoice/charge-late"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { lateChargeView } from "../../../../../views/invoice"

export const POST = adminWrite({
  flags: SALES,
  body: withReason,
  handler: async ({ container, store, actor, params, body }) => {
    const { result } = await voidLateChargeWorkflow(container).run({
      input: { id: params.id, store_id: store.id, reason: body.reason, actor },
    })
    return ok({ late_charge: lateChargeView(result.late_charge) })
  },
})
