import { editOrder } from "../../../../../../schemas/orders"
import { editOrderWorkflow } from "../../../../../../workflows/order/edit-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** Gives a pending order other lines. */
export const POST = orderVerb(
  (container, verb, body) => editOrderWorkflow(container).run({ input: { ...verb, ...body } }),
  editOrder
)
