import { cancelledUnits, eventsOfOrders, type KnownOrder } from "../domain/supplier-orders"

const order = (order_id: string, status: string, changes: Partial<KnownOrder> = {}): KnownOrder => ({
  order_id,
  status,
  parent_id: null,
  children: [],
  lines: [],
  tracking: [],
  ...changes,
})
const child = (order_id: string, status: string, changes: Partial<KnownOrder> = {}) =>
  order(order_id, status, { parent_id: "o1", ...changes })
const parent = (status: string) => order("o1", status, { children: ["o2"] })
const line = (line_id: string, quantity: number) => ({ line_id, sku: line_id, quantity, unit_price: "1" })

const events = (orders: KnownOrder[], changes: Partial<Parameters<typeof eventsOfOrders>[1]> = {}) =>
  eventsOfOrders(orders, { first: "o1", cancelGranted: false, ...changes })

describe("what the supplier's orders do to the purchase order", () => {
  it.each([
    ["pending", []],
    ["approved", ["accept"]],
    ["packing", ["accept"]],
    ["shipped", ["accept"]],
    ["ready_for_pickup", ["accept"]],
    ["delivered", ["accept"]],
    ["backordered", ["accept"]],
    ["rejected", ["refuse", "cancel_rest"]],
    ["cancelled", ["cancel", "cancel_rest"]],
  ])("one that is %s means %j", (status, expected) => {
    expect(events([order("o1", status)])).toEqual(expected)
  })

  it.each([
    ["pending", "pending", []],
    ["approved", "pending", ["accept"]],
    ["pending", "shipped", ["accept"]],
    ["rejected", "pending", ["cancel_rest"]],
    ["shipped", "rejected", ["accept", "cancel_rest"]],
    ["rejected", "rejected", ["refuse", "cancel_rest"]],
    ["rejected", "cancelled", ["cancel", "cancel_rest"]],
    ["cancelled", "cancelled", ["cancel", "cancel_rest"]],
  ])("a parent that is %s and a child that is %s mean %j", (first, second, expected) => {
    expect(events([parent(first), child("o2", second)])).toEqual(expected)
    expect(events([child("o2", second), parent(first)])).toEqual(expected)
  })

  it("conclude nothing while one that another names is missing", () => {
    expect(events([parent("cancelled")])).toEqual([])
    expect(events([child("o2", "rejected")], { first: null })).toEqual([])
    expect(events([child("o2", "rejected")])).toEqual([])
    expect(events([parent("cancelled"), child("o2", "cancelled", { children: ["o3"] })])).toEqual([])
    expect(events([])).toEqual([])
    expect(events([child("o2", "packing")])).toEqual(["accept"])
  })

  it.each([
    ["cancelled", "cancelled", ["cancel", "cancel_rest"]],
    ["delivered", "cancelled", ["accept", "grant_cancel", "cancel_rest"]],
    ["picked_up", "rejected", ["accept", "grant_cancel", "cancel_rest"]],
    ["shipped", "cancelled", ["accept", "cancel_rest"]],
    ["delivered", "pending", ["accept"]],
  ])("a granted wish to cancel, with a parent that is %s and a child that is %s, means %j", (first, second, expected) => {
    expect(events([parent(first), child("o2", second)], { cancelGranted: true })).toEqual(expected)
  })
})

describe("units that will not come", () => {
  it("are those of ended orders that never left", () => {
    const orders = [
      order("o1", "shipped", { lines: [line("a", 5)] }),
      child("o2", "rejected", { lines: [line("a", 2), line("b", 3)] }),
      child("o3", "cancelled", {
        lines: [line("a", 4)],
        tracking: [{ tracking_numbers: [], lines: [{ line_id: "a", quantity: 1 }] }],
      }),
    ]
    // a: 2 + 4 − 1, b: 3
    expect([...cancelledUnits(orders)]).toEqual([["a", 5], ["b", 3]])
  })
})
