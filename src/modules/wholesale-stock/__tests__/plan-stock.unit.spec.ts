import fc from "fast-check"

import { planReservation, type AvailableStock, type StockNeed } from "../domain/plan-stock"

const need = (sku: string, quantity: number, changes: Partial<StockNeed> = {}): StockNeed => ({
  line_id: `line-${sku}`,
  sku,
  inventory_item_id: `item-${sku}`,
  required_quantity: 1,
  quantity,
  allow_backorder: false,
  ...changes,
})
const level = (sku: string, location_id: string, available: number): AvailableStock => ({
  inventory_item_id: `item-${sku}`,
  location_id,
  available,
})
const shares = (planned: ReturnType<typeof planReservation>) =>
  planned.map(({ line_id, location_id, quantity }) => [line_id, location_id, quantity])

describe("planning a reservation", () => {
  it("empties locations in the order given", () => {
    const levels = [level("A", "south", 50), level("A", "north", 7), level("A", "east", 9)]
    expect(shares(planReservation([need("A", 20)], levels, ["north", "east", "south"]))).toEqual([
      ["line-A", "north", 7],
      ["line-A", "east", 9],
      ["line-A", "south", 4],
    ])
  })

  it("uses no location that is not the store's", () => {
    expect(() => planReservation([need("A", 1)], [level("A", "far", 50)], ["north"])).toThrow(
      expect.objectContaining({ details: { items: [{ sku: "A", asked: 1, available: 0 }] } })
    )
  })

  it("lets two lines share one SKU's stock", () => {
    const needs = [need("A", 6, { line_id: "1" }), need("A", 4, { line_id: "2" })]
    expect(shares(planReservation(needs, [level("A", "n", 7), level("A", "s", 3)], ["n", "s"]))).toEqual([
      ["1", "n", 6],
      ["2", "n", 1],
      ["2", "s", 3],
    ])
  })

  it("names two SKUs that are short of one item, each with what it asked", () => {
    const kit = need("KIT", 2, { inventory_item_id: "item-A", required_quantity: 3 })
    // 5 single + 2 kits × 3 = 11 of 10: alone, 10 singles or 3 kits could be had
    expect(() => planReservation([need("A", 5), kit], [level("A", "n", 10)], ["n"])).toThrow(
      expect.objectContaining({
        code: "insufficient_stock",
        details: {
          items: [
            { sku: "A", asked: 5, available: 10 },
            { sku: "KIT", asked: 2, available: 3 },
          ],
        },
      })
    )
  })

  it("counts a kit of several items by its scarcest one, and asks for it once", () => {
    const parts = ["A", "B"].map((part) =>
      need("KIT", 4, { inventory_item_id: `item-${part}`, required_quantity: 2 })
    )
    // A: 5 / 2 = 2 kits; B: 7 / 2 = 3 kits; both short of 4 × 2 = 8
    expect(() => planReservation(parts, [level("A", "n", 5), level("B", "n", 7)], ["n"])).toThrow(
      expect.objectContaining({ details: { items: [{ sku: "KIT", asked: 4, available: 2 }] } })
    )
  })

  it("puts what a backordered variant lacks at the first location that keeps it", () => {
    const needs = [need("A", 10, { allow_backorder: true })]
    expect(shares(planReservation(needs, [level("A", "s", 4), level("A", "e", 0)], ["n", "s", "e"]))).toEqual([
      ["line-A", "s", 10],
    ])
  })

  it("lets those who cannot wait choose before a backorder does", () => {
    const needs = [
      need("A", 8, { line_id: "waits", allow_backorder: true }),
      need("A", 5, { line_id: "now" }),
    ]
    expect(shares(planReservation(needs, [level("A", "n", 6)], ["n"]))).toEqual([
      ["waits", "n", 8],
      ["now", "n", 5],
    ])
  })

  it("never promises parts of a unit or below zero", () => {
    expect(() =>
      planReservation([need("A", 3)], [level("A", "n", 2.9), level("A", "s", -5)], ["n", "s"])
    ).toThrow(expect.objectContaining({ details: { items: [{ sku: "A", asked: 3, available: 2 }] } }))
  })

  it("takes exactly what is needed, or refuses and takes nothing", () => {
    const locations = ["n", "s", "e"]
    fc.assert(
      fc.property(
        fc.array(fc.record({ sku: fc.constantFrom("A", "B"), quantity: fc.integer({ min: 1, max: 20 }), required: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(40), { minLength: 6, maxLength: 6 }),
        (asked, stock) => {
          const levels = ["A", "B"].flatMap((sku, row) =>
            locations.map((location, column) => level(sku, location, stock[row * 3 + column]))
          )
          const needs = asked.map(({ sku, quantity, required }, index) =>
            need(sku, quantity, { line_id: String(index), required_quantity: required })
          )
          const wanted = (item: string) =>
            needs
              .filter(({ inventory_item_id }) => inventory_item_id === item)
              .reduce((sum, { quantity, required_quantity }) => sum + quantity * required_quantity, 0)
          const there = (item: string) =>
            levels.filter((one) => one.inventory_item_id === item).reduce((sum, one) => sum + one.available, 0)
          const enough = ["item-A", "item-B"].every((item) => wanted(item) <= there(item))
          if (!enough) {
            expect(() => planReservation(needs, levels, locations)).toThrow("not enough stock")
            return
          }
          const planned = planReservation(needs, levels, locations)
          for (const { line_id, quantity, required_quantity } of needs) {
            const taken = planned.filter((part) => part.line_id === line_id)
            expect(taken.reduce((sum, part) => sum + part.quantity, 0)).toBe(quantity * required_quantity)
          }
          for (const one of levels) {
            const taken = planned.filter(
              (part) => part.inventory_item_id === one.inventory_item_id && part.location_id === one.location_id
            )
            expect(taken.reduce((sum, part) => sum + part.quantity, 0)).toBeLessThanOrEqual(one.available)
          }
        }
      )
    )
  })
})
