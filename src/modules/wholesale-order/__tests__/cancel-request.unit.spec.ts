import { isCancelGranted, ordersToCancel } from "../domain/cancel-request"
import type { OrderStatus } from "../domain/order-machine"

const order = (status: OrderStatus, asked = true) => ({ status, cancel_requested_at: asked ? new Date() : null })

describe("a wish to cancel a purchase order", () => {
  it.each<[OrderStatus[], OrderStatus[]]>([
    [["pending"], ["pending"]],
    [["pending", "shipped", "delivered", "cancelled"], ["pending", "shipped"]],
    [["delivered", "picked_up", "rejected"], ["delivered", "picked_up"]],
    [["rejected", "cancelled"], []],
  ])("concerns of %j %j", (statuses, concerned) => {
    expect(ordersToCancel(statuses.map((status) => order(status))).map(({ status }) => status)).toEqual(concerned)
  })

  it("is granted once all whom it concerns have ended, one of them cancelled", () => {
    expect(isCancelGranted([order("cancelled"), order("pending")])).toBe(false)
    expect(isCancelGranted([order("cancelled"), order("rejected")])).toBe(true)
    expect(isCancelGranted([order("rejected")])).toBe(false)
    expect(isCancelGranted([order("cancelled"), order("delivered", false)])).toBe(true)
    expect(isCancelGranted([order("cancelled", false), order("delivered", false)])).toBe(false)
  })
})
