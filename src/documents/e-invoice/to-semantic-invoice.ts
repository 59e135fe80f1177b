import { MathBN } from "@medusajs/framework/utils"

import { isIban, plainAccountNumber } from "../../lib/bank/iban"
import { decimalString, isExactAmount, lineAmount, subtractAmounts, sumAmounts, type Amount } from "../../lib/money/amount"
import type { CreditNoteDocument, InvoiceDocument, TaxedDocument } from "../model/invoice"
import type { DocumentCharge, DocumentLine } from "../model/line"
import type { BankAccount } from "../model/party"
import type { TaxCategory } from "../model/tax"
import { assertCarriable } from "./carriable"
import { CHARGE_CODES, DISCOUNT_CODE } from "./code-lists"
import { semanticAddress, semanticParty } from "./parties"
import { paymentTerms } from "../language/payment-terms"
import { Problems } from "./problems"
import type { CreditTransfer, SemanticCharge, SemanticDelivery, SemanticInvoice, SemanticLine, SemanticTotals } from "./semantic-invoice"
import { checkTaxNumbers, semanticTax, taxBreakdown } from "./taxes"
import { known } from "../language/known"

/**
 * A document in the terms of EN 16931, checked against what the norm demands: nothing is computed again,
 * nothing is rounded.
 *
 * @throws WholesaleError 422 `not_an_invoice`, `currency_not_carriable`, or `no_e_invoice` with every
 * field that is missing or contradicts another
 */
export function toSemanticInvoice(document: InvoiceDocument | CreditNoteDocument): SemanticInvoice {
  assertCarriable(document)
  const problems = new Problems()
  const credit = document.kind === "credit_note"
  const currency = document.currency_code.toUpperCase()
  const categories = new Set<TaxCategory>(document.tax_summary.map(({ category }) => category))
  const outOfScope = categories.has("O")
  const semantic: SemanticInvoice = {
    number: document.number,
    issued_on: document.issued_on,
    type_code: credit ? "381" : "380",
    currency,
    due_on: credit ? null : document.terms.due_on,
    buyer_reference: known(document.buyer_reference),
    purchase_order: known(document.purchase_order_number),
    sales_order: document.order_numbers.length === 1 ? document.order_numbers[0] : null,
    payment_terms: paymentTerms(document),
    note: noteOf(document),
    preceding: credit ? document.invoice : null,
    seller: semanticParty("seller", document.seller, outOfScope, problems),
    buyer: semanticParty("buyer", document.buyer, outOfScope, problems),
    delivery: semanticDelivery(document, problems),
    credit_transfers: credit ? [] : document.bank_accounts.map((account) => creditTransfer(account, currency)),
    charges: document.charges.map((charge, index) => semanticCharge(charge, `charges.${index}`, problems)),
    totals: semanticTotals(document, problems),
    tax_breakdown: taxBreakdown(document, problems),
    lines: document.lines.map((line) => semanticLine(line, document, problems)),
  }
  checkRequired(semantic, categories, problems)
  checkTaxNumbers(categories, semantic, problems)
  problems.throwIfAny(document)
  return semantic
}

function checkRequired(invoice: SemanticInvoice, categories: ReadonlySet<TaxCategory>, problems: Problems): void {
  if (!known(invoice.number)) {
    problems.add("number", "BR-02, BT-1", "is missing")
  }
  if (invoice.lines.length === 0) {
    problems.add("lines", "BR-16, BG-25", "are missing")
  }
  if (MathBN.gt(invoice.totals.payable, 0) && !invoice.due_on && !invoice.payment_terms) {
    problems.add("terms.due_on", "BR-CO-25, BT-9 or BT-20", "is missing, and so are other terms")
  }
  if (categories.has("K") && !invoice.delivery?.delivered_on) {
    problems.add("delivery.delivered_on", "BR-IC-11, BT-72", "is missing: supplies within the EU say when they were made")
  }
  if (categories.has("K") && !invoice.delivery) {
    problems.add("delivery.address.country_code", "BR-IC-12, BT-80", "is missing: supplies within the EU say where they go")
  }
}

function noteOf(document: InvoiceDocument | CreditNoteDocument): string | null {
  const reason = document.kind === "credit_note" ? [known(document.reason)] : []
  const orders = document.order_numbers.length > 1 ? [document.order_numbers.join(", ")] : []
  return [...reason, ...orders, ...document.notes.map(known)].filter(Boolean).join("\n") || null
}

function semanticDelivery({ delivery }: TaxedDocument, problems: Problems): SemanticDelivery | null {
  return (
    delivery && {
      name: known(delivery.name),
      delivered_on: delivery.delivered_on,
      address: semanticAddress("delivery.address", delivery.address, "BR-57, BT-80", problems),
    }
  )
}

function creditTransfer({ account_number, holder, bic }: BankAccount, currency: string): CreditTransfer {
  const account = plainAccountNumber(account_number)
  const iban = isIban(account)
  return { means_code: iban && currency === "EUR" ? "58" : "30", account, is_iban: iban, holder: known(holder), bic: known(bic) }
}

function semanticCharge({ kind, title, amount, tax }: DocumentCharge, field: string, problems: Problems): SemanticCharge {
  const reason = known(title)
  if (!reason) {
    problems.add(`${field}.title`, "BR-33, BR-38", "is missing")
  }
  if (MathBN.lt(amount, 0)) {
    problems.add(`${field}.amount`, "BT-92, BT-99", `is ${amount}: what lessens the invoice is a discount`)
  }
  return {
    adds: kind !== "discount",
    amount,
    reason: reason ?? "",
    reason_code: kind === "discount" ? DISCOUNT_CODE : CHARGE_CODES[kind],
    tax: semanticTax(tax),
  }
}

/** The sums as the document has them, compared with what they are the sums of. */
function semanticTotals(document: InvoiceDocument | CreditNoteDocument, problems: Problems): SemanticTotals {
  const { totals, lines, charges, tax_summary, currency_code } = document
  const prepaid = document.kind === "credit_note" ? subtractAmounts(0, 0, currency_code) : document.prepaid
  const check = (field: string, rule: string, said: Amount, computed: Amount) => {
    if (!isExactAmount(said, currency_code)) {
      problems.add(field, "BR-DEC", `is ${said}, which has more decimals than ${currency_code.toUpperCase()}`)
    } else if (!MathBN.eq(said, computed)) {
      problems.add(field, rule, `is ${said}, and what it is the sum of comes to ${computed}`)
    }
  }
  const sum = (amounts: readonly Amount[]) => sumAmounts(amounts, currency_code)
  const discounts = charges.filter(({ kind }) => kind === "discount")
  check("totals.lines", "BR-CO-10", totals.lines, sum(lines.map(({ subtotal }) => subtotal)))
  check("totals.discounts", "BR-CO-11", totals.discounts, sum(discounts.map(({ amount }) => amount)))
  const added = charges.filter(({ kind }) => kind !== "discount")
  check("totals.charges", "BR-CO-12", totals.charges, sum(added.map(({ amount }) => amount)))
  const net = subtractAmounts(sum([totals.lines, totals.charges]), totals.discounts, currency_code)
  check("totals.net", "BR-CO-13", totals.net, net)
  check("totals.tax", "BR-CO-14", totals.tax, sum(tax_summary.map(({ tax }) => tax)))
  check("totals.gross", "BR-CO-15", totals.gross, sum([totals.net, totals.tax]))
  return {
    lines: totals.lines,
    allowances: totals.discounts,
    charges: totals.charges,
    net: totals.net,
    tax: totals.tax,
    gross: totals.gross,
    prepaid,
    payable: subtractAmounts(totals.gross, prepaid, currency_code),
  }
}

function semanticLine(line: DocumentLine, { currency_code }: TaxedDocument, problems: Problems): SemanticLine {
  const field = (name: string) => `lines.${line.line_number}.${name}`
  const name = known(line.title)
  if (!name) {
    problems.add(field("title"), "BR-25, BT-153", "is missing")
  }
  if (line.tax.category === "S" ? !MathBN.gt(line.tax.rate, 0) : !MathBN.eq(line.tax.rate, 0)) {
    problems.add(field("tax.rate"), "BT-152", `is ${line.tax.rate} %, which category ${line.tax.category} does not allow`)
  }
  if (!isExactAmount(line.subtotal, currency_code)) {
    problems.add(field("subtotal"), "BR-DEC-23", `is ${line.subtotal}, which has more decimals than ${currency_code.toUpperCase()}`)
  }
  const price = priced(line, currency_code)
  if (MathBN.lt(price.price, 0) || !MathBN.gt(price.price_quantity, 0)) {
    problems.add(field("unit_price"), "BR-27, BT-146", `comes to ${price.price} for ${price.price_quantity}: a price is no less than nothing`)
  }
  return {
    id: String(line.line_number),
    note: known(line.order_number),
    ...price,
    unit: line.quantity === null ? "C62" : line.unit.code,
    net: line.subtotal,
    tax: semanticTax(line.tax),
    name: name ?? "",
    description: known(line.description),
    seller_item_id: known(line.sku),
  }
}

/**
 * Quantity and price of a line, from which its net amount follows. Where it does not follow from the unit
 * price, the price is said to be for the whole quantity.
 */
function priced(line: DocumentLine, currency: string): Pick<SemanticLine, "quantity" | "price" | "price_quantity"> {
  const quantity = decimalString(line.quantity ?? 1)
  const byUnit = line.quantity !== null && MathBN.eq(lineAmount(quantity, line.unit_price, currency), line.subtotal)
  return byUnit
    ? { quantity, price: decimalString(line.unit_price), price_quantity: "1" }
    : { quantity, price: decimalString(line.subtotal), price_quantity: quantity }
}
