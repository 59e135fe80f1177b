import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { OrderInvoicing } from "./order-invoicing"
import * as cancelRequests from "./persistence/cancel-requests"
import * as drafts from "./persistence/drafts"
import * as edits from "./persistence/edits"
import * as holds from "./persistence/holds"
import * as operations from "./persistence/operations"
import * as reads from "./persistence/reads"
import * as receipts from "./persistence/receipts"
import * as responses from "./persistence/responses"
import type { Order, OrderOperation } from "./persistence/rows"
import * as shipments from "./persistence/shipments"
import * as splits from "./persistence/splits"
import * as transitions from "./persistence/transitions"

/**
 * The distributor's sales orders.
 *
 * Every verb is one transaction, its own or the one in `sharedContext`. It locks the order's row first,
 * then its operation, then the number series. A foreign store's id is 404 `not_found`, an event that
 * state or fulfilment method forbid is 409 `not_allowed` with `allowed_events`, an order that another
 * operation holds is 409 `operation_in_progress`. A last step given its `operation_id` closes the
 * operation with the change, and done again answers the order as it is.
 */
class WholesaleOrderModuleService extends OrderInvoicing {
  /**
   * Writes an order and its lines, totals included, in three statements whatever the number of lines.
   * A draft has no number and is not announced. The same id, or the same purchase order of a
   * connection, answers the order that is there.
   *
   * @throws WholesaleError 400 `order_without_lines`, `invalid_order_line`
   */
  @InjectTransactionManager()
  async createDraft(
    input: drafts.CreateDraftInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<drafts.DraftedOrder> {
    return drafts.createDraft(transactionOf(sharedContext), input)
  }

  /** Removes a draft whose placement was refused; gone stays gone, an order is 409 `not_a_draft`. */
  @InjectTransactionManager()
  async discardDraft(
    input: reads.OrderKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await drafts.discardDraft(transactionOf(sharedContext), input)
  }

  /**
   * Commits the intent of a verb, which holds the order until the operation is closed. The same id
   * again answers the operation that is there, whatever has become of it.
   */
  @InjectTransactionManager()
  async beginOperation(
    input: operations.BeginOperationInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<OrderOperation> {
    return operations.beginOperation(transactionOf(sharedContext), input)
  }

  /**
   * Turns a running operation round: from now on only giving back is left to do, also after a crash.
   *
   * @throws WholesaleError 409 `operation_closed`
   */
  @InjectTransactionManager()
  async undoOperation(
    input: reads.OrderKey & { readonly refusal: operations.Refusal },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await operations.undoOperation(transactionOf(sharedContext), input)
  }

  /** Closes an open operation as refused, once all it did is given back; 409 `operation_closed` when done. */
  @InjectTransactionManager()
  async refuseOperation(
    input: reads.OrderKey & { readonly refusal?: operations.Refusal },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await operations.refuseOperation(transactionOf(sharedContext), input)
  }

  /**
   * Takes up open operations whose lease ran out and renews the lease: of two sweepers each gets other
   * ones. Given `before`, also those that a process began or took up before that time and may still hold.
   */
  @InjectTransactionManager()
  async takeOverOperations(
    input: { readonly limit?: number; readonly before?: Date } = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<OrderOperation[]> {
    return operations.takeOverOperations(transactionOf(sharedContext), input)
  }

  /** Draft → pending, with its number: numbers of a store's series have no gaps. With `hold`, held at once. */
  @InjectTransactionManager()
  async placeOrder(
    input: transitions.PlaceOrderInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return transitions.placeOrder(transactionOf(sharedContext), input)
  }

  /**
   * Status, what the event sets, history, revision, the answer to a wish to cancel and the end of the
   * operation in one transaction.
   *
   * @throws WholesaleError 400 `reason_required` (reject, cancel); 409 `goods_returned_required`;
   * 409 `pickup_appointment_required`
   */
  @InjectTransactionManager()
  async transition(
    input: transitions.TransitionInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return transitions.transition(transactionOf(sharedContext), input)
  }

  /**
   * Goods leave: a shipment with its lines. The status moves on with the last unit; before that the
   * order stays packed and the next shipment may follow. The same `shipment_id` again answers the
   * shipment that is there.
   *
   * @throws WholesaleError 400 `invalid_shipment_line`; 409 `more_than_left`, `nothing_left_to_ship`
   */
  @InjectTransactionManager()
  async recordShipment(
    input: shipments.RecordShipmentInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<shipments.RecordedShipment> {
    return shipments.recordShipment(transactionOf(sharedContext), input)
  }

  /**
   * Splits a pending order: the parent keeps what goes on now, the child what waits. The child has a
   * number after the parent's, its status, terms, prices, purchase order, hold and wish to cancel; sums
   * over both never change. The same `child_id` again answers both as they are.
   *
   * @throws WholesaleError 400 `reason_required`, `invalid_split_line`, `nothing_kept`; 409
   * `nothing_to_split`
   */
  @InjectTransactionManager()
  async splitOrder(
    input: splits.SplitOrderInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<splits.SplitOrder> {
    return splits.splitOrder(transactionOf(sharedContext), input)
  }

  /**
   * Gives a pending order other lines: those kept in their quantities, at the prices and taxes they have,
   * those added, and no others. Totals are those of a new order with these lines. Its operation done, the
   * order is answered as it is.
   *
   * @throws WholesaleError 409 `order_follows_purchase_order`, `nothing_to_edit`; 400 `unknown_order_line`,
   * `order_without_lines`, `invalid_order_line`
   */
  @InjectTransactionManager()
  async editOrder(
    input: edits.EditOrderInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return edits.editOrder(transactionOf(sharedContext), input)
  }

  /**
   * Marks a pending order as held by credit, and writes why into its history. Marked with the same
   * kinds and figures it is answered as it is; an operation that is at work on it is no obstacle.
   */
  @InjectTransactionManager()
  async markHeld(
    input: holds.MarkHeldInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return holds.markHeld(transactionOf(sharedContext), input)
  }

  /** Takes the mark off again; an order without one, such as any that is pending no more, stays as it is. */
  @InjectTransactionManager()
  async markReleased(
    input: holds.MarkReleasedInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return holds.markReleased(transactionOf(sharedContext), input)
  }

  /**
   * Notes that the buyer wants to cancel: on every open order of the purchase order, whichever of them
   * is named. Asking again changes nothing.
   */
  @InjectTransactionManager()
  async requestCancel(
    input: cancelRequests.CancelRequestInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return cancelRequests.requestCancel(transactionOf(sharedContext), input)
  }

  /**
   * Refuses the wish to cancel, and answers the purchase order with it: all its orders go on.
   *
   * @throws WholesaleError 409 `no_cancel_request`
   */
  @InjectTransactionManager()
  async refuseCancelRequest(
    input: cancelRequests.CancelRequestInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order> {
    return cancelRequests.refuseCancelRequest(transactionOf(sharedContext), input)
  }

  /**
   * Adds what a buyer found short or damaged to the lines, once a receipt: to those of the orders that
   * shipped it, oldest first. Answers the orders that the receipt concerns, none where it is known.
   *
   * @throws WholesaleError 400 `unknown_order_line`
   */
  @InjectTransactionManager()
  async applyReceipt(
    input: receipts.ApplyReceiptInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order[]> {
    return receipts.applyReceipt(transactionOf(sharedContext), input)
  }

  /** Writes the answer to a purchase order; its revision rises only when the answer changes. */
  @InjectManager()
  async answerPurchaseOrder(
    input: responses.AnswerInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<responses.OrderResponse> {
    return responses.answerPurchaseOrder(managerOf(sharedContext), input)
  }
}

export default WholesaleOrderModuleService
