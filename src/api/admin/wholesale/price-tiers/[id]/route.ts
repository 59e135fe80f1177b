import { WHOLESALE_CATALOG } from "../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../modules/wholesale-catalog/service"
import { updatePriceTier } from "../../../../../schemas/pricing"
import { deletePriceTierWorkflow } from "../../../../../workflows/pricing/delete-price-tier"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { priceTierDetail } from "../../../../views/pricing"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    ok({ price_tier: await priceTierDetail(container, { store_id: store.id, id: params.id }) }),
})

export const POST = adminWrite({
  flags: SALES,
  body: updatePriceTier,
  handler: async ({ container, store, actor, params, body }) => {
    const key = { store_id: store.id, id: params.id }
    await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).updatePriceTier({ ...body, ...key, actor })
    return ok({ price_tier: await priceTierDetail(container, key) })
  },
})

export const DELETE = adminWrite({
  flags: SALES,
  handler: async ({ container, store, actor, params }) => {
    await deletePriceTierWorkflow(container).run({ input: { store_id: store.id, id: params.id, actor } })
    return ok({ id: params.id, object: "price_tier", deleted: true })
  },
})
