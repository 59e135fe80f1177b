import { makeReadyForPickup } from "../../../../../../schemas/orders"
import { advanceOrderWorkflow } from "../../../../../../workflows/order/advance-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** Tells the buyer where and when the goods can be fetched. */
export const POST = orderVerb(
  (container, verb, pickup) =>
    advanceOrderWorkflow(container).run({
      input: { ...verb, event: "make_ready_for_pickup", pickup },
    }),
  makeReadyForPickup
)
