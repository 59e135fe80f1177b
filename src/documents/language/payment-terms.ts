import { subtractAmounts } from "../../lib/money/amount"
import { labelsFor } from "./labels"
import { LocaleFormat } from "./locale-format"
import type { CreditNoteDocument, InvoiceDocument } from "../model/invoice"
import { known } from "./known"

/** When and how to pay in words, as the PDF says it (BT-20); a credit note says what it is set against. */
export function paymentTerms(document: InvoiceDocument | CreditNoteDocument): string | null {
  const labels = labelsFor(document.locale)
  if (document.kind === "credit_note") {
    return `${labels.for_invoice} ${document.invoice.number}`
  }
  return termsTexts(document).join("\n") || null
}

/** One sentence for each thing that was agreed on payment. */
export function termsTexts({ terms, totals, currency_code, locale }: InvoiceDocument, canBeSet?: (text: string) => boolean): string[] {
  const labels = labelsFor(locale)
  const format = new LocaleFormat(locale)
  const money = format.amounts(currency_code, canBeSet)
  const { due_on, discount } = terms
  const text = known(terms.text)
  return [
    ...(due_on ? [labels.pay_by(format.day(due_on))] : []),
    ...(discount
      ? [
          labels.discount_until(
            format.percent(discount.percent),
            format.day(discount.until),
            money.money(subtractAmounts(totals.gross, discount.amount, currency_code))
          ),
        ]
      : []),
    ...(text ? [text] : []),
  ]
}
