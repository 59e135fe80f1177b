import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { derivedId } from "../../../lib/ids/derived-id"
import { formatDocumentNumber, seriesYear } from "../../../lib/numbering/document-number"

const SERIES = "order"

/**
 * Draws a store's next order number. The series' row stays locked until the transaction ends, so that
 * a placement that is undone gives its number to the next one: numbers have no gaps.
 */
export async function nextOrderNumber(
  em: EntityManager,
  { store_id, pattern, at }: { store_id: string; pattern: string; at: Date }
): Promise<string> {
  const seriesOf = seriesYear(pattern, at)
  const [{ last_sequence }] = await em.execute<{ last_sequence: number }[]>(
    `insert into "wholesale_order_series" (id, store_id, series, year, last_sequence)
     values (?, ?, ?, ?, 1)
     on conflict (store_id, series, year) where deleted_at is null
     do update set last_sequence = "wholesale_order_series".last_sequence + 1, updated_at = now()
     returning last_sequence`,
    [derivedId("whordser", store_id, SERIES, String(seriesOf)), store_id, SERIES, seriesOf]
  )
  return formatDocumentNumber(pattern, { year: at.getUTCFullYear(), sequence: last_sequence })
}
