import type { CurrencyFormat } from "../../language/locale-format"
import type { TaxedDocument } from "../../model/invoice"
import type { DocumentLine } from "../../model/line"
import type { DocumentParty } from "../../model/party"
import type { Block } from "../layout/block"
import { tableBlocks, type Column, type TableStyle } from "../layout/table"
import { BODY, SMALL, STRONG, type Sheet } from "../sheet"
import { isolated } from "../text/runs"
import type { Figure } from "./figures"

/** The lines of an invoice or a credit note. */
export function linesTable(sheet: Sheet, document: TaxedDocument, money: CurrencyFormat): Block[] {
  const { labels, format } = sheet
  const several = document.order_numbers.length > 1
  const columns: Column<DocumentLine>[] = [
    { title: labels.line, width: "fit", align: "right", cell: (line) => String(line.line_number) },
    { title: labels.sku, width: 66, cell: (line) => line.sku ?? "" },
    {
      title: labels.item,
      cell: (line) => line.title,
      note: (line) =>
        [line.description, several && line.order_number && labels.order(line.order_number)].filter(Boolean).join(" · "),
    },
    {
      title: labels.quantity,
      width: "fit",
      align: "right",
      cell: ({ quantity, unit }) =>
        quantity === null ? "" : [format.quantity(quantity), unit.label].filter(Boolean).join("\u00a0"),
    },
    {
      title: labels.unit_price,
      width: "fit",
      align: "right",
      cell: ({ quantity, unit_price }) => (quantity === null ? "" : money.price(unit_price)),
    },
    { title: labels.tax, width: "fit", align: "right", cell: ({ tax }) => format.percent(tax.rate) },
    {
      title: `${labels.amount} ${document.currency_code.toUpperCase()}`,
      width: "fit",
      align: "right",
      min: 56,
      cell: ({ subtotal }) => money.amount(subtotal),
    },
  ]
  return tableBlocks(sheet.canvas, columns, document.lines, tableStyle(sheet))
}

export const tableStyle = ({ width, palette }: Sheet): TableStyle => ({
  width,
  head: { ...STRONG, size: 8, color: palette.on_brand },
  body: BODY,
  note: SMALL,
  palette,
})

/** From the sum of the lines to what it comes to with tax. */
export function taxedFigures(sheet: Sheet, document: TaxedDocument, money: CurrencyFormat): Figure[] {
  const { labels, format } = sheet
  const { charges, tax_summary, totals } = document
  const figures: Figure[] = [{ label: labels.subtotal, value: money.amount(totals.lines) }]
  for (const { kind, title, amount } of charges) {
    figures.push({ label: title, value: money.amount(kind === "discount" ? `-${amount}` : amount) })
  }
  if (charges.length > 0) {
    figures.push({ label: labels.net, value: money.amount(totals.net) })
  }
  for (const { rate, taxable, tax } of tax_summary) {
    figures.push({ label: labels.tax_on(format.percent(rate), money.amount(taxable)), value: money.amount(tax) })
  }
  return figures
}

/** Who stands behind a document, in one line. */
export function imprint({ labels }: Sheet, { name, tax_number, registration_number, email, phone }: DocumentParty): string {
  return [
    isolated(name),
    registration_number && `${labels.registration_number}: ${registration_number}`,
    tax_number && `${labels.tax_number}: ${tax_number}`,
    email,
    phone,
  ]
    .filter(Boolean)
    .join(" · ")
}
