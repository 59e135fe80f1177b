/** What the distributor sells, and the retailer sells on under SKUs of its own. */
export interface Goods {
  readonly title: string
  /** The distributor's SKU; the retailer's is `CS-` and this. */
  readonly sku: string
  /** In the distributor's currency, net, as a decimal string. */
  readonly wholesale_price: string
  readonly minimum_quantity: number
  readonly order_multiple: number
  /** What one order of the demo takes; 0 for what it leaves alone. */
  readonly ordered: number
}

export const GOODS: readonly Goods[] = [
  goods("Ship's lantern, brass", "LANTERN-BRASS", "18.50", 1, 24),
  goods("Deck blanket, wool", "BLANKET-WOOL", "31.25", 1, 12),
  goods("Enamel mug, navy", "MUG-NAVY", "6.95", 6, 36),
  goods("Enamel mug, white", "MUG-WHITE", "6.95", 6),
  goods("Rope doormat", "DOORMAT-ROPE", "14.80", 4),
  goods("Canvas tote", "TOTE-CANVAS", "9.40", 10),
  goods("Oilskin jacket", "JACKET-OILSKIN", "64.00", 1),
  goods("Fisherman's jumper", "JUMPER-FISHER", "48.75", 1),
  goods("Tide clock", "CLOCK-TIDE", "27.30", 1),
  goods("Pocket compass", "COMPASS-POCKET", "12.60", 5),
  goods("Signal whistle", "WHISTLE-SIGNAL", "3.15", 20),
  goods("Sea salt, 250 g", "SALT-250", "2.49", 12),
]

/** Units of each article on the shelves when a store is made. */
export const OPENING_STOCK = { distributor: 500, retailer: 10 } as const

export function retailerSku(sku: string): string {
  return `CS-${sku}`
}

function goods(title: string, sku: string, wholesale_price: string, multiple: number, ordered = 0): Goods {
  return { title, sku, wholesale_price, minimum_quantity: multiple, order_multiple: multiple, ordered }
}
