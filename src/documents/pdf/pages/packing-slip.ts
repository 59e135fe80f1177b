import type { PackingSlipDocument, PackingSlipLine } from "../../model/packing-slip"
import { tableBlocks, type Column } from "../layout/table"
import { space } from "../layout/block"
import { checkedLogo } from "../logo"
import type { Sheet } from "../sheet"
import { section } from "./closing"
import type { Composition } from "./composition"
import { fact, factsBlock } from "./facts"
import { letterhead } from "./letterhead"
import { partiesBlock, partyColumn, placeColumn } from "./parties"
import { imprint, tableStyle } from "./taxed-document"

/** What is in the box, without a price on it. */
export function composePackingSlip(sheet: Sheet, slip: PackingSlipDocument): Composition {
  const { labels, format, canvas } = sheet
  const { seller, branding } = slip
  const counted = (title: string, count: (line: PackingSlipLine) => string): Column<PackingSlipLine> => ({
    title,
    width: "fit",
    align: "right",
    min: 44,
    cell: (line) => [format.quantity(count(line)), line.unit.label].filter(Boolean).join("\u00a0"),
  })
  const columns: Column<PackingSlipLine>[] = [
    { title: labels.line, width: "fit", align: "right", cell: (line) => String(line.line_number) },
    { title: labels.sku, width: 90, cell: (line) => line.sku ?? "" },
    { title: labels.item, cell: (line) => line.title },
    counted(labels.ordered, (line) => line.ordered),
    counted(labels.shipped, (line) => line.shipped),
    counted(labels.outstanding, (line) => line.outstanding),
  ]
  return {
    title: `${labels.packing_slip} ${slip.number}`,
    footer: imprint(sheet, seller),
    blocks: [
      letterhead(sheet, {
        seller_name: seller.name,
        logo: checkedLogo(branding.logo),
        title: labels.packing_slip,
        number: slip.number,
      }),
      partiesBlock(sheet, [
        slip.ship_from ? placeColumn(sheet, labels.ship_from, slip.ship_from) : partyColumn(sheet, labels.from, seller),
        placeColumn(sheet, labels.ship_to, slip.ship_to),
        { ...partyColumn(sheet, labels.account, slip.buyer), details: [] },
      ]),
      factsBlock(sheet, [
        ...fact(labels.issued_on, format.day(slip.issued_on)),
        ...fact(labels.shipped_on, slip.shipped_on && format.day(slip.shipped_on)),
        ...fact(labels.purchase_order, slip.purchase_order_number),
        ...fact(labels.orders, slip.order_numbers.join(", ")),
        ...fact(labels.carrier, slip.carrier),
        ...fact(labels.tracking, slip.tracking_numbers.join(", ")),
      ]),
      ...tableBlocks(canvas, columns, slip.lines, tableStyle(sheet)),
      space(14),
      ...section(sheet, null, slip.notes),
    ],
  }
}
