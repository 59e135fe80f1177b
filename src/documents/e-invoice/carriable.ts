import { WholesaleError } from "../../lib/errors/wholesale-error"
import { currencyDigits } from "../../lib/money/currency-digits"
import { nameOf, type AnyTaxedDocument } from "./problems"

/** Decimals of an amount in EN 16931 at most (BR-DEC-01 and those after it). */
const MAX_DIGITS = 2

/**
 * Refuses what EN 16931 has no form for at all.
 *
 * @throws WholesaleError 422 `not_an_invoice` for a pro forma; 422 `currency_not_carriable` where the
 * currency has more decimals than the norm's amounts: rounding them would make it another invoice
 */
export function assertCarriable(document: AnyTaxedDocument): void {
  if (document.kind === "pro_forma") {
    throw new WholesaleError(
      422,
      "not_an_invoice",
      `Pro forma ${document.number} is no invoice, and is never sent as an e-invoice. Issue the invoice first.`,
      { document: document.number }
    )
  }
  const currency = document.currency_code.toUpperCase()
  const digits = currencyDigits(currency)
  if (digits > MAX_DIGITS) {
    throw new WholesaleError(
      422,
      "currency_not_carriable",
      `The amounts of ${nameOf(document)} are in ${currency}, which has ${digits} decimals; EN 16931 carries ` +
        `${MAX_DIGITS} at most, and rounding would make it another document. Send the PDF instead.`,
      { document: document.number, currency_code: currency, digits, max_digits: MAX_DIGITS }
    )
  }
}
