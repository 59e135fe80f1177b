import { invoicePartDue, type InvoiceOn } from "../domain/invoice-due"
import type { OrderEvent } from "../domain/order-machine"

type Step = { event: OrderEvent; sequence?: number }

const SHIPPED: Step[] = [
  { event: "approve" },
  { event: "start_packing" },
  { event: "finish_packing" },
  { event: "ship", sequence: 1 },
  { event: "ship", sequence: 2 },
  { event: "deliver" },
]
const PICKED_UP: Step[] = [
  { event: "approve" },
  { event: "make_ready_for_pickup" },
  { event: "pick_up", sequence: 1 },
]

describe("what makes an order's invoices due", () => {
  it.each<[InvoiceOn, string, Step[], (number | undefined)[]]>([
    ["approval", "shipping", SHIPPED, [0]],
    ["completion", "shipping", SHIPPED, [0]],
    ["shipment", "shipping", SHIPPED, [1, 2]],
    ["approval", "pickup", PICKED_UP, [0]],
    ["completion", "pickup", PICKED_UP, [0]],
    ["shipment", "pickup", PICKED_UP, [1]],
  ])("is, on %s and by %s, all of the order and none of it twice", (invoiceOn, _method, steps, parts) => {
    expect(steps.map((step) => invoicePartDue(invoiceOn, step)).filter((part) => part !== undefined)).toEqual(parts)
  })

  it("is nothing before the order is approved", () => {
    expect(invoicePartDue(null, { event: "cancel" })).toBeUndefined()
  })
})
