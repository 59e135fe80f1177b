const IDENTIFIER = /^[a-z_]+$/

/**
 * One statement that draws the next number of a series and holds it until the transaction ends, so
 * that a document that is rolled back gives its number to the next one: numbers have no gaps.
 * Execute it with `[id, store_id, series, year]`; it answers `last_sequence`.
 *
 * The id must be a new one, not derived: `on conflict` watches the named index alone, and two first
 * numbers at once would meet on the primary key.
 */
export function drawSequenceSql(table: string): string {
  if (!IDENTIFIER.test(table)) {
    throw new Error(`"${table}" is no SQL identifier.`)
  }
  return `insert into "${table}" as series (id, store_id, series, year, last_sequence)
    values (?, ?, ?, ?, 1)
    on conflict (store_id, series, year) where deleted_at is null
    do update set last_sequence = series.last_sequence + 1, updated_at = now()
    returning last_sequence`
}
