import type { Uninvoiced } from "./types/invoices"

/**
 * Which orders an invoice is asked for by name: none are named where all that wait are wanted, one invoice
 * for each of their currencies, connections and terms; orders that are named go on one.
 *
 * @param postponed ids of the orders that are to wait on
 * @returns undefined where nothing is wanted, or parts of what several invoices would be for
 */
export function wantedOrders(
  waiting: readonly Uninvoiced[],
  postponed: ReadonlySet<string>
): { readonly order_ids?: string[] } | undefined {
  const wanted = waiting
    .map(({ orders = [] }) => orders.map(({ order_id }) => order_id).filter((id) => !postponed.has(id)))
    .filter((ids) => ids.length > 0)
  if (wanted.length === 0) {
    return undefined
  }
  const isAll = waiting.every(({ orders = [] }) => orders.every(({ order_id }) => !postponed.has(order_id)))
  if (isAll) {
    return {}
  }
  return wanted.length === 1 ? { order_ids: wanted[0] } : undefined
}

/** How many invoices that makes. */
export function wantedInvoices(waiting: readonly Uninvoiced[], postponed: ReadonlySet<string>): number {
  return waiting.filter(({ orders = [] }) => orders.some(({ order_id }) => !postponed.has(order_id))).length
}
