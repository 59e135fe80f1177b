import { withReason } from "../../../../../../schemas/common"
import { rejectOrderWorkflow } from "../../../../../../workflows/order/reject-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

export const POST = orderVerb(
  (container, verb, { reason }) => rejectOrderWorkflow(container).run({ input: { ...verb, reason } }),
  withReason
)
