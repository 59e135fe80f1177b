import { subtractAmounts } from "../../../lib/money/amount"
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
  const title = labels[invoice.kind]
  const { seller, buyer, delivery, terms, branding } = invoice
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
  if (!settlement || (settlement.paid === nothing && settlement.credited === nothing)) {
    return figures
  }
  const day = format.day(settlement.as_of)
  const open = subtractAmounts(subtractAmounts(due, settlement.paid, currency_code), settlement.credited, currency_code)
  const settled = (label: string, amount: string): Figure[] =>
    amount === nothing ? [] : [{ label, value: money.amount(taken(amount)) }]
  return [
    ...figures,
    ...settled(labels.paid_by(day), settlement.paid),
    ...settled(labels.credited_by(day), settlement.credited),
    { label: labels.open_on(day), value: money.money(open), rank: "strong" },
  ]
}
