import { useQueryParams } from "@medusajs/dashboard/hooks"
import type { DataTableFilter } from "@medusajs/ui"

import type { Query } from "../lib/client"

/** What the address says of a table (page, order, search, filters), as the API's list query. */
export function useTableQuery(table: {
  readonly prefix?: string
  readonly pageSize: number
  readonly filters?: DataTableFilter[]
}): Query {
  const { prefix, pageSize, filters = [] } = table
  const { offset, order, q, ...chosen } = useQueryParams(
    ["offset", "order", "q", ...filters.map(({ id }) => id)],
    prefix
  )
  const picked = Object.entries(chosen).map(([name, value]) => [name, filterValue(value)])
  return { limit: pageSize, offset: Number(offset ?? 0), order, q, ...Object.fromEntries(picked) }
}

/** The table writes a filter as JSON; an address written by hand may hold the bare word. */
function filterValue(written: string | undefined): string | undefined {
  if (written === undefined) {
    return undefined
  }
  try {
    return String(JSON.parse(written))
  } catch {
    return written
  }
}
