import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

/** Context of a verb: the transaction it joins, where it is called inside one. */
export type Shared = Context<EntityManager>

/** The input of a persistence function: what follows its manager. */
export type InputOf<Verb> = Verb extends (manager: EntityManager, input: infer Input) => unknown
  ? Input
  : never

/** The transaction that the decorator of the calling verb has opened or joined. */
export function transactionOf(context: Shared): EntityManager {
  if (!context.transactionManager) {
    throw new Error("An invoice verb runs inside a transaction only.")
  }
  return context.transactionManager
}
