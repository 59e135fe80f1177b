import { withReason } from "../../../../../../schemas/common"
import { voidPaymentWorkflow } from "../../../../../../workflows/invoice/void-payment"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { paymentDetail } from "../../../../../views/invoice"

/** The payment was none: a cheque that bounced, a transfer recalled. */
export const POST = adminWrite({
  flags: SALES,
  body: withReason,
  handler: async ({ container, store, actor, params, body }) => {
    await voidPaymentWorkflow(container).run({
      input: { id: params.id, store_id: store.id, reason: body.reason, actor },
    })
    return ok({ payment: await paymentDetail(container, store.id, params.id) })
  },
})
