import type { OrderEvent } from "./order-machine"

/** What makes an order's invoices due: one for all of it when it is completed or approved, or one a shipment. */
export type InvoiceOn = "completion" | "approval" | "shipment"

export const INVOICE_CONSOLIDATIONS = ["none", "manual", "weekly", "monthly"] as const
/**
 * `none`: each part is invoiced by itself as it becomes due. Else it waits to be put on an invoice with
 * others: until somebody asks for it, or until the week or the month is over.
 */
export type InvoiceConsolidation = (typeof INVOICE_CONSOLIDATIONS)[number]

/** The part of an invoice over the whole order; the part of a shipment's own is its sequence. */
export const WHOLE_ORDER = 0

/** Sequences of shipments begin here. */
export const FIRST_SHIPMENT = 1

/**
 * The part whose invoice becomes due with an event, if any. Over an order's life the parts that become
 * due are all of it, once: either the whole order or every shipment.
 *
 * @param sequence of the shipment that the event makes
 */
export function invoicePartDue(
  invoiceOn: InvoiceOn | null,
  { event, sequence }: { readonly event: OrderEvent; readonly sequence?: number }
): number | undefined {
  switch (invoiceOn) {
    case "approval":
      return event === "approve" ? WHOLE_ORDER : undefined
    case "completion":
      return event === "deliver" || event === "pick_up" ? WHOLE_ORDER : undefined
    case "shipment":
      return sequence
    case null:
      return undefined
  }
}
