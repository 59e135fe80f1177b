import { decimalString } from "../../../../../../lib/money/amount"
import { WHOLESALE_CATALOG } from "../../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../../modules/wholesale-catalog/service"
import { updateItem } from "../../../../../../schemas/catalog"
import { upsertItemsWorkflow } from "../../../../../../workflows/catalog/upsert-items"
import { adminRead, adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ownedRow } from "../../../../../../lib/errors/owned-row"
import { ok } from "../../../../../route-kit/route-answer"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    const rows = await catalog.listWholesaleItems({ id: params.id, store_id: store.id })
    return ok({ item: ownedRow(rows, "Wholesale item", params.id) })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: updateItem,
  handler: async ({ container, store, params, body }) => {
    const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    const standing = await catalog.listWholesaleItems({ id: params.id, store_id: store.id })
    const item = ownedRow(standing, "Wholesale item", params.id)
    const price = body.wholesale_price ?? decimalString(item.wholesale_price)
    await upsertItemsWorkflow(container).run({
      input: {
        store_id: store.id,
        currency_code: store.currency_code,
        items: [{ ...body, variant_id: item.variant_id, wholesale_price: price }],
      },
    })
    const rows = await catalog.listWholesaleItems({ id: params.id, store_id: store.id })
    return ok({ item: ownedRow(rows, "Wholesale item", params.id) })
  },
})
