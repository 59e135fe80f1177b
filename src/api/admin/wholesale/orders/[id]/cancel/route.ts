import { cancelOrder } from "../../../../../../schemas/orders"
import { cancelOrderWorkflow } from "../../../../../../workflows/order/cancel-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** Also the way to accept a buyer's wish to cancel. */
export const POST = orderVerb(
  (container, verb, body) => cancelOrderWorkflow(container).run({ input: { ...verb, ...body } }),
  cancelOrder
)
