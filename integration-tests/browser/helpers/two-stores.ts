import { Http } from "./http"
import type { MedusaServer } from "./medusa-server"

export const DISTRIBUTOR = { email: "distributor@example.com", password: "supersecret", store: "Northwind Tea" }
export const RETAILER = { email: "retailer@example.com", password: "supersecret", store: "Corner Shop" }

/** The server's variables: the distributor governs the platform, and everything is on. */
export const VARIABLES = {
  WHOLESALE_PLATFORM_ADMINS: DISTRIBUTOR.email,
  WHOLESALE_DEFAULT_FLAGS: "distributor_ordering,wholesale_receiving,wholesale_portal,retailer_connections",
  WHOLESALE_SERVER_KEY: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  WHOLESALE_MASTER_KEY: "89abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567",
  JWT_SECRET: "browser-test",
  COOKIE_SECRET: "browser-test",
}

interface Row {
  readonly id: string
}

/** What was set up: two stores that do not know each other yet, each with one product. */
export interface TwoStores {
  readonly distributor: Http
  readonly retailer: Http
  readonly distributorItem: string
  readonly retailerItem: string
}

/** Two stores, each with its user, its stock location and a product of its own. Distributor's stock: 50. */
export async function openTwoStores(server: MedusaServer): Promise<TwoStores> {
  const distributor = await Http.login(server.url, DISTRIBUTOR.email, DISTRIBUTOR.password)
  const retailer = await Http.join(distributor, RETAILER.email, RETAILER.password)
  const warehouse = await stockLocation(distributor, "Warehouse")
  const backRoom = await stockLocation(distributor, "Back room")
  const distributorItem = await product(distributor, "Assam second flush", "TEA-100", warehouse, 50)
  const retailerItem = await product(distributor, "Assam, 100 g bag", "SHOP-ASSAM", backRoom, 0)

  const address = { address_1: "Main St 1", city: "Berlin", postal_code: "10115", country_code: "de" }
  const { stores } = await distributor.get<{ stores: Row[] }>("/admin/wholesale/stores")
  const first = stores[0]
  await distributor.post(`/admin/wholesale/stores/${first.id}`, {
    name: DISTRIBUTOR.store,
    mode: "distributor",
    stock_location_ids: [warehouse],
  })
  const { store: second } = await distributor.post<{ store: Row }>("/admin/wholesale/stores", {
    name: RETAILER.store,
    mode: "retailer",
    currency_code: "eur",
    address,
    stock_location_ids: [backRoom],
  })
  await addMember(distributor, first.id, await userId(distributor))
  await addMember(distributor, second.id, await userId(retailer))
  return { distributor, retailer, distributorItem, retailerItem }
}

/** What is on hand of an inventory item, over all its locations. */
export async function stockOf(http: Http, inventoryItemId: string) {
  const { inventory_item } = await http.get<{
    inventory_item: { stocked_quantity: number; reserved_quantity: number }
  }>(`/admin/inventory-items/${inventoryItemId}?fields=stocked_quantity,reserved_quantity`)
  const { stocked_quantity, reserved_quantity } = inventory_item
  return { stocked: stocked_quantity, available: stocked_quantity - reserved_quantity }
}

async function userId(http: Http): Promise<string> {
  return (await http.get<{ user: Row }>("/admin/users/me")).user.id
}

async function addMember(http: Http, storeId: string, actorId: string): Promise<void> {
  await http.post(`/admin/wholesale/stores/${storeId}/members`, { actor_type: "user", actor_id: actorId })
}

async function stockLocation(http: Http, name: string): Promise<string> {
  return (await http.post<{ stock_location: Row }>("/admin/stock-locations", { name })).stock_location.id
}

/** @returns the id of the inventory item of its only variant */
async function product(
  http: Http,
  title: string,
  sku: string,
  locationId: string,
  stocked: number
): Promise<string> {
  const size = { title: "Size", values: ["1 kg"] }
  const { product } = await http.post<{
    product: { variants: { inventory_items: { inventory_item_id: string }[] }[] }
  }>("/admin/products?fields=variants.inventory_items.inventory_item_id", {
    title,
    status: "published",
    options: [size],
    variants: [{ title: "1 kg", sku, manage_inventory: true, options: { Size: "1 kg" }, prices: [] }],
  })
  const [{ inventory_item_id }] = product.variants[0].inventory_items
  await http.post(`/admin/inventory-items/${inventory_item_id}/location-levels`, {
    location_id: locationId,
    stocked_quantity: stocked,
  })
  return inventory_item_id
}
