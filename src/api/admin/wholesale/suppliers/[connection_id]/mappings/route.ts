import { WHOLESALE_CATALOG } from "../../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../../modules/wholesale-catalog/service"
import { mapSkus } from "../../../../../../schemas/catalog"
import { mapSkusWorkflow } from "../../../../../../workflows/catalog/map-skus"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { supplierConnection } from "../../../../../views/supplier"

/** Says which own variants a supplier's SKUs are; goods received before are stocked then. */
export const POST = adminWrite({
  flags: PURCHASING,
  body: mapSkus,
  handler: async ({ container, store, params, body }) => {
    const { id } = await supplierConnection(container, store.id, params.connection_id)
    await mapSkusWorkflow(container).run({
      input: { store_id: store.id, connection_id: id, mappings: body.mappings },
    })
    const mappings = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .mappings({
        store_id: store.id,
        connection_id: id,
        skus: body.mappings.map(({ supplier_sku }) => supplier_sku),
      })
    return ok({ mappings })
  },
})
