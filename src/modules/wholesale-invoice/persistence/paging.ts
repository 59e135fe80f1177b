import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { WholesaleError } from "../../../lib/errors/wholesale-error"

export interface Page {
  /** null: all rows, where what they belong to bounds them. */
  readonly limit?: number | null
  readonly offset?: number
  /** A column of the list, `-` in front for descending; `-created_at` by default. */
  readonly order?: string
}

export interface Listing {
  readonly columns: string
  readonly tables: string
  /** The table whose columns the list is ordered by, as the query names it. */
  readonly alias: string
  readonly orderable: readonly string[]
}

/** A condition and its parameters; left out where the filter was not given. */
export type Condition = readonly [sql: string, ...params: unknown[]] | undefined

const PAGE_SIZE = 50

/**
 * One page of rows and the number of all that match. Equal values are ordered by id, so that pages
 * neither repeat nor skip rows.
 *
 * @throws WholesaleError 400 `invalid_order` for a column the list cannot be ordered by
 */
export async function listPage<Row>(
  manager: EntityManager,
  { columns, tables, alias, orderable }: Listing,
  conditions: readonly Condition[],
  { limit = PAGE_SIZE, offset = 0, order = "-created_at" }: Page
): Promise<{ rows: Row[]; count: number }> {
  const descending = order.startsWith("-")
  const column = descending ? order.slice(1) : order
  if (!orderable.includes(column)) {
    throw new WholesaleError(
      400,
      "invalid_order",
      `The list cannot be ordered by ${column}; it can by ${orderable.join(", ")}.`,
      { order, orderable: [...orderable] }
    )
  }
  const given = conditions.flatMap((condition) => (condition ? [condition] : []))
  const where = [`${alias}.deleted_at is null`, ...given.map(([sql]) => `(${sql})`)].join(" and ")
  const params = given.flatMap(([, ...values]) => values)
  const direction = descending ? "desc" : "asc"
  const rows = await manager.execute<Row[]>(
    `select ${columns} from ${tables} where ${where}
      order by ${alias}.${column} ${direction}, ${alias}.id ${direction} limit ? offset ?`,
    [...params, limit, offset]
  )
  const [{ count }] = await manager.execute<[{ count: number }]>(
    `select count(*)::int as count from ${tables} where ${where}`,
    params
  )
  return { rows, count }
}

/** A pattern for `ilike` that finds the text anywhere, its own `%`, `_` and `\` taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
}
