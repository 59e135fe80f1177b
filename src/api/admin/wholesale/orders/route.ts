import { generateEntityId } from "@medusajs/framework/utils"

import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_ORDER } from "../../../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../../../modules/wholesale-order/service"
import { createOrder, listOrders } from "../../../../schemas/orders"
import { placeOrderWorkflow } from "../../../../workflows/order/place-order"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { orderDetail, orderView, withAccounts } from "../../../views/order"
import { requireMode } from "../../../route-kit/store-mode"

/** Where `count_is_estimate` is true, more than 10,000 match and `count` is about right. */
export const GET = adminRead({
  flags: SALES,
  query: listOrders,
  handler: async ({ container, store, query }) => {
    const { status, account_id, from, to, cancel_requested, held, uninvoiced, q, order, limit, offset } = query
    const { orders, count, count_is_estimate } = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .listOrders(store.id, {
        status,
        account_id,
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
        cancel_requested,
        held,
        uninvoiced,
        q,
        order,
        limit,
        offset,
      })
    const rows = await withAccounts(container, store.id, orders.map(orderView))
    return ok({ ...page("orders", rows, count, query), count_is_estimate })
  },
})

/** Enters an order for an account; at the catalog's prices where none is agreed by hand. */
export const POST = adminWrite({
  flags: SALES,
  body: createOrder,
  handler: async ({ container, store, actor, body, request_key }) => {
    requireMode(store, "sell")
    const { result } = await placeOrderWorkflow(container).run({
      input: {
        ...body,
        order_id: request_key
          ? derivedId("whord", store.id, request_key)
          : generateEntityId(undefined, "whord"),
        store_id: store.id,
        source: "manual",
        actor,
      },
    })
    return created({ order: await orderDetail(container, store.id, result.id) })
  },
})
