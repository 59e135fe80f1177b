const IDENTIFIER = /^[a-z_][a-z0-9_]*$/

/**
 * One statement that inserts any number of rows from a single JSON parameter, PostgreSQL casting each
 * value to its column's type. Execute it with `[JSON.stringify(rows)]`; one `?` stands in it.
 *
 * Amount columns of Medusa models are pairs: give `total` as a decimal string and `raw_total` as
 * `rawAmount(total)`. `created_at` and `updated_at` fall to their defaults when not named.
 */
export function insertRecordsSql(
  table: string,
  columns: readonly string[],
  { onConflictDoNothing = false }: { onConflictDoNothing?: boolean } = {}
): string {
  for (const name of [table, ...columns]) {
    if (!IDENTIFIER.test(name)) {
      throw new Error(`"${name}" is no SQL identifier.`)
    }
  }
  const list = columns.map((column) => `"${column}"`).join(", ")
  const conflict = onConflictDoNothing ? " on conflict do nothing" : ""
  return `insert into "${table}" (${list}) select ${list} from json_populate_recordset(null::"${table}", ?::json)${conflict}`
}

/** The `raw_*` companion of an amount column, in the shape Medusa's BigNumber reads back. */
export function rawAmount(amount: string): { value: string; precision: number } {
  return { value: amount, precision: 20 }
}
