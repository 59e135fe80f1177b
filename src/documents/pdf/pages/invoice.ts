import { subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import type { CurrencyFormat } from "../../language/locale-format"
import { termsTexts } from "../../language/payment-terms"
import type { InvoiceDocument } from "../../model/invoice"
import { checkedLogo } from "../logo"
import type { Sheet } from "../sheet"
import { canBeSet } from "../text/typefaces"
import { bankTexts, exemptionTexts, section } from "./closing"
import { keepLastWithNext, type Composition } from "./composition"
import { fact, factsBlock } from "./facts"
import { figuresBlock, type Figure } from "./figures"
import { letterhead } from "./letterhead"
import { partiesBlock, partyColumn, placeColumn } from "./parties"
import { imprint, linesTable, taxedFigures } from "./taxed-document"

export function composeInvoice(sheet: Sheet, invoice: InvoiceDocument): Composition {
  const { labels, format } = sheet
  const money = format.amounts(invoice.currency_code, canBeSet)
  const { seller, buyer, delivery, terms, branding, settlement } = invoice
  const title = settlement?.void_since ? labels.void_invoice : labels[invoice.kind]
  return {
    title: `${title} ${invoice.number}`,
    footer: imprint(sheet, seller),
    blocks: [
      letterhead(sheet, { seller_name: seller.name, logo: checkedLogo(branding.logo), title, number: invoice.number }),
      partiesBlock(sheet, [
        partyColumn(sheet, labels.from, seller),
        partyColumn(sheet, labels.bill_to, buyer),
        ...(delivery ? [placeColumn(sheet, labels.ship_to, delivery)] : []),
      ]),
      factsBlock(sheet, [
        ...fact(labels.issued_on, format.day(invoice.issued_on)),
        ...fact(labels.due_on, terms.due_on && format.day(terms.due_on)),
        ...fact(labels.delivered_on, delivery?.delivered_on ? format.day(delivery.delivered_on) : null),
        ...fact(labels.purchase_order, invoice.purchase_order_number),
        ...fact(labels.orders, invoice.order_numbers.join(", ")),
        ...fact(labels.buyer_reference, invoice.buyer_reference),
      ]),
      ...keepLastWithNext(linesTable(sheet, invoice, money)),
      figuresBlock(sheet, invoiceFigures(sheet, invoice, money)),
      ...(settlement?.void_since ? section(sheet, null, [labels.void_since(format.day(settlement.void_since))]) : []),
      ...section(sheet, null, exemptionTexts(sheet, invoice.tax_summary)),
      ...section(sheet, labels.payment, [...termsTexts(invoice, canBeSet), ...bankTexts(sheet, invoice.bank_accounts)]),
      ...section(sheet, null, invoice.notes),
    ],
  }
}

function invoiceFigures(sheet: Sheet, invoice: InvoiceDocument, money: CurrencyFormat): Figure[] {
  const { labels, format } = sheet
  const { totals, prepaid, settlement, currency_code } = invoice
  const figures = taxedFigures(sheet, invoice, money)
  const nothing = subtractAmounts(0, 0, currency_code)
  const taken = (amount: string) => subtractAmounts(0, amount, currency_code)
  const due = subtractAmounts(totals.gross, prepaid, currency_code)
  if (prepaid === nothing) {
    figures.push({ label: labels.total, value: money.money(totals.gross), rank: "total" })
  } else {
    figures.push(
      { label: labels.total, value: money.amount(totals.gross), rank: "strong" },
      { label: labels.prepaid, value: money.amount(taken(prepaid)) },
      { label: labels.amount_due, value: money.money(due), rank: "total" }
    )
  }
  if (!settlement) {
    return figures
  }
  const day = format.day(settlement.as_of)
  const settled = [
    { label: labels.paid_by(day), amount: settlement.paid },
    { label: labels.credited_by(day), amount: settlement.credited },
    { label: labels.discounted_by(day), amount: settlement.discounted },
    { label: labels.written_off_by(day), amount: settlement.written_off },
  ].filter(({ amount }) => amount !== nothing)
  if (settled.length === 0) {
    return figures
  }
  const open = subtractAmounts(due, sumAmounts(settled.map(({ amount }) => amount), currency_code), currency_code)
  return [
    ...figures,
    ...settled.map(({ label, amount }) => ({ label, value: money.amount(taken(amount)) })),
    { label: labels.open_on(day), value: money.money(open), rank: "strong" },
  ]
}
