import { isCharge } from "../../lib/charges/charge"
import { sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { CreditNote } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { totalsOf } from "../documents/totals-of"
import type { CreditNoteBody } from "../documents/credit-note"
import { receivableSource } from "./receivable"

export const creditNoteSource = receivableSource("credit_note", async (container, id) => {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { store_id, connection_id } = await invoices.retrieveWholesaleCreditNote(id, {
    select: ["id", "store_id", "connection_id"],
  })
  if (!connection_id) {
    return undefined
  }
  const note = await invoices.retrieveCreditNote({ id, store_id })
  const invoice = await invoices.retrieveWholesaleInvoice(note.invoice_id, {
    select: ["id", "number"],
  })
  const body: CreditNoteBody = {
    version: 1,
    number: note.number,
    invoice_id: note.invoice_id,
    invoice_number: invoice.number,
    currency_code: note.currency_code,
    lines: creditedGoods(note),
    charges: creditedCharges(note),
    tax_summary: taxSummary(note),
    totals: totalsOf(note),
    reason: note.reason,
    issued_at: note.issued_at.toISOString(),
  }
  return { store_id, connection_id, document_id: id, revision: note.revision, body }
})

/** None on a note over an amount, which takes no goods back. */
function creditedGoods({ lines }: CreditNote): CreditNoteBody["lines"] {
  return lines.flatMap(({ line_id, kind, sku, title, quantity, subtotal }) =>
    quantity === null || isCharge(kind) ? [] : [{ invoice_line_id: line_id, sku, title, quantity, subtotal }]
  )
}

function creditedCharges({ lines }: CreditNote): CreditNoteBody["charges"] {
  return lines.flatMap(({ line_id, kind, title, quantity, subtotal }) =>
    quantity !== null && isCharge(kind) ? [{ invoice_line_id: line_id, kind, name: title, amount: subtotal }] : []
  )
}

function taxSummary({ lines, currency_code }: CreditNote): CreditNoteBody["tax_summary"] {
  const rates = [...new Set(lines.map(({ tax_rate }) => tax_rate))]
  return rates.map((rate) => {
    const taxed = lines.filter(({ tax_rate }) => tax_rate === rate)
    return {
      code: null,
      name: null,
      rate,
      base: sumAmounts(taxed.map(({ subtotal }) => subtotal), currency_code),
      tax: sumAmounts(taxed.map(({ tax }) => tax), currency_code),
    }
  })
}
