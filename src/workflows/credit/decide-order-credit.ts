import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"

import type { Actor } from "../../lib/actor/actor"
import { derivedId } from "../../lib/ids/derived-id"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { DecisionKind } from "../../modules/wholesale-credit/domain/hold"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { splitOrderLines, unitsThatFit } from "../../modules/wholesale-order/domain/split-lines"
import type { Order } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { effectKey, orderReference } from "../order/order-keys"
import { refusing } from "../order/refusing"
import { childReservationKey, reservationKey } from "../order/reservation-key"
import { announceStep } from "../exchange/steps/announce"
import { announceResponseStep } from "../order/steps/announce-response"
import { beginOperationStep } from "../order/steps/begin-operation"
import { showHolds } from "./show-holds"

export interface DecideOrderCreditInput {
  readonly id: string
  readonly store_id: string
  readonly decision: DecisionKind
  /** Of a partial decision: as many units as it pays for go on, tax included. In the order's currency. */
  readonly amount?: string
  /** Lets an order go on beyond the hard line; the decision is kept as an override. */
  readonly override?: boolean
  readonly reason: string
  readonly actor: Actor
  /** The intent row. A caller that may come again gives the same; a new one is made otherwise. */
  readonly operation_id?: string
}

interface DecisionStepInput extends DecideOrderCreditInput {
  readonly operation_id: string
}

/** What became of the order: as it goes on, or as it ended, and the part of it that waits. */
export interface DecidedOrder {
  readonly order: Order
  readonly child_id: string | null
}

const DECIDE: Record<
  DecisionKind,
  (container: MedusaContainer, input: DecisionStepInput) => Promise<DecidedOrder>
> = { approve, partial: approvePart, decline }

const decideStep = createStep(
  "wholesale-decide-order-credit",
  async (input: DecisionStepInput, { container }) => {
    const decided = await DECIDE[input.decision](container, input)
    const { id, store_id, reason, actor } = input
    await showHolds(container, {
      store_id,
      order_ids: decided.child_id ? [id, decided.child_id] : [id],
      reason,
      actor,
    })
    const order = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .retrieveOrder({ id, store_id })
    return new StepResponse({ ...decided, order })
  }
)

/**
 * Decides about an order that waits for credit: lets it go on (it is then approved like any other), lets a
 * part of it go on and keeps the rest waiting in an order of its own, or turns it down. The reason and the
 * figures of the moment are kept.
 *
 * @throws WholesaleError 400 `reason_required`; 409 `override_required` with the figures,
 * `order_not_on_credit_hold`, `nothing_fits`, `nothing_to_split`, `operation_in_progress`; 404
 */
export const decideOrderCreditWorkflow = createWorkflow(
  "wholesale-decide-order-credit",
  (input: WorkflowData<DecideOrderCreditInput>) => {
    const operation = beginOperationStep(
      transform(input, ({ id, store_id, operation_id, ...payload }) => ({
        id: operation_id,
        store_id,
        order_id: id,
        verb: "decide_credit",
        payload: { ...payload },
      }))
    )
    const decided = decideStep(
      transform({ input, operation }, (data) => ({ ...data.input, operation_id: data.operation.id }))
    )
    when(decided, ({ order }) => order.cancel_requested_at !== null && order.status === "rejected").then(() => {
      announceResponseStep(transform(decided, ({ order }) => order))
    })
    announceStep(
      transform(decided, ({ order, child_id }) =>
        [order.id, child_id].flatMap((id) =>
          id && order.connection_id ? [{ type: "order" as const, id }] : []
        )
      )
    )
    return new WorkflowResponse(decided)
  }
)

async function approve(container: MedusaContainer, input: DecisionStepInput): Promise<DecidedOrder> {
  const { id, store_id, override, reason, actor, operation_id } = input
  await refusing(container, input, () =>
    creditOf(container).decide({ ...decisionOf(input), kind: "approve", override })
  )
  const order = await ordersOf(container).markReleased({
    id,
    store_id,
    figures: { decision: "approve" },
    reason,
    actor,
    operation_id,
  })
  return { order, child_id: null }
}

/** The split closes the operation; who comes again after it finds the child, and splits nothing twice. */
async function approvePart(container: MedusaContainer, input: DecisionStepInput): Promise<DecidedOrder> {
  const { id, store_id, override, reason, actor, operation_id } = input
  const orders = ordersOf(container)
  const child_id = derivedId("whord", operation_id, "child")
  const order = await orders.retrieveOrder({ id, store_id })
  const children = await orders.listWholesaleOrders({ id: child_id, store_id }, { select: ["id"] })
  if (children.length > 0) {
    return { order, child_id }
  }
  const kept = await refusing(container, input, async () => {
    const units = unitsThatFit(order, input.amount ?? "0")
    const parts = splitOrderLines(order, units)
    await creditOf(container).decide({
      ...decisionOf(input),
      kind: "partial",
      override,
      amount: parts.parent.total,
      child: {
        order_id: child_id,
        reservation_key: childReservationKey(child_id),
        amount: parts.child.total,
      },
    })
    return units
  })
  const { parent } = await orders.splitOrder({
    id,
    store_id,
    child_id,
    kept,
    reason_kind: "credit",
    reason,
    actor,
    operation_id,
  })
  return { order: parent, child_id }
}

async function decline(container: MedusaContainer, input: DecisionStepInput): Promise<DecidedOrder> {
  const { id, store_id, reason, actor, operation_id } = input
  const credit = creditOf(container)
  const { account_id } = await ordersOf(container).retrieveWholesaleOrder(id, { select: ["id", "account_id"] })
  await refusing(container, input, () => credit.decide({ ...decisionOf(input), kind: "decline" }))
  await credit.void({
    store_id,
    account_id,
    key: effectKey(operation_id, "void"),
    reservation_key: await reservationKey(container, { id, store_id }),
    reference: orderReference(id),
    reason,
    actor,
  })
  const order = await ordersOf(container).transition({ id, store_id, operation_id, actor, event: "reject", reason })
  return { order, child_id: null }
}

function decisionOf({ id, store_id, reason, actor, operation_id }: DecisionStepInput) {
  return { store_id, order_id: id, key: effectKey(operation_id, "decide"), reason, actor }
}

function creditOf(container: MedusaContainer): WholesaleCreditModuleService {
  return container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
}

function ordersOf(container: MedusaContainer): WholesaleOrderModuleService {
  return container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
}
