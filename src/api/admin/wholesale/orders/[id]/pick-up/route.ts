import { sendGoodsWorkflow } from "../../../../../../workflows/order/send-goods"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** The buyer has fetched everything. */
export const POST = orderVerb((container, verb) =>
  sendGoodsWorkflow(container).run({ input: { ...verb, event: "pick_up" } })
)
