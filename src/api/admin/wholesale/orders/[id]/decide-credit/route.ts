import { decideOrderCredit } from "../../../../../../schemas/credit"
import { decideOrderCreditWorkflow } from "../../../../../../workflows/credit/decide-order-credit"
import { orderVerb } from "../../../../../route-kit/order-verb"

/** Lets an order that waits for credit go on, as a whole or in part, or turns it down. */
export const POST = orderVerb(
  (container, { at: _, ...verb }, body) => decideOrderCreditWorkflow(container).run({ input: { ...verb, ...body } }),
  decideOrderCredit
)
