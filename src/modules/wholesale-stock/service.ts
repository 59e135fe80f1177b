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
import { insertRecordsSql } from "../../lib/sql/insert-records"
import type { StockItem, StockMovement, StockReference } from "./domain/stock-movement"
import WholesaleStockMovement from "./models/stock-movement"

/**
 * The journal of stock movements. Its verbs run in the transaction of the inventory change they
 * record, which the caller hands over in `sharedContext.transactionManager`.
 */
class WholesaleStockModuleService extends MedusaService({ WholesaleStockMovement }) {
  /**
   * Claims the keys of movements. Answers what was moved under those that were taken before, for which
   * nothing is left to do; the other movements are the caller's to make. A caller that meets another
   * one at work on the same key waits for its end. A key that stands for another kind or document is a
   * 409 `stock_movement_key_reused`. As many statements for one movement as for a thousand.
   *
   * Locks the earlier movements of the same documents, so that movements of one document take turns.
   */
  @InjectTransactionManager()
  async beginMovements(
    movements: readonly Omit<StockMovement, "items">[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Map<string, StockItem[]>> {
    const manager = managerOf(sharedContext)
    // In one order for everybody, so that two callers with some keys in common do not wait for each other.
    const records = [...movements]
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .map((movement) => ({ ...movement, id: generateEntityId(undefined, "whstk"), items: [] }))
    const claimed = await manager.execute<{ key: string }[]>(
      `${insertRecordsSql("wholesale_stock_movement", COLUMNS, { onConflictDoNothing: true })} returning key`,
      [JSON.stringify(records)]
    )
    const own = new Set(claimed.map(({ key }) => key))
    const made = await madeBefore(manager, movements.filter(({ key }) => !own.has(key)))
    if (own.size > 0) {
      await manager.execute(
        `select id from "wholesale_stock_movement"
         where deleted_at is null and (store_id, reference_type, reference_id) in (
           select store_id, reference_type, reference_id
           from json_to_recordset(?::json) as document(key text, store_id text, reference_type text, reference_id text)
           where key = any(array(select json_array_elements_text(?::json))))
         order by id for update`,
        [JSON.stringify(movements), JSON.stringify([...own])]
      )
    }
    return made
  }

  /** Writes what the movements with these keys moved. */
  @InjectTransactionManager()
  async completeMovements(
    moved: ReadonlyMap<string, readonly StockItem[]>,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await managerOf(sharedContext).execute(
      `update "wholesale_stock_movement" movement set items = moved.items, updated_at = now()
       from json_to_recordset(?::json) as moved(key text, items jsonb)
       where movement.key = moved.key and movement.deleted_at is null`,
      [JSON.stringify([...moved].map(([key, items]) => ({ key, items })))]
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

const COLUMNS = ["id", "store_id", "key", "kind", "reference_type", "reference_id", "items"]

/** @throws WholesaleError 409 `stock_movement_key_reused` */
async function madeBefore(
  manager: EntityManager,
  movements: readonly Omit<StockMovement, "items">[]
): Promise<Map<string, StockItem[]>> {
  if (movements.length === 0) {
    return new Map()
  }
  const rows = await manager.execute<Pick<StockMovement, "key" | "kind" | "reference_id" | "items">[]>(
    `select key, kind, reference_id, items from "wholesale_stock_movement"
     where key = any(array(select json_array_elements_text(?::json))) and deleted_at is null`,
    [JSON.stringify(movements.map(({ key }) => key))]
  )
  const made = new Map(rows.map((row) => [row.key, row]))
  for (const { key, kind, reference_id } of movements) {
    const standing = made.get(key)
    if (standing && (standing.kind !== kind || standing.reference_id !== reference_id)) {
      throw new WholesaleError(
        409,
        "stock_movement_key_reused",
        `Key ${key} stands for another stock movement: ${standing.kind} of ${standing.reference_id}.`,
        { key, kind, reference_id }
      )
    }
  }
  return new Map(rows.map(({ key, items }) => [key, [...items]]))
}

function managerOf({ transactionManager, manager }: Context<EntityManager>): EntityManager {
  const active = transactionManager ?? manager
  if (!active) {
    throw new Error("The journal of stock movements was called without a database connection.")
  }
  return active
}

export default WholesaleStockModuleService
