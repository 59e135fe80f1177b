import { generateEntityId } from "@medusajs/framework/utils"

import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_ORDER } from "../../../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../../../modules/wholesale-order/service"
import { listPortalOrders, placePortalOrder } from "../../../../schemas/orders"
import { placeOrderWorkflow } from "../../../../workflows/order/place-order"
import { page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { storeRead, storeWrite } from "../../../route-kit/store-route"
import { portalOrder, portalOrderDetail } from "../../../views/portal"

/** The orders of the account, whoever placed them. */
export const GET = storeRead({
  query: listPortalOrders,
  handler: async ({ container, store, account, query }) => {
    const { status, q, order, limit, offset } = query
    const { orders, count } = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .listOrders(store.id, { account_id: account.id, status, q, order, limit, offset })
    return ok(page("orders", orders.map(portalOrder), count, query))
  },
})

/** Orders on account, at the catalog's prices. */
export const POST = storeWrite({
  body: placePortalOrder,
  handler: async ({ container, store, account, actor, body, request_key }) => {
    const { result } = await placeOrderWorkflow(container).run({
      input: {
        ...body,
        order_id: request_key
          ? derivedId("whord", store.id, request_key)
          : generateEntityId(undefined, "whord"),
        store_id: store.id,
        account_id: account.id,
        source: "portal",
        actor,
      },
    })
    return created({ order: await portalOrderDetail(container, account, result.id) })
  },
})
