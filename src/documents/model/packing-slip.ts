import type { CalendarDay, DocumentHead } from "./document"
import type { Unit } from "./line"
import type { DeliveryPlace, DocumentParty } from "./party"

export interface PackingSlipLine {
  readonly line_number: number
  readonly sku: string | null
  readonly title: string
  readonly unit: Unit
  readonly ordered: string
  /** In this shipment. */
  readonly shipped: string
  /** Still to come after it. */
  readonly outstanding: string
}

/** Goes with the goods: what is in the box, and no prices. */
export interface PackingSlipDocument extends Omit<DocumentHead, "currency_code"> {
  readonly kind: "packing_slip"
  readonly seller: DocumentParty
  readonly buyer: DocumentParty
  readonly ship_from: DeliveryPlace | null
  readonly ship_to: DeliveryPlace
  readonly shipped_on: CalendarDay | null
  readonly purchase_order_number: string | null
  readonly order_numbers: readonly string[]
  readonly carrier: string | null
  readonly tracking_numbers: readonly string[]
  readonly lines: readonly PackingSlipLine[]
}
