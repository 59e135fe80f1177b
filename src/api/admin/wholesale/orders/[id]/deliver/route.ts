import { advanceOrderWorkflow } from "../../../../../../workflows/order/advance-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

export const POST = orderVerb((container, verb) =>
  advanceOrderWorkflow(container).run({ input: { ...verb, event: "deliver" } })
)
