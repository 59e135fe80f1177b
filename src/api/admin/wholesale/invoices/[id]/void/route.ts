import { withReason } from "../../../../../../schemas/common"
import { voidInvoiceWorkflow } from "../../../../../../workflows/invoice/void-invoice"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { invoiceDetail } from "../../../../../views/invoice"

export const POST = adminWrite({
  flags: SALES,
  body: withReason,
  handler: async ({ container, store, actor, params, body }) => {
    await voidInvoiceWorkflow(container).run({
      input: { id: params.id, store_id: store.id, reason: body.reason, actor },
    })
    return ok({ invoice: await invoiceDetail(container, store.id, params.id) })
  },
})
