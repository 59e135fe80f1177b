import type { DeliveryPlace, DocumentAddress, DocumentParty } from "../../model/party"
import { sideBySide, space, stack, type Block } from "../layout/block"
import { textBlock } from "../layout/text-block"
import { BODY, CAPTION, SMALL, STRONG, type Sheet } from "../sheet"
import { isolated } from "../text/runs"

/** A name and address under a caption. */
export interface PartyColumn {
  readonly caption: string
  readonly name: string | null
  readonly lines: readonly string[]
  /** In small letters below. */
  readonly details: readonly string[]
}

const GAP = 18

/** Parties side by side, in columns of one width. */
export function partiesBlock(sheet: Sheet, columns: readonly PartyColumn[]): Block {
  const width = (sheet.width - GAP * (columns.length - 1)) / columns.length
  const blocks = columns.map((column, index) => ({ at: index * (width + GAP), block: partyBlock(sheet, column, width) }))
  return stack([sideBySide(blocks), space(14)])
}

export function partyColumn(sheet: Sheet, caption: string, party: DocumentParty): PartyColumn {
  const { labels } = sheet
  const labelled = (label: string, value: string | null) => (value ? [`${label}: ${isolated(value)}`] : [])
  return {
    caption,
    name: party.name,
    lines: [...known(party.trading_name === party.name ? null : party.trading_name), ...addressLines(sheet, party.address)],
    details: [
      ...labelled(labels.tax_number, party.tax_number),
      ...labelled(labels.registration_number, party.registration_number),
      ...labelled(labels.contact, party.contact_name),
      ...known(party.email),
      ...known(party.phone),
    ],
  }
}

export const placeColumn = (sheet: Sheet, caption: string, place: DeliveryPlace): PartyColumn => ({
  caption,
  name: place.name,
  lines: addressLines(sheet, place.address),
  details: [],
})

function addressLines({ format }: Sheet, { lines, postal_code, city, subdivision, country_code }: DocumentAddress): string[] {
  const town = country_code && TOWN_FIRST.has(country_code.toUpperCase())
    ? [known(city).concat(known(subdivision)).join(", "), postal_code]
    : [postal_code, city, subdivision]
  return [...lines, town.filter(Boolean).join(" "), ...known(country_code).map((code) => format.country(code))].filter(Boolean)
}

/** Where the postal code comes after the town (Universal Postal Union, addressing systems). */
const TOWN_FIRST = new Set(["AU", "CA", "GB", "IE", "IN", "NZ", "US"])

const known = (value: string | null): string[] => (value ? [value] : [])

function partyBlock({ canvas }: Sheet, column: PartyColumn, width: number): Block {
  return stack([
    textBlock(canvas, column.caption, { width, style: CAPTION }),
    ...known(column.name).map((name) => textBlock(canvas, name, { width, style: STRONG })),
    ...column.lines.map((line) => textBlock(canvas, line, { width, style: BODY })),
    space(2),
    ...column.details.map((line) => textBlock(canvas, line, { width, style: SMALL })),
  ])
}
