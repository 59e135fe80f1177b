import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { eventReason } from "../../modules/wholesale-order/domain/event-reason"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { announceStep } from "../exchange/steps/announce"
import { effectKey, orderReference } from "./order-keys"
import { timeOf, type OrderVerbInput } from "./order-verb"
import { reservationKey } from "./reservation-key"
import { refusing } from "./refusing"
import { announceResponseStep } from "./steps/announce-response"
import { beginOperationStep } from "./steps/begin-operation"

export interface RejectOrderInput extends OrderVerbInput {
  readonly reason: string
}

interface RejectionStepInput extends RejectOrderInput {
  readonly operation_id: string
}

const voidOrderCreditStep = createStep(
  "wholesale-void-order-credit",
  async ({ id, store_id, operation_id, reason, actor }: RejectionStepInput, { container }) => {
    await refusing(container, { operation_id, store_id }, async () => {
      eventReason(id, "reject", reason)
    })
    const { account_id } = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .retrieveWholesaleOrder(id, { select: ["id", "account_id"] })
    await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).void({
      store_id,
      account_id,
      key: effectKey(operation_id, "void"),
      reservation_key: await reservationKey(container, { id, store_id }),
      reference: orderReference(id),
      reason,
      actor,
    })
    return new StepResponse()
  }
)

const rejectOrderStep = createStep(
  "wholesale-reject-order",
  async ({ at, ...verb }: RejectionStepInput, { container }) =>
    new StepResponse(
      await container
        .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
        .transition({ ...verb, event: "reject", at: timeOf(at) })
    )
)

/**
 * Turns a pending order down, with a reason; its reservation of credit is given back.
 *
 * @throws WholesaleError 400 `reason_required`; 409 `not_allowed`, `operation_in_progress`; 404
 */
export const rejectOrderWorkflow = createWorkflow(
  "wholesale-reject-order",
  (input: WorkflowData<RejectOrderInput>) => {
    const operation = beginOperationStep(
      transform(input, ({ id, store_id, actor, operation_id, reason, at }) => ({
        id: operation_id,
        store_id,
        order_id: id,
        verb: "reject",
        payload: { actor, reason, at },
      }))
    )
    const verb = transform({ input, operation }, (data) => ({
      ...data.input,
      operation_id: data.operation.id,
    }))
    voidOrderCreditStep(verb)
    const order = rejectOrderStep(verb)
    when(order, ({ cancel_requested_at }) => cancel_requested_at !== null).then(() => {
      announceResponseStep(order)
    })
    announceStep(transform(input, ({ id }) => ({ type: "order" as const, id })))
    recheckCreditStep(
      transform({ order, input }, (data) => ({
        store_id: data.input.store_id,
        account_id: data.order.account_id,
        actor: data.input.actor,
      }))
    )
    return new WorkflowResponse(order)
  }
)
