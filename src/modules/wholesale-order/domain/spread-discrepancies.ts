/** A line of an order that was split has companions in the other orders: the units of one ordered line. */
export interface SpreadLine {
  readonly id: string
  readonly quantity: number
  readonly shipped_quantity: number
  readonly short_quantity: number
  readonly damaged_quantity: number
}

export interface Discrepancy {
  /** Whole units that did not come. */
  readonly short_quantity: number
  /** Whole units that came and cannot be used. */
  readonly damaged_quantity: number
}

/**
 * Which lines the short and damaged units of one ordered line are of: first those that shipped them,
 * oldest first; what is beyond all that was shipped falls on what was ordered, and the rest on the
 * oldest line. The units told of earlier are not told of again.
 *
 * @param lines oldest first, at least one
 */
export function spreadDiscrepancies(
  lines: readonly SpreadLine[],
  found: Discrepancy
): ({ readonly line_id: string } & Discrepancy)[] {
  const left = { ...found }
  const taken = lines.map(({ id }) => ({ line_id: id, short_quantity: 0, damaged_quantity: 0 }))
  const fill = (index: number, room: number) => {
    for (const kind of ["short_quantity", "damaged_quantity"] as const) {
      const units = Math.min(left[kind], Math.max(room, 0))
      taken[index][kind] += units
      left[kind] -= units
      room -= units
    }
  }
  const roomIn = (index: number, units: number) =>
    units -
    lines[index].short_quantity -
    lines[index].damaged_quantity -
    taken[index].short_quantity -
    taken[index].damaged_quantity
  lines.forEach((line, index) => fill(index, roomIn(index, line.shipped_quantity)))
  lines.forEach((line, index) => fill(index, roomIn(index, line.quantity)))
  fill(0, left.short_quantity + left.damaged_quantity)
  return taken.filter(({ short_quantity, damaged_quantity }) => short_quantity > 0 || damaged_quantity > 0)
}
