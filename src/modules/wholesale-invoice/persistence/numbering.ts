import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { formatDocumentNumber, seriesYear } from "../../../lib/numbering/document-number"
import { drawSequenceSql } from "../../../lib/sql/draw-sequence"

/**
 * Draws the next number of a store's series. The series' row stays locked until the transaction ends,
 * and a refusal gives the number back with it, so numbers have no gaps.
 *
 * Lock order: draw a number after the invoice's row is locked or inserted.
 *
 * @throws WholesaleError 400 `invalid_number_pattern`
 */
export async function drawNumber(
  manager: EntityManager,
  input: {
    readonly store_id: string
    /** `invoice`, `credit_note`, or `invoice:` and the name of one of the store's own. */
    readonly series: "invoice" | "credit_note" | `invoice:${string}`
    readonly pattern: string
    readonly at: Date
  }
): Promise<string> {
  const year = seriesYear(input.pattern, input.at)
  const [{ last_sequence }] = await manager.execute<[{ last_sequence: number }]>(
    drawSequenceSql("wholesale_invoice_series"),
    [generateEntityId(undefined, "whinvser"), input.store_id, input.series, year]
  )
  return formatDocumentNumber(input.pattern, {
    year: input.at.getUTCFullYear(),
    sequence: last_sequence,
  })
}
