import type { EntityManager, Knex } from "@medusajs/framework/mikro-orm/postgresql"

/**
 * Runs a statement with one parameter that may be large, in the manager's transaction if there is one.
 * `EntityManager.execute` writes parameters into the statement's text, character by character: for 10 MB
 * that takes a second in which nothing else runs, and half a gigabyte.
 */
export async function executeBound(manager: EntityManager, sql: string, parameter: string): Promise<void> {
  const query = manager.getKnex().raw(sql, [parameter])
  const transaction = manager.getTransactionContext<Knex.Transaction>()
  await (transaction ? query.transacting(transaction) : query)
}
