import type { ConnectionStatus } from "./connections"

// What the API says of the catalog, and of those of suppliers. Amounts are numbers in major units.

export interface CatalogItem {
  id: string
  product_id: string
  variant_id: string
  sku: string
  title: string
  thumbnail: string | null
  currency_code: string
  wholesale_price: number
  minimum_quantity: number
  order_multiple: number
  published: boolean
}

export interface Supplier {
  connection_id: string
  name: string
  status: ConnectionStatus
  item_count: number
  currency_code: string | null
}

export interface SupplierItem {
  sku: string
  title: string
  thumbnail?: string | null
  price: number
  currency_code: string
  minimum_quantity: number
  order_multiple: number
  available: boolean
  variant_id: string | null
}
