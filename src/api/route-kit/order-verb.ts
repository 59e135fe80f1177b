import type { MedusaContainer } from "@medusajs/framework/types"
import type { z } from "@medusajs/framework/zod"

import { derivedId } from "../../lib/ids/derived-id"
import { empty } from "../../schemas/common"
import type { OrderVerbInput } from "../../workflows/order/order-verb"
import { orderDetail } from "../views/order"
import { adminWrite } from "./admin-route"
import { SALES } from "./flag-gate"
import { ok } from "./route-answer"

/**
 * The route of a verb on an order: it runs, and the order is answered as it is then. A request that
 * comes again under its `Idempotency-Key` meets the operation it began.
 */
export function orderVerb<Body extends z.ZodType = typeof empty>(
  run: (container: MedusaContainer, verb: OrderVerbInput, body: z.output<Body>) => Promise<unknown>,
  body?: Body
) {
  return adminWrite<Body>({
    flags: SALES,
    body,
    handler: async ({ container, store, actor, params, body: parsed, request_key }) => {
      const operation_id = request_key && derivedId("whordop", request_key)
      await run(container, { id: params.id, store_id: store.id, actor, operation_id }, parsed)
      return ok({ order: await orderDetail(container, store.id, params.id) })
    },
  })
}
