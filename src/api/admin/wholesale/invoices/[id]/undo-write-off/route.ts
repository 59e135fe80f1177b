import { withReason } from "../../../../../../schemas/common"
import { undoWriteOffWorkflow } from "../../../../../../workflows/invoice/write-off-invoice"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { invoiceDetail } from "../../../../../views/invoice"

/** The debt is good after all: the invoice is asked for again. */
export const POST = adminWrite({
  flags: SALES,
  body: withReason,
  handler: async ({ container, store, actor, params, body }) => {
    await undoWriteOffWorkflow(container).run({
      input: { id: params.id, store_id: store.id, reason: body.reason, actor },
    })
    return ok({ invoice: await invoiceDetail(container, store.id, params.id) })
  },
})
