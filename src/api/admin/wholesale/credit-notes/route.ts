import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { issueCreditNote, listCreditNotes } from "../../../../schemas/invoices"
import { issueCreditNoteWorkflow } from "../../../../workflows/invoice/issue-credit-note"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { creditNoteView, invoiceDetail } from "../../../views/invoice"

export const GET = adminRead({
  flags: SALES,
  query: listCreditNotes,
  handler: async ({ container, store, query }) => {
    const { invoice_id, account_id, q, order, limit, offset } = query
    const { credit_notes, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listCreditNotes({ store_id: store.id, invoice_id, account_id, q }, { order, limit, offset })
    return ok(page("credit_notes", credit_notes.map(creditNoteView), count, query))
  },
})

/** Takes quantities of lines or an amount, its tax included, of an invoice back. */
export const POST = adminWrite({
  flags: SALES,
  body: issueCreditNote,
  handler: async ({ container, store, actor, body, request_key }) => {
    const { invoice_id, reason, lines, amount, order_id } = body
    const { result } = await issueCreditNoteWorkflow(container).run({
      input: {
        ...(request_key && { id: derivedId("whcn", store.id, request_key) }),
        store_id: store.id,
        invoice_id,
        scope: lines ? { lines } : { amount: amount ?? "0", order_id },
        reason,
        actor,
      },
    })
    return created({
      credit_note: creditNoteView(result.credit_note),
      invoice: await invoiceDetail(container, store.id, invoice_id),
    })
  },
})
