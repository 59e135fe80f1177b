import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { isNewer } from "../../../lib/edition/edition"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { rawAmount } from "../../../lib/sql/insert-records"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import { eventsOfOrderStatus, eventsOfResponse, ResponseAnswer } from "../domain/partner-documents"
import {
  advancePurchaseOrder,
  allowedActions,
  allows,
  PartnerEvent,
  PurchaseOrderStatus,
} from "../domain/purchase-order-machine"
import {
  HistoryEntry,
  lockPurchaseOrder,
  PurchaseOrderRow,
  updatePurchaseOrder,
  writeHistory,
} from "./purchase-order-row"

interface PartnerDocument {
  readonly store_id: string
  /** The store's own connection that the document came through. */
  readonly connection_id: string
  readonly purchase_order_id: string
  /** Raised by the partner after a restore from backup; its revisions start anew with it. */
  readonly incarnation?: number
  readonly revision: number
  /** Why the partner refused, rejected or cancelled. */
  readonly reason?: string | null
  readonly actor: Actor
}

export interface OrderResponseInput extends PartnerDocument {
  readonly answer: ResponseAnswer
  /** The partner's order, where there is one. */
  readonly order_id?: string | null
  readonly order_number?: string | null
  /** Of the partner's order, in major units. */
  readonly totals?: { readonly subtotal: Amount; readonly tax_total: Amount; readonly total: Amount } | null
  /** The answer as it came, with its figures; kept for people to read. */
  readonly response: Readonly<Record<string, unknown>>
}

export interface OrderInput extends PartnerDocument {
  readonly order_id: string
  readonly order_number: string | null
  readonly order_status: string
  /** Shipments as they came; what is known stays when not given. */
  readonly tracking?: readonly Readonly<Record<string, unknown>>[]
  /** What else the order says to people: appointment, totals, reasons. What is known stays when not given. */
  readonly summary?: Readonly<Record<string, unknown>>
}

export interface AppliedDocument {
  /** `ignored`: this revision or a newer one has been here before. */
  readonly state: "applied" | "ignored"
  readonly status: PurchaseOrderStatus
}

/** See `WholesalePurchaseModuleService.applyOrderResponse`. */
export async function applyOrderResponse(em: EntityManager, input: OrderResponseInput): Promise<AppliedDocument> {
  const row = await lockPlaced(em, input, "apply_order_response")
  const edition = { incarnation: input.incarnation ?? 0, revision: input.revision }
  if (!isNewer(edition, { incarnation: row.response_incarnation, revision: row.response_revision })) {
    return { state: "ignored", status: row.status }
  }
  assertSameOrder(row, input.order_id)
  const { answer, reason = null, totals } = input
  const answersRequest = answer === "cancel_accepted" || answer === "cancel_refused"
  return settle(em, row, input, {
    events: eventsOfResponse(answer),
    set: {
      response: JSON.stringify(input.response),
      response_incarnation: edition.incarnation,
      response_revision: edition.revision,
      ...(input.order_id ? { order_id: input.order_id } : {}),
      ...(input.order_number ? { order_number: input.order_number } : {}),
      ...(answersRequest
        ? { cancel_answer: JSON.stringify({ accepted: answer === "cancel_accepted", reason }) }
        : {}),
      ...(totals && MathBN.eq(totals.subtotal, row.subtotal) ? withTax(totals) : {}),
    },
    history: [{ event: "order_response", details: { answer, revision: input.revision } }],
  })
}

/** See `WholesalePurchaseModuleService.applyOrder`. */
export async function applyOrder(em: EntityManager, input: OrderInput): Promise<AppliedDocument> {
  const row = await lockPlaced(em, input, "apply_order")
  const edition = { incarnation: input.incarnation ?? 0, revision: input.revision }
  if (!isNewer(edition, { incarnation: row.order_incarnation, revision: row.order_revision })) {
    return { state: "ignored", status: row.status }
  }
  assertSameOrder(row, input.order_id)
  return settle(em, row, input, {
    events: eventsOfOrderStatus(input.order_status),
    set: {
      order_id: input.order_id,
      order_number: input.order_number,
      order_status: input.order_status,
      order_incarnation: edition.incarnation,
      order_revision: edition.revision,
      ...(input.tracking ? { tracking: JSON.stringify(input.tracking) } : {}),
      ...(input.summary ? { order_summary: JSON.stringify(input.summary) } : {}),
    },
    history:
      row.order_status === input.order_status
        ? []
        : [{ event: "order_status", details: { order_status: input.order_status, before: row.order_status } }],
  })
}

/** Locks the order; the partner of another connection or of a draft that never left has no business with it. */
async function lockPlaced(em: EntityManager, input: PartnerDocument, event: string): Promise<PurchaseOrderRow> {
  const { store_id, connection_id, purchase_order_id: id } = input
  const row = await lockPurchaseOrder(em, { store_id, connection_id, id })
  if (row.status === "draft") {
    throw eventNotAllowed({
      document: "Purchase order",
      id,
      status: row.status,
      event,
      allowedEvents: allowedActions(row),
    })
  }
  return row
}

function assertSameOrder(row: PurchaseOrderRow, orderId: string | null | undefined): void {
  if (orderId && row.order_id !== null && row.order_id !== orderId) {
    throw new WholesaleError(
      409,
      "order_mismatch",
      `Purchase order ${row.number ?? row.id} already belongs to order ${row.order_id}, not to ${orderId}.`,
      { id: row.id, order_id: row.order_id, other_order_id: orderId }
    )
  }
}

/** Where the partner's net total is ours, its tax is the tax of our document as well. */
function withTax({ tax_total, total }: { tax_total: Amount; total: Amount }) {
  return {
    tax_total,
    raw_tax_total: JSON.stringify(rawAmount(tax_total)),
    total,
    raw_total: JSON.stringify(rawAmount(total)),
  }
}

/** Writes the document's columns together with the moves it causes, in one update. */
async function settle(
  em: EntityManager,
  row: PurchaseOrderRow,
  { actor, reason }: PartnerDocument,
  effect: {
    events: readonly PartnerEvent[]
    set: Readonly<Record<string, string | number | null>>
    history: readonly { event: string; details: Readonly<Record<string, unknown>> }[]
  }
): Promise<AppliedDocument> {
  const history: HistoryEntry[] = effect.history.map((entry) => ({
    ...entry,
    from: row.status,
    to: row.status,
    actor,
    reason,
  }))
  let standing = { status: row.status, status_before_cancel_request: row.status_before_cancel_request }
  for (const event of effect.events) {
    if (allows(standing, event)) {
      const next = advancePurchaseOrder({ id: row.id, ...standing }, event)
      history.push({ event, from: standing.status, to: next.status, actor, reason })
      standing = next
    }
  }
  await updatePurchaseOrder(em, row, { ...effect.set, ...standing })
  await writeHistory(em, row, history)
  return { state: "applied", status: standing.status }
}
