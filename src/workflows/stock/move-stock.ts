import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context, IInventoryService, ILockingModule, MedusaContainer } from "@medusajs/framework/types"
import { MedusaContextType, Modules } from "@medusajs/framework/utils"

import { WHOLESALE_STOCK, type WholesaleStockModuleService } from "../../modules/wholesale-stock"
import type {
  StockItem,
  StockMovementKind,
  StockReference,
} from "../../modules/wholesale-stock/domain/stock-movement"
import { InventoryEvents } from "./inventory-events"

/** A document line whose goods move. Lines without a variant move no stock. */
export interface StockLine {
  readonly line_id: string
  readonly variant_id: string | null
  readonly sku: string
  /** Whole units of the variant. */
  readonly quantity: number
}

/** One movement; `key` makes it happen once, however often it is asked for. */
export interface StockMovementRequest extends StockReference {
  readonly key: string
}

export interface StockMovementResult {
  /** What this key moved, now or when it was first asked for. */
  readonly items: readonly StockItem[]
  /** True when it had been done before and nothing was moved now. */
  readonly repeated: boolean
}

/** What a movement works with: everything in it runs in the one transaction. */
export interface StockTransaction {
  readonly manager: EntityManager
  readonly context: Context<EntityManager>
  readonly events: InventoryEvents
  readonly stock: WholesaleStockModuleService
}

/** The service class keeps its repository public at run time; the interface leaves it out. */
type InventoryModule = IInventoryService & {
  baseRepository_: {
    transaction<T>(task: (manager: EntityManager) => Promise<T>): Promise<T>
  }
}

/** How long a movement waits for its turn with core's own steps on the same items, in seconds. */
const TURN_SECONDS = 3

/**
 * Runs one stock movement: journal row and inventory change in one database transaction of the core
 * inventory module, so that both happen or neither does.
 *
 * Core's inventory service reads a level and writes a computed total without a row lock. So every
 * movement locks its rows first, always in this order: the journal row of its key, the document's
 * earlier movements, the inventory levels by item and location. That holds across processes. The
 * advisory lock around it uses the keys of core's own steps, so that a checkout takes turns with
 * movements as far as the host's locking module reaches.
 *
 * @param inventoryItemIds the items that may change
 * @param perform changes the inventory and answers what it moved; whatever it throws undoes everything
 */
export async function moveStock(
  container: MedusaContainer,
  kind: StockMovementKind,
  { key, ...document }: StockMovementRequest,
  inventoryItemIds: readonly string[],
  perform: (transaction: StockTransaction) => Promise<StockItem[]>
): Promise<StockMovementResult> {
  const { made, moved } = await moveTogether(
    container,
    kind,
    [{ key, ...document }],
    inventoryItemIds,
    async (transaction) => new Map([[key, await perform(transaction)]])
  )
  return { items: moved.get(key) ?? made.get(key) ?? [], repeated: !moved.has(key) }
}

/** Items by the key of the movement they belong to. */
export type ItemsByKey = ReadonlyMap<string, readonly StockItem[]>

/**
 * Runs movements of one kind as {@link moveStock} does, all in one transaction: each happens once by
 * its own key, whichever others come with it.
 *
 * @param perform is told the keys that are new, at least one; answers what each of these moved
 * @returns what had been made before, and what was moved now
 */
export async function moveTogether(
  container: MedusaContainer,
  kind: StockMovementKind,
  requests: readonly StockMovementRequest[],
  inventoryItemIds: readonly string[],
  perform: (transaction: StockTransaction, keys: ReadonlySet<string>) => Promise<ItemsByKey>
): Promise<{ made: ItemsByKey; moved: ItemsByKey }> {
  const inventory = container.resolve<InventoryModule>(Modules.INVENTORY)
  const stock = container.resolve<WholesaleStockModuleService>(WHOLESALE_STOCK)
  const events = new InventoryEvents()
  const movements = requests.map(({ key, store_id, reference_type, reference_id }) => ({
    key,
    kind,
    store_id,
    reference_type,
    reference_id,
  }))

  const run = () =>
    inventory.baseRepository_.transaction(async (manager) => {
      // Without its type a workflow step's container puts the workflow's context in place of this one,
      // and the journal would be written outside the transaction.
      const context: Context<EntityManager> = {
        __type: MedusaContextType,
        transactionManager: manager,
      }
      const made = await stock.beginMovements(movements, context)
      const keys = new Set(movements.map(({ key }) => key).filter((key) => !made.has(key)))
      if (keys.size === 0) {
        return { made, moved: new Map() }
      }
      const moved = await perform({ manager, context, events, stock }, keys)
      await stock.completeMovements(moved, context)
      return { made, moved }
    })

  const result = await inTurnWithCore(container, [...new Set(inventoryItemIds)].sort(), run)
  await events.release(container)
  return result
}

/**
 * Takes core's advisory locks on the items for the while, so that a checkout and a movement do not meet.
 * A courtesy with a limit: what makes movements safe among themselves is the row locks, so one that does
 * not get its turn in time (Redis locks are polled, and many at once starve) goes ahead without.
 */
async function inTurnWithCore<Result>(
  container: MedusaContainer,
  itemIds: readonly string[],
  run: () => Promise<Result>
): Promise<Result> {
  if (itemIds.length === 0) {
    return await run()
  }
  let begun = false
  try {
    return await container.resolve<ILockingModule>(Modules.LOCKING).execute(
      [...itemIds],
      () => {
        begun = true
        return run()
      },
      { timeout: TURN_SECONDS }
    )
  } catch (error) {
    if (begun) {
      throw error
    }
    return await run()
  }
}
