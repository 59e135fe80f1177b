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
