import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import type { DocumentMove } from "../../lib/sql/move-documents"
import type { KeyPage } from "../../lib/sql/key-page"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import WholesalePurchaseOrder from "./models/wholesale-purchase-order"
import WholesalePurchaseOrderEvent from "./models/wholesale-purchase-order-event"
import WholesalePurchaseOrderLine from "./models/wholesale-purchase-order-line"
import WholesalePurchaseSeries from "./models/wholesale-purchase-series"
import WholesaleReceipt from "./models/wholesale-receipt"
import WholesaleReceiptLine from "./models/wholesale-receipt-line"
import WholesaleSupplierOrder from "./models/wholesale-supplier-order"
import * as announcing from "./persistence/announcing"
import * as cancellation from "./persistence/cancellation"
import * as drafts from "./persistence/drafts"
import * as partnerDocuments from "./persistence/partner-documents"
import * as placing from "./persistence/placing"
import * as reads from "./persistence/reads"
import * as receipts from "./persistence/receipts"
import * as stocking from "./persistence/stocking"

/**
 * The retailer's purchase orders and receipts.
 *
 * Every verb locks the purchase order's row first, so that verbs on one order take turns; a caller
 * that runs several in one transaction takes the orders by id. A foreign id is 404 `not_found`, a
 * verb that the status does not allow 409 `not_allowed` with the status and the allowed events.
 */
class WholesalePurchaseModuleService extends MedusaService({
  WholesalePurchaseOrder,
  WholesalePurchaseOrderLine,
  WholesalePurchaseOrderEvent,
  WholesaleReceipt,
  WholesaleReceiptLine,
  WholesalePurchaseSeries,
  WholesaleSupplierOrder,
}) {
  /** A purchase order of the store with its lines and what may be done with it now. */
  @InjectManager()
  async purchaseOrder(
    storeId: string,
    id: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<reads.PurchaseOrderDetail> {
    return reads.purchaseOrder(managerOf(sharedContext), storeId, id)
  }

  /** A receipt of the store with its lines. */
  @InjectManager()
  async receipt(
    storeId: string,
    id: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<reads.ReceiptDetail> {
    return reads.receipt(managerOf(sharedContext), storeId, id)
  }

  /**
   * Writes a draft with its lines, priced and summed. With an `id` that exists already nothing is
   * written and `created` is false.
   *
   * @throws WholesaleError 400 `purchase_order_empty`, `invalid_purchase_order_line`
   */
  @InjectTransactionManager()
  async createDraft(
    input: drafts.DraftInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ id: string; created: boolean }> {
    return drafts.createDraft(transactionOf(sharedContext), input)
  }

  /**
   * Changes the terms of a draft and, when `lines` are given, replaces all its lines.
   *
   * @throws WholesaleError 400 as `createDraft`
   */
  @InjectTransactionManager()
  async updateDraft(
    input: drafts.DraftChange,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await drafts.updateDraft(transactionOf(sharedContext), input)
  }

  /** Removes a draft for good, its lines and history with it. It had no number. */
  @InjectTransactionManager()
  async deleteDraft(
    input: { store_id: string; id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await drafts.deleteDraft(transactionOf(sharedContext), input)
  }

  /**
   * Places a draft and gives it its number, gapless per store and year: number and status are of one
   * transaction, so a refusal uses up none. An order that has been placed before is answered as it
   * is, with `placed_now` false. Locks the order, then the series: one order a transaction.
   *
   * @throws WholesaleError 400 `invalid_number_pattern`
   */
  @InjectTransactionManager()
  async place(
    input: placing.PlaceInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<placing.PlacedPurchaseOrder> {
    return placing.place(transactionOf(sharedContext), input)
  }

  /** Asks the distributor to cancel; the order waits for its answer. */
  @InjectTransactionManager()
  async requestCancel(
    input: { store_id: string; id: string; reason: string; actor: Actor },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<cancellation.PurchaseOrderState> {
    return cancellation.requestCancel(transactionOf(sharedContext), input)
  }

  /**
   * Closes an order of which everything is accounted for.
   *
   * @throws WholesaleError 409 `receipt_pending` while the stock of a receipt is being raised
   */
  @InjectTransactionManager()
  async close(
    input: { store_id: string; id: string; actor: Actor },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<cancellation.PurchaseOrderState> {
    return cancellation.close(transactionOf(sharedContext), input)
  }

  /**
   * Takes in the distributor's answer to the order, or to the request to cancel it; an older revision is
   * ignored. An answer that comes after the order has moved on is kept, and moves nothing back. The
   * distributor's tax becomes the order's where both agree on the net total.
   *
   * @throws WholesaleError 409 `order_mismatch` where the purchase order has another order
   */
  @InjectTransactionManager()
  async applyOrderResponse(
    input: partnerDocuments.OrderResponseInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<partnerDocuments.AppliedDocument> {
    return partnerDocuments.applyOrderResponse(transactionOf(sharedContext), input)
  }

  /**
   * Takes in the state of one of the distributor's orders, whether its `order_response` and the others
   * have come or not; an older revision is ignored. One being worked on accepts the purchase order; it
   * is refused or cancelled once all orders are and none that another names is missing.
   *
   * @throws WholesaleError 409 `order_mismatch` where the purchase order has another order
   */
  @InjectTransactionManager()
  async applyOrder(
    input: partnerDocuments.OrderInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<partnerDocuments.AppliedDocument> {
    return partnerDocuments.applyOrder(transactionOf(sharedContext), input)
  }

  /**
   * Records what came, as `pending`: what is open on the order falls at once, its stock is raised by
   * the caller (mapped lines of `receipt()`, key = receipt id), then `markReceiptStocked` is called.
   * With an `id` that exists already nothing is written and `created` is false.
   *
   * @throws WholesaleError 400 `invalid_receipt_line`, `receipt_empty`, `receipt_without_location`;
   * 409 `receipt_exceeds_open` with line, open and counted
   */
  @InjectTransactionManager()
  async createReceipt(
    input: receipts.ReceiptInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ id: string; created: boolean }> {
    return receipts.createReceipt(transactionOf(sharedContext), input)
  }

  /**
   * Takes back a pending receipt whose stock was not raised; what it accounted for is open again.
   * False where there is none (any more). Never call it once the stock of the receipt has moved.
   *
   * @throws WholesaleError 409 `not_allowed` for a receipt that is done
   */
  @InjectTransactionManager()
  async discardReceipt(
    input: { store_id: string; id: string; actor: Actor },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    return receipts.discardReceipt(transactionOf(sharedContext), input)
  }

  /**
   * Notes that the stock of a receipt's mapped lines is raised; the receipt may travel now. Lines
   * without a variant stay unstocked. `known` where that was noted before.
   */
  @InjectTransactionManager()
  async markReceiptStocked(
    input: { store_id: string; id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<"done" | "known"> {
    return stocking.markReceiptStocked(transactionOf(sharedContext), input)
  }

  /**
   * Tells purchase orders which variants a supplier's SKUs are: open lines take the variant for the
   * goods to come, received lines without one take it for good. Answers the lines of these SKUs
   * whose stock is to be raised now (key = line id), before `markReceiptLinesStocked`; asked again
   * before that, it answers them again.
   */
  @InjectTransactionManager()
  async mapLines(
    input: stocking.MapLinesInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<stocking.UnstockedLine[]> {
    return stocking.mapLines(transactionOf(sharedContext), input)
  }

  /** Notes that the stock of mapped lines is raised; answers the ids that this call marked. */
  @InjectTransactionManager()
  async markReceiptLinesStocked(
    input: { store_id: string; ids: readonly string[] },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<string[]> {
    return stocking.markReceiptLinesStocked(transactionOf(sharedContext), input)
  }

  /** The store's received goods that are not in stock: waiting for a mapping, or for their stock. */
  @InjectManager()
  async unstockedReceiptLines(
    input: { store_id: string; connection_id?: string; mapped?: boolean },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<stocking.UnstockedLine[]> {
    return stocking.unstockedReceiptLines(managerOf(sharedContext), input)
  }

  /** For recovery, of all stores: mapped lines whose stock has been waiting since a time. */
  @InjectTransactionManager()
  async receiptLinesToStock(
    input: { older_than: Date; limit: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<stocking.UnstockedLine[]> {
    return stocking.receiptLinesToStock(transactionOf(sharedContext), input)
  }

  /** For recovery, of all stores: receipts that have been pending since a time. */
  @InjectTransactionManager()
  async pendingReceipts(
    input: { older_than: Date; limit: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<stocking.PendingReceipt[]> {
    return stocking.pendingReceipts(transactionOf(sharedContext), input)
  }

  /** Notes that a revision of a purchase order has been handed to the transport. */
  @InjectManager()
  async markPurchaseOrderAnnounced(
    input: { id: string; revision: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await announcing.markAnnounced(managerOf(sharedContext), "wholesale_purchase_order", input)
  }

  /** Notes that a receipt has been handed to the transport. */
  @InjectManager()
  async markReceiptAnnounced(
    input: { id: string; revision: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await announcing.markAnnounced(managerOf(sharedContext), "wholesale_receipt", input)
  }

  /** See {@link announcing.moveToConnection}. */
  @InjectTransactionManager()
  async moveDocuments(move: DocumentMove, @MedusaContext() sharedContext: Context<EntityManager> = {}): Promise<void> {
    await announcing.moveToConnection(transactionOf(sharedContext), move)
  }

  /** Purchase orders whose newest revision has not been announced, of all stores. */
  @InjectManager()
  async purchaseOrdersToAnnounce(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<announcing.BehindDocument[]> {
    return announcing.purchaseOrdersToAnnounce(managerOf(sharedContext), page)
  }

  /** Receipts that are done and have not been announced, of all stores. */
  @InjectManager()
  async receiptsToAnnounce(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<announcing.BehindDocument[]> {
    return announcing.receiptsToAnnounce(managerOf(sharedContext), page)
  }
}

export default WholesalePurchaseModuleService
