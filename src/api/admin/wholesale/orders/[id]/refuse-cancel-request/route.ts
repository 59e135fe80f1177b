import { withReason } from "../../../../../../schemas/common"
import { refuseCancelRequestWorkflow } from "../../../../../../workflows/order/refuse-cancel-request"
import { orderVerb } from "../../../../../route-kit/order-verb"

export const POST = orderVerb(
  (container, { id, store_id, actor }, { reason }) =>
    refuseCancelRequestWorkflow(container).run({ input: { id, store_id, actor, reason } }),
  withReason
)
