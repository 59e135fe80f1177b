import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { eventReason } from "../../modules/wholesale-order/domain/event-reason"
import { goodsReturnedOf } from "../../modules/wholesale-order/domain/goods-have-left"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { announceStep } from "../exchange/steps/announce"
import { releaseStock } from "../stock/release-stock"
import { stockReturns } from "../stock/stock-returns"
import { giveBackCredit } from "./give-back-credit"
import { effectKey, orderStockReference } from "./order-keys"
import { timeOf, type OrderVerbInput } from "./order-verb"
import { refusing } from "./refusing"
import { announceResponseStep } from "./steps/announce-response"
import { beginOperationStep } from "./steps/begin-operation"

export interface CancelOrderInput extends OrderVerbInput {
  readonly reason: string
  /** Needed once goods have left: whether they came back. */
  readonly goods_returned?: boolean
}

interface CancellationStepInput extends CancelOrderInput {
  readonly operation_id: string
}

/** What is refused is refused here, with the order taken and before anything is given back. */
const checkCancellationStep = createStep(
  "wholesale-check-order-cancellation",
  async ({ id, store_id, reason, goods_returned, operation_id }: CancellationStepInput, { container }) => {
    const order = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .retrieveOrder({ id, store_id })
    if (order.status !== "cancelled") {
      await refusing(container, { operation_id, store_id }, async () => {
        eventReason(order.number ?? id, "cancel", reason)
        goodsReturnedOf({ id: order.number ?? id, lines: order.lines }, goods_returned)
      })
    }
    return new StepResponse()
  }
)

const giveBackStockStep = createStep(
  "wholesale-give-back-order-stock",
  async ({ id, store_id, operation_id, goods_returned }: CancellationStepInput, { container }) => {
    const reference = orderStockReference(store_id, id)
    await releaseStock(container, { ...reference, key: effectKey(operation_id, "release") })
    if (goods_returned) {
      await stockReturns(container, { ...reference, key: effectKey(operation_id, "return") })
    }
    return new StepResponse()
  }
)

const giveBackCreditStep = createStep(
  "wholesale-give-back-order-credit",
  async ({ at, ...verb }: CancellationStepInput, { container }) =>
    new StepResponse(await giveBackCredit(container, { ...verb, at: timeOf(at) ?? new Date() }))
)

/** Cancelled from the moment on from which the ledger counts it, whoever brings the cancellation to its end and when. */
const cancelOrderStep = createStep(
  "wholesale-cancel-order",
  async ({ given_back_at, ...verb }: CancellationStepInput & { given_back_at: Date }, { container }) => {
    const order = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .transition({ ...verb, event: "cancel", at: new Date(given_back_at) })
    return new StepResponse(order)
  }
)

/**
 * Cancels an order from any state that is not final, and gives back exactly once what it took: stock,
 * credit, what was invoiced (by credit notes; what had been paid becomes credit on account), and the
 * mirrored core order.
 *
 * @throws WholesaleError 400 `reason_required`; 409 `goods_returned_required`, `not_allowed`,
 * `operation_in_progress`; 404
 */
export const cancelOrderWorkflow = createWorkflow(
  "wholesale-cancel-order",
  (input: WorkflowData<CancelOrderInput>) => {
    const operation = beginOperationStep(
      transform(input, ({ id, store_id, operation_id, ...payload }) => ({
        id: operation_id,
        store_id,
        order_id: id,
        verb: "cancel",
        payload: { ...payload },
      }))
    )
    const verb = transform({ input, operation }, (data) => ({
      ...data.input,
      operation_id: data.operation.id,
    }))
    checkCancellationStep(verb)
    giveBackStockStep(verb)
    const given = giveBackCreditStep(verb)
    const cancelled = cancelOrderStep(
      transform({ verb, given }, (data) => ({ ...data.verb, given_back_at: data.given.at }))
    )
    when(cancelled, ({ cancel_requested_at }) => cancel_requested_at !== null).then(() => {
      announceResponseStep(cancelled)
    })
    announceStep(
      transform({ input, given }, (data) => [
        { type: "order" as const, id: data.input.id },
        ...data.given.documents,
      ])
    )
    recheckCreditStep(
      transform({ cancelled, input }, (data) => ({
        store_id: data.input.store_id,
        account_id: data.cancelled.account_id,
        actor: data.input.actor,
      }))
    )
    return new WorkflowResponse(cancelled)
  }
)
