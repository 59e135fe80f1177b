import type { ChargeKind } from "../../../lib/charges/charge"
import type { PartnerEvent } from "./purchase-order-machine"

/** Since when, and why, an order waits for the supplier's decision on credit. */
export interface OrderHold {
  readonly since: string
  readonly kinds: readonly string[]
}

export interface SupplierOrderLine {
  /** The purchase order's line. */
  readonly line_id: string
  readonly sku: string
  readonly quantity: number
  /** Net, in major units. */
  readonly unit_price: string
}

export interface SupplierShipment {
  readonly carrier?: string | null
  readonly tracking_numbers: readonly string[]
  readonly lines: readonly Pick<SupplierOrderLine, "line_id" | "quantity">[]
}

/** What else an order says to people. */
export interface OrderSummary {
  /** Beside the goods, net; 0 is what is free for the order. Missing in what came before there were any. */
  readonly charges?: readonly { readonly kind: ChargeKind; readonly name: string; readonly amount: string }[]
  readonly tax_summary: readonly {
    readonly code: string | null
    readonly name: string | null
    readonly rate: string
    readonly base: string
    readonly tax: string
  }[]
  /** The appointment. */
  readonly pickup: { readonly place: string | null; readonly at: string | null } | null
  readonly rejection_reason: string | null
  readonly cancel_reason: string | null
  readonly goods_returned: boolean | null
}

/** What decides of a supplier's order where the purchase order stands. */
export interface KnownOrder {
  readonly order_id: string
  readonly parent_id: string | null
  /** What was split off it. */
  readonly children: readonly string[]
  readonly status: string
  readonly lines: readonly SupplierOrderLine[]
  readonly tracking: readonly SupplierShipment[]
}

const hasEnded = ({ status }: KnownOrder) => status === "rejected" || status === "cancelled"
const isUndecided = ({ status }: KnownOrder) => status === "draft" || status === "pending"
const isCompleted = ({ status }: KnownOrder) => status === "delivered" || status === "picked_up"

/**
 * What the supplier's orders do to the purchase order, step by step; a step that its status does not
 * allow is left out.
 *
 * One that is being worked on accepts it, also where the response that says so has not arrived yet.
 * Rejected or cancelled is the purchase order only when all of them are and none is missing: the
 * documents come in any order, so an order that another names as its parent or child may be on its way.
 *
 * @param first the order that the supplier's response names
 * @param cancelGranted whether the supplier has granted a request to cancel: it concerned the orders
 *   that were open, so that what is completed by then stays
 */
export function eventsOfOrders(
  orders: readonly KnownOrder[],
  { first, cancelGranted }: { readonly first: string | null; readonly cancelGranted: boolean }
): PartnerEvent[] {
  const events: PartnerEvent[] = []
  if (orders.some((order) => !hasEnded(order) && !isUndecided(order))) {
    events.push("accept")
  }
  if (isMissingSome(orders, first)) {
    return events
  }
  if (orders.every(hasEnded)) {
    events.push(orders.every(({ status }) => status === "rejected") ? "refuse" : "cancel")
  } else if (cancelGranted && orders.every((order) => hasEnded(order) || isCompleted(order))) {
    events.push("grant_cancel")
  }
  return orders.some(hasEnded) ? [...events, "cancel_rest"] : events
}

function isMissingSome(orders: readonly KnownOrder[], first: string | null): boolean {
  const known = new Set(orders.map(({ order_id }) => order_id))
  const named = orders.flatMap(({ parent_id, children }) => (parent_id ? [parent_id, ...children] : children))
  return known.size === 0 || [...named, ...(first ? [first] : [])].some((id) => !known.has(id))
}

/** Units of each line of the purchase order that will not come: in orders that have ended, and never left. */
export function cancelledUnits(orders: readonly KnownOrder[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>()
  for (const { lines, tracking } of orders.filter(hasEnded)) {
    const gone = tracking.flatMap((shipment) => shipment.lines)
    for (const { line_id, quantity } of lines) {
      units.set(line_id, (units.get(line_id) ?? 0) + quantity)
    }
    for (const { line_id, quantity } of gone) {
      units.set(line_id, (units.get(line_id) ?? 0) - quantity)
    }
  }
  return units
}
