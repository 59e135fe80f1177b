import type { Uninvoiced } from "../../workflows/invoice/uninvoiced"
import { amountNumber } from "./amounts"

/** Orders and amounts are there where one account was asked for. */
export function uninvoicedView({ total, orders, ...waiting }: Uninvoiced) {
  return {
    ...waiting,
    ...(total !== undefined && { total: amountNumber(total) }),
    ...(orders && { orders: orders.map((order) => ({ ...order, total: amountNumber(order.total) })) }),
  }
}
