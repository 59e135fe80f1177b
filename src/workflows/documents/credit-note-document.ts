import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import type { CreditNoteDocument } from "../../documents/model/invoice"
import { calendarDay } from "../../lib/calendar/days"
import { decimalString, lineAmount } from "../../lib/money/amount"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { CreditNoteLine } from "../../modules/wholesale-invoice/domain/credit-note-shares"
import type { InvoiceDetail } from "../../modules/wholesale-invoice/persistence/reads"
import type { CreditNote } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { Store } from "../../modules/wholesale-store/service"
import { linesAndCharges, orderReferences, ordersOfLines, totalsOf } from "./document-figures"
import { buyerSide, sellerSide } from "./document-parties"
import { lineTaxes, taxSummary } from "./document-taxes"
import { printedBranding } from "./printed-branding"

export interface IssuedCreditNote {
  readonly document: CreditNoteDocument
  readonly credit_note: CreditNote
}

/** A credit note between the parties as they stand on the invoice that it corrects. @throws WholesaleError 404 */
export async function creditNoteDocument(container: MedusaContainer, store: Store, id: string): Promise<IssuedCreditNote> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const credit_note = await invoices.retrieveCreditNote({ store_id: store.id, id })
  const invoice = await invoices.retrieveInvoice({ store_id: store.id, id: credit_note.invoice_id })
  return { credit_note, document: toDocument(credit_note, invoice, await printedBranding(container, store)) }
}

function toDocument(
  note: CreditNote,
  invoice: InvoiceDetail,
  branding: CreditNoteDocument["branding"]
): CreditNoteDocument {
  const { currency_code } = note
  const { bank_accounts: _, ...ofSeller } = sellerSide(invoice.seller)
  const taxOf = lineTaxes(note.tax_summary)
  const orderOf = ordersOfLines(invoice)
  const orderIdOf = new Map(invoice.lines.map((line) => [line.id, line.order_id]))
  const priceOf = new Map(invoice.lines.map((line) => [line.id, line.unit_price]))
  return {
    kind: "credit_note",
    number: note.number,
    issued_on: calendarDay(note.issued_at),
    currency_code,
    branding,
    ...ofSeller,
    ...buyerSide(invoice.buyer),
    ...orderReferences(invoice),
    buyer_reference: null,
    invoice: { number: invoice.number, issued_on: calendarDay(invoice.issued_at) },
    reason: note.reason,
    ...linesAndCharges(
      note.lines.map((line) => ({
        ...line,
        order: orderOf(orderIdOf.get(line.line_id)),
        unit_price: unitPrice(line, priceOf.get(line.line_id), currency_code),
      })),
      taxOf
    ),
    tax_summary: taxSummary(note.tax_summary),
    totals: totalsOf(note, currency_code),
  }
}

/** Decimals of a price that a credited amount comes to a unit, where it is not the invoice's. */
const PRICE_DIGITS = 4

/** The invoice's price where the units are credited at it; else what they are credited at. */
function unitPrice({ quantity, subtotal }: CreditNoteLine, invoiced: string | undefined, currencyCode: string): string {
  if (quantity === null) {
    return subtotal
  }
  return invoiced !== undefined && MathBN.eq(lineAmount(quantity, invoiced, currencyCode), subtotal)
    ? invoiced
    : decimalString(MathBN.div(subtotal, quantity).decimalPlaces(PRICE_DIGITS))
}
