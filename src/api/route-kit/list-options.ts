import { WholesaleError } from "../../lib/errors/wholesale-error"
import { selectFields } from "./present"

export interface ListQuery {
  readonly limit: number
  readonly offset: number
  readonly order: string
  readonly q?: string | undefined
  readonly fields?: string | undefined
}

/**
 * The paging and order of a generated list method. Rows that tie are ordered by id, so that pages
 * neither repeat nor lose one.
 *
 * @param sortable the columns a list may be ordered by
 * @throws WholesaleError 400 `invalid_request` for a column that is not sortable
 */
export function listConfig(query: ListQuery, sortable: readonly string[]) {
  const descending = query.order.startsWith("-")
  const column = descending ? query.order.slice(1) : query.order
  if (!sortable.includes(column)) {
    throw new WholesaleError(
      400,
      "invalid_request",
      `The list cannot be ordered by ${column}. It can by ${sortable.join(", ")}.`,
      { part: "query", issues: [{ path: "order", message: `must be one of ${sortable.join(", ")}` }] }
    )
  }
  const direction = descending ? ("DESC" as const) : ("ASC" as const)
  return {
    take: query.limit,
    skip: query.offset,
    order: column === "id" ? { id: direction } : { [column]: direction, id: direction },
  }
}

/** The answer of a list: rows under their plural name, how many match, and the page they are. */
export function page(name: string, rows: readonly unknown[], count: number, query: ListQuery) {
  return {
    [name]: rows.map((row) => selectFields(row, query.fields)),
    count,
    limit: query.limit,
    offset: query.offset,
  }
}
