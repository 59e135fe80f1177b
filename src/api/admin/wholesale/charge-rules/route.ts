import { generateEntityId } from "@medusajs/framework/utils"

import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_CATALOG } from "../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../modules/wholesale-catalog/service"
import { createChargeRule } from "../../../../schemas/pricing"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { created, ok } from "../../../route-kit/route-answer"
import { chargeRuleDetail, chargeRuleView } from "../../../views/pricing"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store }) => {
    const rows = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .chargeRules({ store_id: store.id })
    return ok({ charge_rules: rows.map(chargeRuleView), count: rows.length })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: createChargeRule,
  handler: async ({ container, store, actor, request_key, body }) => {
    const { id } = await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).createChargeRule({
      ...body,
      id: request_key ? derivedId("whchr", store.id, request_key) : generateEntityId(undefined, "whchr"),
      store_id: store.id,
      currency_code: body.currency_code ?? store.currency_code,
      actor,
    })
    return created({ charge_rule: await chargeRuleDetail(container, { store_id: store.id, id }) })
  },
})
