import { WHOLESALE_CATALOG } from "../../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../../modules/wholesale-catalog/service"
import { listSupplierItems } from "../../../../../../schemas/catalog"
import { adminRead } from "../../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../../route-kit/flag-gate"
import { page } from "../../../../../route-kit/list-options"
import { ok } from "../../../../../route-kit/route-answer"
import { supplierConnection } from "../../../../../views/supplier"

/** What a supplier offers the store, at the store's prices, by SKU. */
export const GET = adminRead({
  flags: PURCHASING,
  query: listSupplierItems,
  handler: async ({ container, store, params, query }) => {
    const connection = await supplierConnection(container, store.id, params.connection_id)
    const { available, mapped, q, limit, offset } = query
    const [items, count] = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .supplierCatalogPage({
        store_id: store.id,
        connection_id: connection.id,
        available,
        mapped,
        q,
        limit,
        offset,
      })
    const rows = items.map(({ unit_price, ...item }) => ({ ...item, price: Number(unit_price) }))
    return ok(page("items", rows, count, query))
  },
})
