import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { StockItem, StockLineQuantity, StockMovement, StockMovementKind } from "./stock-movement"

/** What a document still holds of one line, item and location: reserved, and gone out of the house. */
export interface HeldStock extends Omit<StockItem, "quantity"> {
  readonly reserved: number
  readonly gone: number
}

/** How a movement changes what its document holds, in signs per unit moved. */
const EFFECT: Readonly<Record<StockMovementKind, { readonly reserved: number; readonly gone: number }>> = {
  reserve: { reserved: 1, gone: 0 },
  release: { reserved: -1, gone: 0 },
  leave: { reserved: -1, gone: 1 },
  return: { reserved: 0, gone: -1 },
  receive: { reserved: 0, gone: 0 },
}

/** Sums the movements of one document, in the order in which its stock was reserved. */
export function heldStock(movements: readonly Pick<StockMovement, "kind" | "items">[]): HeldStock[] {
  const held = new Map<string, HeldStock>()
  const reservesFirst = [...movements].sort((a, b) => Number(b.kind === "reserve") - Number(a.kind === "reserve"))
  for (const { kind, items } of reservesFirst) {
    for (const { quantity, ...item } of items) {
      const key = [item.line_id, item.inventory_item_id, item.location_id, item.reservation_id].join("|")
      const before = held.get(key) ?? { ...item, reserved: 0, gone: 0 }
      held.set(key, {
        ...before,
        reserved: before.reserved + EFFECT[kind].reserved * quantity,
        gone: before.gone + EFFECT[kind].gone * quantity,
      })
    }
  }
  return [...held.values()]
}

/**
 * Takes units of lines out of what is held, location by location in the order of reservation, or
 * everything where `lines` is left out. A line that holds nothing at all (its variant keeps no
 * inventory) gives nothing.
 *
 * @param side `reserved` for goods still in the house, `gone` for goods that left it
 * @throws WholesaleError 409 `stock_not_held` when a line is asked for more than it holds
 */
export function takeHeld(
  held: readonly HeldStock[],
  side: "reserved" | "gone",
  lines?: readonly StockLineQuantity[]
): StockItem[] {
  if (lines === undefined) {
    return held.filter((stock) => stock[side] > 0).map((stock) => itemOf(stock, stock[side]))
  }
  const byLine = new Map<string, HeldStock[]>()
  for (const stock of held) {
    byLine.set(stock.line_id, [...(byLine.get(stock.line_id) ?? []), stock])
  }
  return sumByLine(lines).flatMap(({ line_id, quantity }) =>
    takeLine(byLine.get(line_id) ?? [], side, quantity)
  )
}

function takeLine(held: readonly HeldStock[], side: "reserved" | "gone", units: number): StockItem[] {
  const missing = new Map<string, number>()
  for (const stock of held) {
    missing.set(stock.inventory_item_id, units * stock.required_quantity)
  }
  const taken: StockItem[] = []
  for (const stock of held) {
    const wanted = missing.get(stock.inventory_item_id) ?? 0
    const quantity = Math.min(wanted, stock[side])
    if (quantity > 0) {
      taken.push(itemOf(stock, quantity))
      missing.set(stock.inventory_item_id, wanted - quantity)
    }
  }
  for (const stock of held) {
    const short = missing.get(stock.inventory_item_id) ?? 0
    if (short > 0) {
      throw stockNotHeld(stock, side, units, units - Math.ceil(short / stock.required_quantity))
    }
  }
  return taken
}

function stockNotHeld(
  { line_id, sku }: HeldStock,
  side: "reserved" | "gone",
  asked: number,
  held: number
): WholesaleError {
  const state = side === "reserved" ? "is reserved" : "has left"
  return new WholesaleError(
    409,
    "stock_not_held",
    `${asked} of ${sku} were asked for, but only ${held} of this line ${state}.`,
    { line_id, sku, asked, [side]: held }
  )
}

function itemOf({ reserved: _reserved, gone: _gone, ...item }: HeldStock, quantity: number): StockItem {
  return { ...item, quantity }
}

function sumByLine(lines: readonly StockLineQuantity[]): StockLineQuantity[] {
  const sums = new Map<string, number>()
  for (const { line_id, quantity } of lines) {
    sums.set(line_id, (sums.get(line_id) ?? 0) + quantity)
  }
  return [...sums].map(([line_id, quantity]) => ({ line_id, quantity }))
}
