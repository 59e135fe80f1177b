import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { isNewer } from "../../../lib/edition/edition"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { rawAmount } from "../../../lib/sql/insert-records"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import { eventsOfResponse, ResponseAnswer } from "../domain/partner-documents"
import {
  advancePurchaseOrder,
  allowedActions,
  allows,
  PartnerEvent,
  PurchaseOrderStatus,
  ReceiptFacts,
} from "../domain/purchase-order-machine"
import { eventsOfOrders } from "../domain/supplier-orders"
import {
  HistoryEntry,
  lockPurchaseOrder,
  PurchaseOrderRow,
  updatePurchaseOrder,
  writeHistory,
} from "./purchase-order-row"
import { countCancelled, supplierOrdersOf, writeSupplierOrder, type SupplierOrder } from "./supplier-orders"

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

type OrderTotals = Pick<SupplierOrder, "subtotal" | "charge_total" | "tax_total" | "total">

export interface OrderResponseInput extends PartnerDocument {
  readonly answer: ResponseAnswer
  /** The partner's order, where there is one. */
  readonly order_id?: string | null
  readonly order_number?: string | null
  /** Of the partner's order, in major units. */
  readonly totals?: OrderTotals | null
  /** The answer as it came, with its figures; kept for people to read. */
  readonly response: Readonly<Record<string, unknown>>
}

/** The supplier's order as its document says it is. */
export interface OrderInput
  extends PartnerDocument,
    Pick<SupplierOrder, "order_id" | "parent_id" | "children" | "on_hold" | "lines" | "tracking" | "summary"> {
  readonly order_number: string | null
  readonly order_status: string
  readonly totals: OrderTotals
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
  const orders = await supplierOrdersOf(em, row.id)
  const { answer, reason = null, totals } = input
  const answersRequest = answer === "cancel_accepted" || answer === "cancel_refused"
  return settle(em, row, input, {
    events: [
      ...eventsOfResponse(answer),
      ...eventsOfOrders(orders, {
        first: input.order_id ?? row.order_id,
        cancelGranted: answer === "cancel_accepted",
      }),
    ],
    facts: { all_accounted: await countCancelled(em, row.id, orders) },
    set: {
      response: JSON.stringify(input.response),
      response_incarnation: edition.incarnation,
      response_revision: edition.revision,
      ...(input.order_id ? { order_id: input.order_id } : {}),
      ...(input.order_number ? { order_number: input.order_number } : {}),
      ...(answersRequest
        ? { cancel_answer: JSON.stringify({ accepted: answer === "cancel_accepted", reason }) }
        : {}),
      ...(totals && MathBN.eq(totals.subtotal, row.subtotal) ? withChargesAndTax(totals) : {}),
    },
    history: [{ event: "order_response", details: { answer, revision: input.revision } }],
  })
}

/** See `WholesalePurchaseModuleService.applyOrder`. */
export async function applyOrder(em: EntityManager, input: OrderInput): Promise<AppliedDocument> {
  const row = await lockPlaced(em, input, "apply_order")
  const known = await supplierOrdersOf(em, row.id)
  const edition = { incarnation: input.incarnation ?? 0, revision: input.revision }
  const standing = known.find(({ order_id }) => order_id === input.order_id)
  if (!isNewer(edition, standing ?? NEVER_TOLD)) {
    return { state: "ignored", status: row.status }
  }
  const isFirst = input.parent_id === null
  if (isFirst) {
    assertSameOrder(row, input.order_id)
  }
  const order = supplierOrder(input, edition)
  await writeSupplierOrder(em, row, order)
  const orders = [...known.filter((one) => one !== standing), order]
  return settle(em, row, input, {
    events: eventsOfOrders(orders, {
      first: row.order_id,
      cancelGranted: row.status === "cancel_requested" && (row.cancel_answer?.accepted ?? false),
    }),
    facts: { all_accounted: await countCancelled(em, row.id, orders) },
    set: isFirst ? { order_id: order.order_id, order_number: order.number, order_status: order.status } : {},
    history:
      standing?.status === order.status
        ? []
        : [
            {
              event: "order_status",
              details: {
                order_id: order.order_id,
                order_number: order.number,
                order_status: order.status,
                before: standing?.status ?? null,
              },
            },
          ],
  })
}

const NEVER_TOLD = { incarnation: 0, revision: 0 }

function supplierOrder(input: OrderInput, edition: typeof NEVER_TOLD): SupplierOrder {
  const { order_id, parent_id, children, on_hold, lines, tracking, summary, totals } = input
  const { subtotal, charge_total, tax_total, total } = totals
  return {
    order_id,
    parent_id,
    children,
    number: input.order_number,
    status: input.order_status,
    on_hold,
    subtotal,
    charge_total,
    tax_total,
    total,
    lines,
    tracking,
    summary,
    ...edition,
  }
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

/** Where the partner's goods come to ours, its charges and its tax are those of our document as well. */
function withChargesAndTax({ charge_total, tax_total, total }: OrderTotals) {
  return {
    charge_total,
    raw_charge_total: JSON.stringify(rawAmount(charge_total)),
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
    facts: ReceiptFacts
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
    if (allows(standing, event, effect.facts)) {
      const next = advancePurchaseOrder({ id: row.id, ...standing }, event, effect.facts)
      history.push({ event, from: standing.status, to: next.status, actor, reason })
      standing = next
    }
  }
  await updatePurchaseOrder(em, row, { ...effect.set, ...standing })
  await writeHistory(em, row, history)
  return { state: "applied", status: standing.status }
}
