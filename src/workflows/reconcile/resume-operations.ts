import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import { messageOf } from "../../lib/errors/message-of"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderOperation } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { decideOrderCreditWorkflow, type DecideOrderCreditInput } from "../credit/decide-order-credit"
import { approveOrderWorkflow } from "../order/approve-order"
import { cancelOrderWorkflow } from "../order/cancel-order"
import { editOrderWorkflow } from "../order/edit-order"
import { rejectOrderWorkflow } from "../order/reject-order"
import { sendGoodsWorkflow, type SendGoodsInput } from "../order/send-goods"
import { undoOperation } from "../order/undo-operation"
import type { Repair } from "./repair"

/**
 * Takes up the verbs that a process began and did not end, and brings each to an end: what was being
 * undone is undone, a placement that was not answered for is given back (whoever asked for it asks
 * again), everything else runs again under the same operation.
 *
 * @param before also operations that a process began before that time and may still hold
 */
export async function resumeOperations(container: MedusaContainer, before?: Date): Promise<Repair[]> {
  const operations = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .takeOverOperations({ before })
  const repaired: Repair[] = []
  for (const operation of operations) {
    try {
      await resume(container, operation)
      repaired.push({
        store_id: operation.store_id,
        done: `${operation.verb} of order ${operation.order_id} was brought to an end`,
      })
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `${operation.verb} of order ${operation.order_id} could not be resumed: ${messageOf(error)}`
        )
    }
  }
  return repaired
}

async function resume(container: MedusaContainer, operation: OrderOperation): Promise<void> {
  const { id: operation_id, store_id, order_id, verb, status } = operation
  if (status === "undoing" || verb === "place") {
    return undoOperation(container, { id: operation_id, store_id })
  }
  const input = { ...(operation.payload as Partial<VerbPayload> as VerbPayload), id: order_id, store_id, operation_id }
  switch (verb) {
    case "approve":
      await approveOrderWorkflow(container).run({ input })
      return
    case "reject":
      await rejectOrderWorkflow(container).run({ input })
      return
    case "cancel":
      await cancelOrderWorkflow(container).run({ input })
      return
    case "ship":
    case "dispatch":
    case "pick_up":
      await sendGoodsWorkflow(container).run({ input: { ...input, event: verb } })
      return
    case "decide_credit":
      await decideOrderCreditWorkflow(container).run({ input })
      return
    case "edit":
      // Which lines, the operation says itself.
      await editOrderWorkflow(container).run({ input: { ...input, lines: [] } })
      return
    default:
      throw new Error(`Operation ${operation_id} is of an unknown verb "${verb}".`)
  }
}

/** What the verbs put into their intent rows. */
interface VerbPayload
  extends Pick<SendGoodsInput, "lines" | "carrier" | "tracking_numbers">,
    Pick<DecideOrderCreditInput, "decision" | "amount" | "override"> {
  readonly actor: Actor
  readonly reason: string
  readonly goods_returned?: boolean
  readonly at?: string
}
