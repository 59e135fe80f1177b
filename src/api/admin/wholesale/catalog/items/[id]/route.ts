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

/** Changes what is given and leaves the rest, also to somebody else who changes that at the same time. */
export const POST = adminWrite({
  flags: SALES,
  body: updateItem,
  handler: async ({ container, store, params, body }) => {
    const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    const standing = await catalog.listWholesaleItems({ id: params.id, store_id: store.id })
    const { variant_id } = ownedRow(standing, "Wholesale item", params.id)
    await upsertItemsWorkflow(container).run({
      input: { store_id: store.id, currency_code: store.currency_code, items: [{ ...body, variant_id }] },
    })
    const rows = await catalog.listWholesaleItems({ id: params.id, store_id: store.id })
    return ok({ item: ownedRow(rows, "Wholesale item", params.id) })
  },
})
