import { generateEntityId } from "@medusajs/framework/utils"

import { WHOLESALE_CREDIT } from "../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../modules/wholesale-credit/service"
import { listCreditHolds, placeCreditHold } from "../../../../schemas/credit"
import { placeCreditHoldWorkflow } from "../../../../workflows/credit/place-credit-hold"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { creditHoldView, creditHoldsWithNames } from "../../../views/credit-hold"

/** Why orders wait for credit, and accounts get none. */
export const GET = adminRead({
  flags: SALES,
  query: listCreditHolds,
  handler: async ({ container, store, query }) => {
    const { account_id, order_id, kind, basis, status } = query
    const [holds, count] = await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .listAndCountWholesaleCreditHolds(
        {
          store_id: store.id,
          ...(account_id && { account_id }),
          ...(order_id && { order_id }),
          ...(kind && { kind }),
          ...(basis && { basis }),
          ...(status && { status }),
        },
        listConfig(query, ["created_at", "placed_at", "waiting_since", "id"])
      )
    return ok(page("credit_holds", await creditHoldsWithNames(container, store.id, holds), count, query))
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: placeCreditHold,
  handler: async ({ container, store, actor, body: { account_id, order_id, reason }, request_key }) => {
    const about = { store_id: store.id, key: request_key ?? generateEntityId(), reason, actor }
    const { result } = await placeCreditHoldWorkflow(container).run({
      input: order_id ? { ...about, order_id } : { ...about, account_id: account_id ?? "" },
    })
    return created({ credit_hold: creditHoldView(result) })
  },
})
