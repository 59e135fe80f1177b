import { shipOrder } from "../../../../../../schemas/orders"
import { sendGoodsWorkflow } from "../../../../../../workflows/order/send-goods"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** Sends a parcel, of everything that is left where no lines are given. */
export const POST = orderVerb(
  (container, verb, parcel) =>
    sendGoodsWorkflow(container).run({ input: { ...verb, ...parcel, event: "dispatch" } }),
  shipOrder
)
