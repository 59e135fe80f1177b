import type { CreditNoteDocument } from "../../model/invoice"
import { checkedLogo } from "../logo"
import type { Sheet } from "../sheet"
import { canBeSet } from "../text/typefaces"
import { exemptionTexts, section } from "./closing"
import { keepLastWithNext, type Composition } from "./composition"
import { fact, factsBlock } from "./facts"
import { figuresBlock } from "./figures"
import { letterhead } from "./letterhead"
import { partiesBlock, partyColumn } from "./parties"
import { imprint, linesTable, taxedFigures } from "./taxed-document"

export function composeCreditNote(sheet: Sheet, note: CreditNoteDocument): Composition {
  const { labels, format } = sheet
  const money = format.amounts(note.currency_code, canBeSet)
  const { seller, buyer, branding } = note
  return {
    title: `${labels.credit_note} ${note.number}`,
    footer: imprint(sheet, seller),
    blocks: [
      letterhead(sheet, {
        seller_name: seller.name,
        logo: checkedLogo(branding.logo),
        title: labels.credit_note,
        number: note.number,
      }),
      partiesBlock(sheet, [partyColumn(sheet, labels.from, seller), partyColumn(sheet, labels.credit_to, buyer)]),
      factsBlock(sheet, [
        ...fact(labels.issued_on, format.day(note.issued_on)),
        ...fact(labels.for_invoice, `${note.invoice.number} (${format.day(note.invoice.issued_on)})`),
        ...fact(labels.purchase_order, note.purchase_order_number),
        ...fact(labels.orders, note.order_numbers.join(", ")),
        ...fact(labels.buyer_reference, note.buyer_reference),
      ]),
      ...keepLastWithNext(linesTable(sheet, note, money)),
      figuresBlock(sheet, [
        ...taxedFigures(sheet, note, money),
        { label: labels.credit, value: money.money(note.totals.gross), rank: "total" },
      ]),
      ...section(sheet, labels.reason, [note.reason]),
      ...section(sheet, null, exemptionTexts(sheet, note.tax_summary)),
      ...section(sheet, null, note.notes),
    ],
  }
}
