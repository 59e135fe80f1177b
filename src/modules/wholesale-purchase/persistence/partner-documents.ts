import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import {
  CancelAnswer,
  eventOfOrderStatus,
  eventOfResponse,
  isNewer,
  ResponseOutcome,
} from "../domain/partner-documents"
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
  readonly cancel_answer?: CancelAnswer | null
  /** Why the partner refused, rejected or cancelled. */
  readonly reason?: string | null
  readonly actor: Actor
}

export interface OrderResponseInput extends PartnerDocument {
  readonly outcome: ResponseOutcome
  /** The answer as it came, with its figures; kept for people to read. */
  readonly response: Readonly<Record<string, unknown>>
}

export interface OrderInput extends PartnerDocument {
  readonly order_id: string
  readonly order_number: string | null
  readonly order_status: string
  /** Shipments as they came; what is known stays when not given. */
  readonly tracking?: readonly Readonly<Record<string, unknown>>[]
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
  return settle(em, row, input, {
    event: eventOfResponse(input.outcome),
    set: {
      response: JSON.stringify(input.response),
      response_incarnation: edition.incarnation,
      response_revision: edition.revision,
    },
    history: [{ event: "order_response", details: { outcome: input.outcome, revision: input.revision } }],
  })
}

/** See `WholesalePurchaseModuleService.applyOrder`. */
export async function applyOrder(em: EntityManager, input: OrderInput): Promise<AppliedDocument> {
  const row = await lockPlaced(em, input, "apply_order")
  const edition = { incarnation: input.incarnation ?? 0, revision: input.revision }
  if (!isNewer(edition, { incarnation: row.order_incarnation, revision: row.order_revision })) {
    return { state: "ignored", status: row.status }
  }
  if (row.order_id !== null && row.order_id !== input.order_id) {
    throw new WholesaleError(
      409,
      "order_mismatch",
      `Purchase order ${row.number ?? row.id} already belongs to order ${row.order_id}, not to ${input.order_id}.`,
      { id: row.id, order_id: row.order_id, other_order_id: input.order_id }
    )
  }
  return settle(em, row, input, {
    event: eventOfOrderStatus(input.order_status),
    set: {
      order_id: input.order_id,
      order_number: input.order_number,
      order_status: input.order_status,
      order_incarnation: edition.incarnation,
      order_revision: edition.revision,
      ...(input.tracking ? { tracking: JSON.stringify(input.tracking) } : {}),
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

/** Writes the document's columns together with the moves it causes, in one update. */
async function settle(
  em: EntityManager,
  row: PurchaseOrderRow,
  input: PartnerDocument,
  effect: {
    event: PartnerEvent | undefined
    set: Readonly<Record<string, string | number | null>>
    history: readonly { event: string; details: Readonly<Record<string, unknown>> }[]
  }
): Promise<AppliedDocument> {
  const { actor, reason } = input
  const history: HistoryEntry[] = effect.history.map((entry) => ({
    ...entry,
    from: row.status,
    to: row.status,
    actor,
    reason,
  }))
  let standing = { status: row.status, status_before_cancel_request: row.status_before_cancel_request }
  const move = (event: PartnerEvent, why: string | null | undefined) => {
    if (allows(standing, event)) {
      const next = advancePurchaseOrder({ id: row.id, ...standing }, event)
      history.push({ event, from: standing.status, to: next.status, actor, reason: why })
      standing = next
    }
  }

  if (effect.event) {
    move(effect.event, reason)
  }
  const answer = input.cancel_answer
  const answersRequest =
    answer &&
    row.status === "cancel_requested" &&
    row.cancel_request_revision !== null &&
    answer.purchase_order_revision >= row.cancel_request_revision
  if (answersRequest) {
    move(answer.accepted ? "cancel" : "refuse_cancel", answer.reason)
  }
  await updatePurchaseOrder(em, row, {
    ...effect.set,
    ...standing,
    ...(answersRequest ? { cancel_answer: JSON.stringify(answer) } : {}),
  })
  await writeHistory(em, row, history)
  return { state: "applied", status: standing.status }
}
