import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import type { KeyPage } from "../../lib/sql/key-page"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import type { OrderStatus } from "./domain/order-machine"
import WholesaleInvoiceBatch from "./models/wholesale-invoice-batch"
import WholesaleOrder from "./models/wholesale-order"
import WholesaleOrderEvent from "./models/wholesale-order-event"
import WholesaleOrderCharge from "./models/wholesale-order-charge"
import WholesaleOrderLine from "./models/wholesale-order-line"
import WholesaleOrderOperation from "./models/wholesale-order-operation"
import WholesaleOrderResponse from "./models/wholesale-order-response"
import WholesaleOrderSeries from "./models/wholesale-order-series"
import WholesaleOrderShipment from "./models/wholesale-order-shipment"
import * as announcements from "./persistence/announcements"
import * as invoiceBatches from "./persistence/invoice-batches"
import * as invoiceParts from "./persistence/invoice-parts"
import * as listing from "./persistence/listing"
import { readOrdersOfPurchaseOrder, type PurchaseOrderKey } from "./persistence/purchase-order-orders"
import * as reads from "./persistence/reads"
import * as responses from "./persistence/responses"
import { readLatestAttempt } from "./persistence/operations"
import * as uninvoiced from "./persistence/uninvoiced-orders"
import type { Order, OrderDocument, OrderOperation } from "./persistence/rows"

/** What can be read of orders; the verbs that change them stand in the service. */
export class OrderReads extends MedusaService({
  WholesaleOrder,
  WholesaleOrderCharge,
  WholesaleOrderLine,
  WholesaleOrderShipment,
  WholesaleOrderEvent,
  WholesaleOrderOperation,
  WholesaleOrderSeries,
  WholesaleOrderResponse,
  WholesaleInvoiceBatch,
}) {
  /**
   * An order with lines, shipments, history and the events allowed now. `account_id` narrows it to one
   * account's orders.
   */
  @InjectManager()
  async retrieveOrder(
    input: reads.OrderKey & { readonly account_id?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<OrderDocument> {
    return reads.readOrderDocument(managerOf(sharedContext), input)
  }

  /**
   * A page of a store's orders, newest first unless `order` says otherwise, and how many match: exact
   * up to 10,000, beyond that the planner's estimate.
   *
   * @throws WholesaleError 400 `invalid_order` for a column that cannot be sorted by
   */
  @InjectManager()
  async listOrders(
    storeId: string,
    page: listing.OrderListing = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<listing.OrderPage> {
    return listing.listOrders(managerOf(sharedContext), storeId, page)
  }

  /** How many of a store's orders stand in each of the statuses, and how many wait for a cancel answer. */
  @InjectManager()
  async orderCounts(
    storeId: string,
    statuses: readonly OrderStatus[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ by_status: Partial<Record<OrderStatus, number>>; cancel_requests: number }> {
    const em = managerOf(sharedContext)
    return {
      by_status: await listing.countByStatus(em, storeId, statuses),
      cancel_requests: await listing.countCancelRequests(em, storeId),
    }
  }

  /** What a partner's purchase order became: the order, and what was split off it, oldest first. */
  @InjectManager()
  async ordersOfPurchaseOrder(
    input: PurchaseOrderKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Order[]> {
    return readOrdersOfPurchaseOrder(managerOf(sharedContext), input)
  }

  /** The answer given to a purchase order, if any. */
  @InjectManager()
  async orderResponse(
    input: responses.ResponseKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<responses.OrderResponse | undefined> {
    return responses.readResponse(managerOf(sharedContext), input)
  }

  /** Documents of one type whose partner may not have their newest revision, of all stores. */
  @InjectManager()
  async documentsToAnnounce(
    input: KeyPage & { readonly type: "order" | "order_response" },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<announcements.Unannounced[]> {
    return await announcements.documentsToAnnounce(managerOf(sharedContext), input)
  }

  /**
   * The operation of this id, or the latest that followed from its refusals; undefined where none was begun.
   */
  @InjectManager()
  async latestAttempt(
    input: reads.OrderKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<OrderOperation | undefined> {
    return await readLatestAttempt(managerOf(sharedContext), input)
  }

  /** Orders with parts whose invoice is still to be issued. */
  @InjectManager()
  async ordersToInvoice(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<invoiceParts.OrderWithPartsDue[]> {
    return invoiceParts.ordersToInvoice(managerOf(sharedContext), page)
  }

  /** What waits to be put on invoices, summed up by what an invoice has one of; those that wait longest first. */
  @InjectManager()
  async waitingByAccount(
    input: Pick<invoiceBatches.WaitingFilters, "store_id" | "before">,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<invoiceBatches.WaitingSummary[]> {
    return invoiceBatches.waitingByAccount(managerOf(sharedContext), input)
  }

  /** What waits to be put on invoices, part by part. */
  @InjectManager()
  async waitingParts(
    input: invoiceBatches.WaitingFilters,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<invoiceBatches.WaitingOrderPart[]> {
    return invoiceBatches.waitingParts(managerOf(sharedContext), input)
  }

  /**
   * Orders that stand in the ledger by themselves as far as they are not invoiced, and those with a verb under
   * way, a page in the order of their ids.
   */
  @InjectTransactionManager()
  async uninvoicedOrders(
    input: uninvoiced.UninvoicedOrdersInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<uninvoiced.UninvoicedOrder[]> {
    return uninvoiced.uninvoicedOrders(transactionOf(sharedContext), input)
  }

  /** Accounts whose parts waited until the end of a period, `until`, and that were not invoiced for it so far. */
  @InjectManager()
  async accountsToInvoice(
    input: invoiceBatches.PeriodEnd & KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<invoiceBatches.AccountToInvoice[]> {
    return invoiceBatches.accountsToInvoice(managerOf(sharedContext), input)
  }

  /** Batches whose invoice may still be missing, of one order where it is given. */
  @InjectManager()
  async openInvoiceBatches(
    input: KeyPage & { readonly order_id?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<invoiceBatches.InvoiceBatch[]> {
    return invoiceBatches.openInvoiceBatches(managerOf(sharedContext), input)
  }
}
