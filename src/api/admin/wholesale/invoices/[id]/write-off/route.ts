import { derivedId } from "../../../../../../lib/ids/derived-id"
import { writeOffInvoice } from "../../../../../../schemas/invoices"
import { writeOffInvoiceWorkflow } from "../../../../../../workflows/invoice/write-off-invoice"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { invoiceDetail } from "../../../../../views/invoice"

/** Gives what is outstanding up, or a part of it, as a bad debt. */
export const POST = adminWrite({
  flags: SALES,
  body: writeOffInvoice,
  handler: async ({ container, store, actor, params, body, request_key }) => {
    await writeOffInvoiceWorkflow(container).run({
      input: {
        ...body,
        ...(request_key && { operation_id: derivedId("whwoff", store.id, request_key) }),
        id: params.id,
        store_id: store.id,
        actor,
      },
    })
    return ok({ invoice: await invoiceDetail(container, store.id, params.id) })
  },
})
