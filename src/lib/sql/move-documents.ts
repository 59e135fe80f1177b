import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

const IDENTIFIER = /^[a-z_]+$/

/** A store's documents that went over one of its connections and go on over another. */
export interface DocumentMove {
  readonly store_id: string
  readonly from: string
  readonly to: string
}

/**
 * Puts a table's rows of one connection on another. Again it changes nothing.
 *
 * @param options.unique columns that, with the connection, are one row's: one that stands on the other connection already
 * stays, and the one it would meet stays where it is
 * @param options.travels whether partners are told of the rows: they are told anew, as the other connection's partner may
 * not know them
 * @returns ids of the rows that moved
 */
export async function moveDocuments(
  manager: EntityManager,
  table: string,
  { store_id, from, to }: DocumentMove,
  { unique = [], travels = false }: { readonly unique?: readonly string[]; readonly travels?: boolean } = {}
): Promise<string[]> {
  for (const name of [table, ...unique]) {
    if (!IDENTIFIER.test(name)) {
      throw new Error(`"${name}" is no SQL identifier.`)
    }
  }
  const meets = unique.map((column) => `other."${column}" = moved."${column}"`)
  const meetsNone =
    meets.length === 0
      ? ""
      : `and not exists (select from "${table}" as other where other.connection_id = ? and ${meets.join(" and ")})`
  const rows = await manager.execute<{ id: string }[]>(
    `update "${table}" as moved
     set connection_id = ?, ${travels ? "announced_revision = 0, " : ""}updated_at = now()
     where moved.connection_id = ? and moved.store_id = ? ${meetsNone}
     returning moved.id`,
    [to, from, store_id, ...(meetsNone ? [to] : [])]
  )
  return rows.map(({ id }) => id)
}
