import fc from "fast-check"

import { heldStock, takeHeld } from "../domain/stock-ledger"
import type { StockItem, StockMovement, StockMovementKind } from "../domain/stock-movement"

const item = (line_id: string, location_id: string, quantity: number, changes: Partial<StockItem> = {}): StockItem => ({
  line_id,
  sku: `sku-${line_id}`,
  inventory_item_id: `item-${line_id}`,
  required_quantity: 1,
  location_id,
  quantity,
  allow_backorder: false,
  reservation_id: `res-${location_id}`,
  ...changes,
})
const movement = (kind: StockMovementKind, ...items: StockItem[]): Pick<StockMovement, "kind" | "items"> => ({
  kind,
  items,
})
const quantities = (items: readonly StockItem[]) => items.map(({ location_id, quantity }) => [location_id, quantity])

describe("what a document holds", () => {
  it("is what it reserved, less what was released and what left", () => {
    const held = heldStock([
      movement("reserve", item("1", "n", 7), item("1", "s", 5)),
      movement("leave", item("1", "n", 7), item("1", "s", 1)),
      movement("release", item("1", "s", 2)),
      movement("return", item("1", "n", 3)),
    ])
    // North: 7 − 7 reserved, 7 − 3 gone; South: 5 − 1 − 2 reserved, 1 gone
    expect(held.map(({ location_id, reserved, gone }) => [location_id, reserved, gone])).toEqual([
      ["n", 0, 4],
      ["s", 2, 1],
    ])
  })

  it("is given in the order in which it was reserved", () => {
    const held = heldStock([
      movement("leave", item("1", "s", 1)),
      movement("reserve", item("1", "n", 7), item("1", "s", 5)),
    ])
    expect(held.map(({ location_id }) => location_id)).toEqual(["n", "s"])
  })

  it("is untouched by goods received", () => {
    expect(takeHeld(heldStock([movement("receive", item("1", "n", 7))]), "reserved")).toEqual([])
  })
})

describe("taking what is held", () => {
  const held = heldStock([
    movement("reserve", item("1", "n", 7), item("1", "s", 5), item("2", "n", 4)),
  ])

  it("takes everything when no lines are named", () => {
    expect(quantities(takeHeld(held, "reserved"))).toEqual([["n", 7], ["s", 5], ["n", 4]])
    expect(takeHeld(held, "gone")).toEqual([])
  })

  it("takes a line location by location, and a line named twice together", () => {
    const lines = [
      { line_id: "1", quantity: 6 },
      { line_id: "1", quantity: 3 },
    ]
    expect(quantities(takeHeld(held, "reserved", lines))).toEqual([["n", 7], ["s", 2]])
  })

  it("multiplies by what the kit required when it was reserved", () => {
    const kits = heldStock([
      movement(
        "reserve",
        item("1", "n", 12, { inventory_item_id: "cup", required_quantity: 3 }),
        item("1", "n", 4, { inventory_item_id: "box", required_quantity: 1 })
      ),
    ])
    // 2 kits: 6 cups and 2 boxes
    expect(takeHeld(kits, "reserved", [{ line_id: "1", quantity: 2 }]).map(({ inventory_item_id, quantity }) => [
      inventory_item_id,
      quantity,
    ])).toEqual([
      ["cup", 6],
      ["box", 2],
    ])
  })

  it("refuses more than a line holds, with how many whole units there are", () => {
    const kits = heldStock([movement("reserve", item("1", "n", 8, { required_quantity: 3 }))])
    // 3 kits need 9 of 8, which hold 2 kits
    expect(() => takeHeld(kits, "reserved", [{ line_id: "1", quantity: 3 }])).toThrow(
      expect.objectContaining({
        code: "stock_not_held",
        details: { line_id: "1", sku: "sku-1", asked: 3, reserved: 2 },
      })
    )
  })

  it("takes nothing for a line that never held anything", () => {
    expect(takeHeld(held, "reserved", [{ line_id: "unmanaged", quantity: 9 }])).toEqual([])
  })

  it("never moves more than was reserved, whatever is asked in whatever order", () => {
    const wish = fc.record({
      kind: fc.constantFrom("leave" as const, "release" as const, "return" as const),
      quantity: fc.integer({ min: 1, max: 15 }),
    })
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
        const movements = [movement("reserve", item("1", "n", 7), item("1", "s", 5))]
        for (const { kind, quantity } of wishes) {
          try {
            const side = kind === "return" ? "gone" : "reserved"
            const items = takeHeld(heldStock(movements), side, [{ line_id: "1", quantity }])
            movements.push(movement(kind, ...items))
          } catch (error) {
            expect(error).toMatchObject({ code: "stock_not_held" })
          }
          const stock = heldStock(movements)
          expect(stock.every(({ reserved, gone }) => reserved >= 0 && gone >= 0)).toBe(true)
          expect(stock.reduce((sum, { reserved, gone }) => sum + reserved + gone, 0)).toBeLessThanOrEqual(12)
        }
      })
    )
  })
})
