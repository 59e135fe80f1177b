import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import { orderOnCreditHold } from "../../modules/wholesale-credit/holds/order-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { announceStep } from "../exchange/steps/announce"
import { reserveStock } from "../stock/reserve-stock"
import { effectKey, orderReference, orderStockReference } from "./order-keys"
import { invoicesDue, orderToAnnounce, timeOf, type OrderVerbInput } from "./order-verb"
import { reservationKey } from "./reservation-key"
import { beginOperationStep } from "./steps/begin-operation"
import { invoiceRules } from "../invoice/invoice-rules"
import { issueDueInvoicesStep } from "../invoice/steps/issue-due-invoices"

interface ApprovalStepInput extends Omit<OrderVerbInput, "operation_id"> {
  readonly operation_id: string
}

/** An order that waits for credit takes no stock, not even for a moment. */
const checkCreditHoldStep = createStep(
  "wholesale-check-order-credit-hold",
  async ({ id, store_id }: ApprovalStepInput, { container }) => {
    const [waiting] = await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .waitingOrders({ store_id, order_ids: [id] })
    if (waiting) {
      throw orderOnCreditHold(waiting)
    }
    return new StepResponse()
  }
)

const reserveOrderStockStep = createStep(
  "wholesale-reserve-order-stock",
  async ({ id, store_id, operation_id }: ApprovalStepInput, { container }) => {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const [order, store] = await Promise.all([
      orders.retrieveOrder({ id, store_id }),
      container
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .retrieveWholesaleStore(store_id, { select: ["id", "stock_location_ids"] }),
    ])
    await reserveStock(container, {
      ...orderStockReference(store_id, id),
      key: effectKey(operation_id, "reserve"),
      external_id: order.number ?? id,
      location_ids: store.stock_location_ids,
      lines: order.lines.map(({ id: line_id, variant_id, sku, quantity }) => ({
        line_id,
        variant_id,
        sku,
        quantity,
      })),
    })
    return new StepResponse({ account_id: order.account_id })
  }
)

const postOrderCreditStep = createStep(
  "wholesale-post-order-credit",
  async (
    { id, store_id, operation_id, account_id, actor, at }: ApprovalStepInput & { account_id: string },
    { container }
  ) => {
    const { effective_at } = await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).post({
      store_id,
      account_id,
      key: effectKey(operation_id, "post"),
      reservation_key: await reservationKey(container, { id, store_id }),
      reference: orderReference(id),
      effective_at: timeOf(at),
      actor,
    })
    return new StepResponse({ posted_at: effective_at })
  }
)

/** Approved from the moment on from which the ledger counts it, whoever brings the approval to its end and when. */
const approveOrderStep = createStep(
  "wholesale-approve-order",
  async (
    { at: _, account_id, posted_at, ...verb }: ApprovalStepInput & { account_id: string; posted_at: Date },
    { container }
  ) => {
    const rules = await invoiceRules(container, { store_id: verb.store_id, account_id })
    const order = await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).transition({
      ...verb,
      event: "approve",
      at: new Date(posted_at),
      ...rules,
    })
    return new StepResponse(order)
  }
)

/**
 * Accepts an order for good: its stock is taken and its credit becomes balance, all or nothing.
 *
 * @throws WholesaleError 409 `order_on_credit_hold` with `holds`; 409 `insufficient_stock` with `items`;
 * 409 `not_allowed`, `operation_in_progress`; 404
 */
export const approveOrderWorkflow = createWorkflow(
  "wholesale-approve-order",
  (input: WorkflowData<OrderVerbInput>) => {
    const operation = beginOperationStep(
      transform(input, ({ id, store_id, actor, operation_id, at }) => ({
        id: operation_id,
        store_id,
        order_id: id,
        verb: "approve",
        payload: { actor, at },
      }))
    )
    const verb = transform({ input, operation }, (data) => ({
      ...data.input,
      operation_id: data.operation.id,
    }))
    checkCreditHoldStep(verb)
    const stock = reserveOrderStockStep(verb)
    const approval = transform({ verb, stock }, (data) => ({ ...data.verb, ...data.stock }))
    const posted = postOrderCreditStep(approval)
    const order = approveOrderStep(transform({ approval, posted }, (data) => ({ ...data.approval, ...data.posted })))
    announceStep(transform(order, orderToAnnounce))
    issueDueInvoicesStep(transform({ order, input }, (data) => invoicesDue(data.order, data.input.at)))
    return new WorkflowResponse(order)
  }
)
