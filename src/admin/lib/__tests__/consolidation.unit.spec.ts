import { wantedInvoices, wantedOrders } from "../consolidation"
import type { Uninvoiced } from "../types/invoices"

const waiting = (currency_code: string, ...orderIds: string[]): Uninvoiced => ({
  account_id: "whacc_1",
  account: { company_name: "Corner Shop Ltd" },
  currency_code,
  connection_id: null,
  terms: { type: "net", days: 30, discount: null },
  order_count: orderIds.length,
  supplied_from: "2026-01-01T00:00:00.000Z",
  supplied_through: "2026-01-31T00:00:00.000Z",
  total: 10 * orderIds.length,
  orders: orderIds.map((order_id) => ({
    order_id,
    order_number: `B2B-${order_id}`,
    purchase_order_number: null,
    parts: [0],
    supplied_at: "2026-01-31T00:00:00.000Z",
    total: 10,
  })),
})

describe("orders that wait to be invoiced", () => {
  const two = [waiting("usd", "a", "b"), waiting("eur", "c")]

  it("are all wanted unless some are to wait on, an invoice for each kind", () => {
    expect(wantedOrders(two, new Set())).toEqual({})
    expect(wantedInvoices(two, new Set())).toBe(2)
  })

  it("are named where others wait on, as those of one invoice", () => {
    expect(wantedOrders(two, new Set(["b", "c"]))).toEqual({ order_ids: ["a"] })
    expect(wantedOrders(two, new Set(["a", "b"]))).toEqual({ order_ids: ["c"] })
    expect(wantedInvoices(two, new Set(["b", "c"]))).toBe(1)
  })

  it("cannot be parts of several invoices, or none at all", () => {
    expect(wantedOrders(two, new Set(["a"]))).toBeUndefined()
    expect(wantedInvoices(two, new Set(["a"]))).toBe(2)
    expect(wantedOrders(two, new Set(["a", "b", "c"]))).toBeUndefined()
    expect(wantedOrders([], new Set())).toBeUndefined()
  })
})
