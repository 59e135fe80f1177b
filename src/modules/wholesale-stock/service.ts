import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { StockItem, StockMovement, StockReference } from "./domain/stock-movement"
import WholesaleStockMovement from "./models/stock-movement"

/**
 * The journal of stock movements. Its verbs run in the transaction of the inventory change they
 * record, which the caller hands over in `sharedContext.transactionManager`.
 */
class WholesaleStockModuleService extends MedusaService({ WholesaleStockMovement }) {
  /**
   * Claims a movement's key. The first caller gets `undefined` and goes on; a caller whose key is
   * taken gets the items that were moved and has nothing left to do. A caller that meets another one
   * at work on the same key waits for its end. A key that stands for another kind or document is a
   * 409 `stock_movement_key_reused`.
   *
   * Locks the earlier movements of the same document, so that movements of one document take turns.
   */
  @InjectTransactionManager()
  async beginMovement(
    movement: Omit<StockMovement, "items">,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<StockItem[] | undefined> {
    const manager = managerOf(sharedContext)
    const { key, kind, store_id, reference_type, reference_id } = movement
    const claimed = await manager.execute<{ id: string }[]>(
      `insert into "wholesale_stock_movement" (id, store_id, key, kind, reference_type, reference_id, items)
       values (?, ?, ?, ?, ?, ?, '[]') on conflict do nothing returning id`,
      [generateEntityId(undefined, "whstk"), store_id, key, kind, reference_type, reference_id]
    )
    if (claimed.length === 0) {
      const [made] = await manager.execute<Pick<StockMovement, "kind" | "reference_id" | "items">[]>(
        `select kind, reference_id, items from "wholesale_stock_movement"
         where key = ? and deleted_at is null`,
        [key]
      )
      if (made.kind !== kind || made.reference_id !== reference_id) {
        throw new WholesaleError(
          409,
          "stock_movement_key_reused",
          `Key ${key} stands for another stock movement: ${made.kind} of ${made.reference_id}.`,
          { key, kind, reference_id }
        )
      }
      return [...made.items]
    }
    await manager.execute(
      `select id from "wholesale_stock_movement"
       where store_id = ? and reference_type = ? and reference_id = ? and deleted_at is null
       order by id for update`,
      [store_id, reference_type, reference_id]
    )
    return undefined
  }

  /** Writes what the movement with this key moved. */
  @InjectTransactionManager()
  async completeMovement(
    key: string,
    items: readonly StockItem[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await managerOf(sharedContext).execute(
      `update "wholesale_stock_movement" set items = ?::jsonb, updated_at = now() where key = ? and deleted_at is null`,
      [JSON.stringify(items), key]
    )
  }

  /** Every movement of a document, oldest first. */
  @InjectManager()
  async movementsOf(
    { store_id, reference_type, reference_id }: StockReference,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Pick<StockMovement, "key" | "kind" | "items">[]> {
    return await managerOf(sharedContext).execute(
      `select key, kind, items from "wholesale_stock_movement"
       where store_id = ? and reference_type = ? and reference_id = ? and deleted_at is null
       order by created_at, id`,
      [store_id, reference_type, reference_id]
    )
  }
}

function managerOf({ transactionManager, manager }: Context<EntityManager>): EntityManager {
  const active = transactionManager ?? manager
  if (!active) {
    throw new Error("The journal of stock movements was called without a database connection.")
  }
  return active
}

export default WholesaleStockModuleService
