import { WHOLESALE_CATALOG } from "../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../modules/wholesale-catalog/service"
import { listItems, upsertItems } from "../../../../../schemas/catalog"
import { upsertItemsWorkflow } from "../../../../../workflows/catalog/upsert-items"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { listConfig, page } from "../../../../route-kit/list-options"
import { ok } from "../../../../route-kit/route-answer"
import { requireMode } from "../../../../route-kit/store-mode"

export const GET = adminRead({
  flags: SALES,
  query: listItems,
  handler: async ({ container, store, query }) => {
    const { published, q } = query
    const [rows, count] = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .listAndCountWholesaleItems(
        {
          store_id: store.id,
          ...(published !== undefined && { published }),
          ...(q && { q }),
        },
        listConfig(query, ["created_at", "updated_at", "sku", "title", "wholesale_price", "id"])
      )
    return ok(page("items", rows, count, query))
  },
})

/** Makes or changes the wholesale items of variants, by variant. */
export const POST = adminWrite({
  flags: SALES,
  body: upsertItems,
  handler: async ({ container, store, body }) => {
    requireMode(store, "sell")
    const { result } = await upsertItemsWorkflow(container).run({
      input: { store_id: store.id, currency_code: store.currency_code, items: body.items },
    })
    const items = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .listWholesaleItems({ store_id: store.id, id: result.map(({ id }) => id) }, { order: { sku: "ASC" } })
    return ok({ items })
  },
})
