import { WHOLESALE_CATALOG } from "../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../modules/wholesale-catalog/service"
import { listQuery } from "../../../../../schemas/common"
import { listConfig, page } from "../../../../route-kit/list-options"
import { ok } from "../../../../route-kit/route-answer"
import { storeRead } from "../../../../route-kit/store-route"

/** What may be ordered: published items, in the account's currency. */
export const GET = storeRead({
  query: listQuery({}),
  handler: async ({ container, store, account, query }) => {
    const [rows, count] = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .listAndCountWholesaleItems(
        {
          store_id: store.id,
          published: true,
          currency_code: account.currency_code,
          ...(query.q && { q: query.q }),
        },
        {
          ...listConfig(query, ["created_at", "sku", "title", "wholesale_price", "id"]),
          select: [
            "id",
            "product_id",
            "variant_id",
            "sku",
            "title",
            "thumbnail",
            "currency_code",
            "wholesale_price",
            "minimum_quantity",
            "order_multiple",
          ],
        }
      )
    return ok(page("items", rows, count, query))
  },
})
