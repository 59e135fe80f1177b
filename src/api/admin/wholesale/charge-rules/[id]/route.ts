import { WHOLESALE_CATALOG } from "../../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../../modules/wholesale-catalog/service"
import { updateChargeRule } from "../../../../../schemas/pricing"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { chargeRuleDetail } from "../../../../views/pricing"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    ok({ charge_rule: await chargeRuleDetail(container, { store_id: store.id, id: params.id }) }),
})

export const POST = adminWrite({
  flags: SALES,
  body: updateChargeRule,
  handler: async ({ container, store, actor, params, body }) => {
    const key = { store_id: store.id, id: params.id }
    await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).updateChargeRule({ ...body, ...key, actor })
    return ok({ charge_rule: await chargeRuleDetail(container, key) })
  },
})

/** For orders to come; one that is not active is kept and charges nothing. */
export const DELETE = adminWrite({
  flags: SALES,
  handler: async ({ container, store, actor, params }) => {
    await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .deleteChargeRule({ store_id: store.id, id: params.id, actor })
    return ok({ id: params.id, object: "charge_rule", deleted: true })
  },
})
