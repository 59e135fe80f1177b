/** An order that a partner's invoice is over. */
export interface BillOrder {
  readonly order_number: string | null
  /** This store's own purchase order. */
  readonly purchase_order_id: string | null
  readonly purchase_order_number: string | null
}
