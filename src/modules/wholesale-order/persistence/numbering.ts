import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { formatDocumentNumber, seriesYear } from "../../../lib/numbering/document-number"
import { drawSequenceSql } from "../../../lib/sql/draw-sequence"

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
    drawSequenceSql("wholesale_order_series"),
    [generateEntityId(undefined, "whordser"), store_id, SERIES, seriesOf]
  )
  return formatDocumentNumber(pattern, { year: at.getUTCFullYear(), sequence: last_sequence })
}
