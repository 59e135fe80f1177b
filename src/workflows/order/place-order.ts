import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import type { FulfilmentMethod } from "../../lib/fulfilment/methods"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { operationInProgress } from "../../modules/wholesale-order/domain/order-operation"
import type { OrderHold } from "../../modules/wholesale-order/persistence/holds"
import type { OrderSource } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { Address } from "../../schemas/common"
import { pastDueOf } from "../credit/past-due"
import { sendCreditNotices } from "../credit/send-credit-notices"
import { orderHold } from "../credit/show-holds"
import { orderReference } from "./order-keys"
import { timeOf } from "./order-verb"
import { prepareDraft } from "./prepare-draft"
import type { AskedLine } from "./price-order-lines"
import type { AskedCharge } from "./order-charges"
import { placementOf, placementReservationKey } from "./reservation-key"
import { undoOperation } from "./undo-operation"

export interface PlaceOrderInput {
  /** The order's id, derived from what asks for it: the same id places one order. */
  readonly order_id: string
  /** The distributor's store. */
  readonly store_id: string
  readonly account_id: string
  readonly source: OrderSource
  /** Of a partner's order. */
  readonly connection_id?: string
  readonly purchase_order?: { readonly id: string; readonly number: string }
  readonly fulfilment_method: FulfilmentMethod
  readonly lines: readonly AskedLine[]
  /** Agreed by hand, in the place of what the store's rules charge; none of it for an empty list. */
  readonly charges?: readonly AskedCharge[]
  /** One of the account's locations; else `ship_to`, else the account's default. */
  readonly location_id?: string
  readonly ship_to?: Address | null
  readonly note?: string | null
  readonly pickup?: { readonly place?: string | null; readonly at?: string | null } | null
  readonly actor: Actor
  /** When it was placed, ISO 8601; now, unless history is replayed. */
  readonly at?: string
}

interface DraftedOrder {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly total: string
  /** Of the store, as `nextOrderNumber` reads it. */
  readonly number_pattern: string
  readonly is_prepaid: boolean
  readonly operation_id: string
}

/** The draft and the intent to place it are one transaction: a draft without an intent cannot be left. */
const draftOrderStep = createStep(
  "wholesale-draft-order",
  async (input: PlaceOrderInput, { container }) => {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const { order_id, store_id } = input
    const [[standing], store] = await Promise.all([
      orders.listWholesaleOrders({ id: order_id, store_id }, { select: ["id"] }),
      container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    ])
    const order = standing
      ? { ...(await orders.retrieveOrder({ id: order_id, store_id })), operation: null }
      : await orders.createDraft({
          ...(await prepareDraft(container, store, input)),
          operation: { verb: "place", payload: { actor: input.actor, at: input.at } },
        })
    // Another one may have drafted it at this moment: then its placement is the one to go on with,
    // unless it is just being given back.
    const placement = order.operation ?? (await placementOf(container, order))
    if (placement.status === "undoing" || placement.status === "refused") {
      throw operationInProgress(order_id, placement)
    }
    const operation_id = placement.id
    const drafted: DraftedOrder = {
      id: order.id,
      store_id,
      account_id: order.account_id,
      total: order.total,
      number_pattern: store.order_number_pattern,
      is_prepaid: order.terms.type === "prepaid",
      operation_id,
    }
    return new StepResponse(drafted, { id: operation_id, store_id })
  },
  async (operation, { container }) => {
    if (operation) {
      await undoOperation(container, operation)
    }
  }
)

/** Answers why the order waits, where it does not have its credit. */
const reserveCreditStep = createStep(
  "wholesale-reserve-order-credit",
  async ({ order, actor }: { order: DraftedOrder; actor: Actor }, { container }) => {
    const { store_id, account_id } = order
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const asked = await credit.reserve({
      store_id,
      account_id,
      amount: order.total,
      prepaid: order.is_prepaid,
      past_due: await pastDueOf(container, { store_id, account_id }),
      key: placementReservationKey(order.operation_id),
      reference: orderReference(order.id),
      actor,
    })
    return new StepResponse(asked.outcome === "held" ? orderHold(asked.holds) : null)
  }
)

const numberOrderStep = createStep(
  "wholesale-number-order",
  async (
    { order, hold, actor, at }: { order: DraftedOrder; hold: OrderHold | null; actor: Actor; at?: string },
    { container }
  ) => {
    const placed = await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).placeOrder({
      id: order.id,
      store_id: order.store_id,
      number_pattern: order.number_pattern,
      operation_id: order.operation_id,
      hold: hold ?? undefined,
      actor,
      at: timeOf(at),
    })
    return new StepResponse(placed)
  }
)

/** Who cannot be told now is told by the reconcile job. */
const sendCreditNoticesStep = createStep(
  "wholesale-send-credit-notices",
  async ({ id }: { id: string }, { container }) => {
    await sendCreditNotices(container, { order_ids: [id] })
    return new StepResponse()
  }
)

/**
 * Takes an order on: priced and taxed, its credit reserved, numbered. All of it or nothing; a refused
 * order consumes no number and leaves no draft. One that credit holds is taken on without credit, and waits. Running it again with the same `order_id` answers the
 * order that stands.
 *
 * @throws WholesaleError as `prepareDraft`, and 409 `credit_limit_exceeded`; 409 `operation_in_progress`
 * while an earlier placement of it is being given back
 */
export const placeOrderWorkflow = createWorkflow(
  "wholesale-place-order",
  (input: WorkflowData<PlaceOrderInput>) => {
    const order = draftOrderStep(input)
    const verb = transform({ order, input }, (data) => ({
      order: data.order,
      actor: data.input.actor,
      at: data.input.at,
    }))
    const hold = reserveCreditStep(verb)
    const placed = numberOrderStep(transform({ verb, hold }, (data) => ({ ...data.verb, hold: data.hold })))
    when(hold, (reasons) => reasons !== null).then(() => {
      sendCreditNoticesStep(order)
    })
    return new WorkflowResponse(placed)
  }
)
