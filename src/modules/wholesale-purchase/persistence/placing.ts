import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { derivedId } from "../../../lib/ids/derived-id"
import { assertNumberPattern, formatDocumentNumber, seriesYear } from "../../../lib/numbering/document-number"
import { advancePurchaseOrder, PurchaseOrderStatus } from "../domain/purchase-order-machine"
import { lockPurchaseOrder, moveByEvent } from "./purchase-order-row"

export interface PlaceInput {
  readonly store_id: string
  readonly id: string
  /** The store's pattern, `PO-{YYYY}-{SEQ:6}`. */
  readonly number_pattern: string
  readonly actor: Actor
  /** When it is placed; now unless given. Its year in UTC is the year of the number. */
  readonly at?: Date
}

export interface PlacedPurchaseOrder {
  readonly id: string
  readonly number: string
  readonly status: PurchaseOrderStatus
  readonly revision: number
  /** False where it had been placed before and nothing was changed. */
  readonly placed_now: boolean
}

const SERIES = "purchase_order"

/** See `WholesalePurchaseModuleService.place`. */
export async function place(em: EntityManager, input: PlaceInput): Promise<PlacedPurchaseOrder> {
  assertNumberPattern(input.number_pattern)
  const row = await lockPurchaseOrder(em, input)
  if (row.number !== null) {
    const { id, number, status, revision } = row
    return { id, number, status, revision, placed_now: false }
  }
  advancePurchaseOrder(row, "place")

  const at = input.at ?? new Date()
  const year = seriesYear(input.number_pattern, at)
  const [{ last_sequence: sequence }] = await em.execute<{ last_sequence: number }[]>(
    `insert into "wholesale_purchase_series" as series (id, store_id, series, year, last_sequence)
      values (?, ?, ?, ?, 1)
      on conflict (store_id, series, year) where deleted_at is null
        do update set last_sequence = series.last_sequence + 1, updated_at = now()
      returning last_sequence`,
    [derivedId("whposer", row.store_id, SERIES, String(year)), row.store_id, SERIES, year]
  )
  const number = formatDocumentNumber(input.number_pattern, { year: at.getUTCFullYear(), sequence })
  const { id, status, revision } = await moveByEvent(em, row, {
    event: "place",
    actor: input.actor,
    set: { number, placed_at: at },
    raiseRevision: true,
    details: { number },
  })
  return { id, number, status, revision, placed_now: true }
}
