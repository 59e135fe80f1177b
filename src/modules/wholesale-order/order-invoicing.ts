import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { OrderNotices } from "./order-notices"
import * as invoiceBatches from "./persistence/invoice-batches"
import * as invoiceParts from "./persistence/invoice-parts"
import type { OrderKey } from "./persistence/reads"

/** Which parts of orders are to be invoiced, and on which invoice. */
export class OrderInvoicing extends OrderNotices {
  /** Notes that a part is invoiced; one that is not due changes nothing. */
  @InjectManager()
  async settleInvoicePart(
    input: OrderKey & { readonly part: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await invoiceParts.settleInvoicePart(managerOf(sharedContext), input)
  }

  /**
   * Lets a part wait again whose invoice is void, once for each such invoice: who comes late finds it on
   * the next one, and changes nothing. Nothing waits on an order that is cancelled.
   */
  @InjectTransactionManager()
  async returnInvoicePart(
    input: invoiceParts.ReturnedPart,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await invoiceParts.returnInvoicePart(transactionOf(sharedContext), input)
  }

  /**
   * Takes what waits off its orders and writes down which of it goes on which invoice. The same run again
   * answers the batches that it made, and takes nothing more. Orders that are being cancelled stay out.
   *
   * @throws WholesaleError 409 `nothing_to_invoice`, `order_of_another_account`, `orders_do_not_fit`,
   * `operation_in_progress` where orders are named; 404
   */
  @InjectTransactionManager()
  async claimInvoiceParts(
    input: invoiceBatches.ClaimInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<invoiceBatches.InvoiceBatch[]> {
    return invoiceBatches.claimInvoiceParts(transactionOf(sharedContext), input)
  }

  /** The invoice of a batch stands, and its orders are in the ledger as it says. */
  @InjectManager()
  async closeInvoiceBatch(
    input: OrderKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await invoiceBatches.closeInvoiceBatch(managerOf(sharedContext), input)
  }
}
