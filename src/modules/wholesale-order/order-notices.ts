import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import type { DocumentMove } from "../../lib/sql/move-documents"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { OrderReads } from "./order-reads"
import * as announcements from "./persistence/announcements"
import * as pickupNotices from "./persistence/pickup-notices"
import type * as reads from "./persistence/reads"

/** Who has been told what of an order: partners of its revisions, buyers that goods wait. */
export class OrderNotices extends OrderReads {
  /** Notes that a revision has been handed to the transport; an older one than noted changes nothing. */
  @InjectManager()
  async markAnnounced(
    input: { readonly type: "order" | "order_response"; readonly id: string; readonly revision: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await announcements.markAnnounced(managerOf(sharedContext), input)
  }

  /** Orders of one connection, and the answers to their purchase orders, go on over another. */
  @InjectTransactionManager()
  async moveDocuments(
    move: DocumentMove,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await announcements.moveToConnection(transactionOf(sharedContext), move)
  }

  /**
   * Takes the first attempt at telling the buyer that the goods wait. Undefined where it was taken
   * before, whatever became of it, or where nothing is due: then it is the sweeper's, or nobody's.
   */
  @InjectManager()
  async takeFirstPickupNotice(
    input: reads.OrderKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<pickupNotices.DuePickupNotice | undefined> {
    return pickupNotices.takeFirstPickupNotice(managerOf(sharedContext), input)
  }

  /**
   * Hands out the notices that goods wait to be picked up and that nobody has sent so far, and puts off
   * the next attempt: a minute after the first, doubled, a day at most. Of two sweepers each gets other
   * ones. Nothing is due any more once the goods are picked up or the order is cancelled.
   *
   * @param input.before also those that became due before that time and may still be on their way
   */
  @InjectManager()
  async takeOverPickupNotices(
    input: { readonly limit?: number; readonly before?: Date } = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<pickupNotices.DuePickupNotice[]> {
    return pickupNotices.takeOverPickupNotices(managerOf(sharedContext), input)
  }

  /** Notes that the buyer has been told, or cannot be; no notice due changes nothing. */
  @InjectManager()
  async settlePickupNotice(
    input: reads.OrderKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await pickupNotices.settlePickupNotice(managerOf(sharedContext), input)
  }
}
