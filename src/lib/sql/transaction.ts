import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"

/**
 * The running transaction of a service verb under `@InjectTransactionManager()`, for raw statements.
 *
 * @throws Error where there is none: the verb's decorator is missing
 */
export function transactionOf({ transactionManager }: Context<EntityManager>): EntityManager {
  if (!transactionManager) {
    throw new Error("This verb runs inside a transaction only.")
  }
  return transactionManager
}

/**
 * Where a verb under `@InjectManager()` reads, or writes by one statement, which is atomic by itself:
 * the transaction it was called in, if any. On its own it takes none, for beginning and ending one would
 * cost two round trips and give nothing.
 *
 * @throws Error where the verb's decorator is missing
 */
export function managerOf({ transactionManager, manager }: Context<EntityManager>): EntityManager {
  const chosen = transactionManager ?? manager
  if (!chosen) {
    throw new Error("This verb runs under a manager only.")
  }
  return chosen
}
