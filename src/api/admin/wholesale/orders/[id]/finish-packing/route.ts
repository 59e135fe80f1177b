import { advanceOrderWorkflow } from "../../../../../../workflows/order/advance-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

export const POST = orderVerb((container, { id, store_id, actor }) =>
  advanceOrderWorkflow(container).run({ input: { id, store_id, actor, event: "finish_packing" } })
)
