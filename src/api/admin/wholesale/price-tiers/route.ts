import { generateEntityId } from "@medusajs/framework/utils"

import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_CATALOG } from "../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../modules/wholesale-catalog/service"
import { createPriceTier } from "../../../../schemas/pricing"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { created, ok } from "../../../route-kit/route-answer"
import { priceTierDetail, priceTierView } from "../../../views/pricing"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store }) => {
    const rows = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .priceTiers({ store_id: store.id })
    return ok({ price_tiers: rows.map(priceTierView), count: rows.length })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: createPriceTier,
  handler: async ({ container, store, actor, request_key, body }) => {
    const { id } = await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).createPriceTier({
      ...body,
      id: request_key ? derivedId("whtier", store.id, request_key) : generateEntityId(undefined, "whtier"),
      store_id: store.id,
      currency_code: store.currency_code,
      actor,
    })
    return created({ price_tier: await priceTierDetail(container, { store_id: store.id, id }) })
  },
})
