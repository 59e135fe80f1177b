import { generateEntityId } from "@medusajs/framework/utils"

import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_CREDIT } from "../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../modules/wholesale-credit/service"
import { createCreditGroup, listCreditGroups } from "../../../../schemas/credit"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { creditGroupView } from "../../../views/credit"

export const GET = adminRead({
  flags: SALES,
  query: listCreditGroups,
  handler: async ({ container, store, query }) => {
    const { currency_code, q, limit, offset } = query
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const filters = { store_id: store.id, currency_code, q }
    const [groups, count] = await Promise.all([
      credit.listGroups(filters, { limit, offset }),
      credit.countGroups(filters),
    ])
    return ok(page("credit_groups", groups.map(creditGroupView), count, query))
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: createCreditGroup,
  handler: async ({ container, store, actor, request_key, body: { name, currency_code, ...settings } }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const { id } = await credit.createGroup({
      id: request_key ? derivedId("whcredgrp", store.id, request_key) : generateEntityId(undefined, "whcredgrp"),
      store_id: store.id,
      name,
      currency_code: currency_code ?? store.currency_code,
      settings,
      actor,
    })
    const group = await credit.retrieveGroup({ store_id: store.id, group_id: id })
    return created({ credit_group: creditGroupView(group) })
  },
})
