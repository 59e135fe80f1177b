import { approveOrderWorkflow } from "../../../../../../workflows/order/approve-order"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** Accepts the order for good: its stock is taken, its credit becomes balance. */
export const POST = orderVerb((container, verb) => approveOrderWorkflow(container).run({ input: verb }))
