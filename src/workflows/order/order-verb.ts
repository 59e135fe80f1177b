import type { Actor } from "../../lib/actor/actor"
import type { Order } from "../../modules/wholesale-order/persistence/rows"

/** What every verb on an order is told. */
export interface OrderVerbInput {
  readonly id: string
  readonly store_id: string
  readonly actor: Actor
  /** The intent row. A caller that may come again gives the same; a new one is made otherwise. */
  readonly operation_id?: string
  /** When it happened, ISO 8601; now, unless history is replayed. */
  readonly at?: string
}

/** What partners are told after a verb: nothing of an order that no partner placed. */
export const orderToAnnounce = ({ id, connection_id }: Pick<Order, "id" | "connection_id">) =>
  connection_id ? [{ type: "order" as const, id }] : []

/** What a verb made due; see `issueDueInvoicesStep`. */
export const invoicesDue = (
  { id, store_id, invoice_parts_due }: Pick<Order, "id" | "store_id" | "invoice_parts_due">,
  at: string | undefined
) => ({ id, store_id, invoice_parts_due, at })

export const timeOf = (at: string | undefined): Date | undefined =>
  at === undefined ? undefined : new Date(at)
