/**
 * What a movement does to the inventory:
 * `reserve` takes available stock, `release` gives it back, `leave` lowers reservation and stocked
 * quantity together, `return` raises the stocked quantity by what had left, `receive` raises it by
 * goods that came in.
 */
export const STOCK_MOVEMENT_KINDS = ["reserve", "release", "leave", "return", "receive"] as const

export type StockMovementKind = (typeof STOCK_MOVEMENT_KINDS)[number]

/** The document whose goods move: an order, a receipt. */
export interface StockReference {
  readonly store_id: string
  readonly reference_type: string
  readonly reference_id: string
}

/**
 * What one document line moved of one inventory item at one location.
 *
 * `quantity` counts inventory units: units of the line × `required_quantity`, which is kept as it was
 * when the stock was taken, so that a kit changed later gives back what it took.
 */
export interface StockItem {
  readonly line_id: string
  readonly sku: string
  readonly inventory_item_id: string
  readonly required_quantity: number
  readonly location_id: string
  readonly quantity: number
  readonly allow_backorder: boolean
  readonly reservation_id: string | null
}

export interface StockMovement extends StockReference {
  readonly key: string
  readonly kind: StockMovementKind
  readonly items: readonly StockItem[]
}

/** Units of one document line, in units of its variant. */
export interface StockLineQuantity {
  readonly line_id: string
  readonly quantity: number
}
