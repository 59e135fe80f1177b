import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { assertNumberPattern, formatDocumentNumber, seriesYear } from "../../../lib/numbering/document-number"
import { drawSequenceSql } from "../../../lib/sql/draw-sequence"
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
    drawSequenceSql("wholesale_purchase_series"),
    [generateEntityId(undefined, "whposer"), row.store_id, SERIES, year]
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
