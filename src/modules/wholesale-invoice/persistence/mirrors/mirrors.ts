import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound, WholesaleError } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import type { MirrorEvent, MirrorStatus } from "../../domain/mirror-machine"
import { mirrorMachine } from "../../domain/mirror-machine"
import type { Row } from "../columns"
import { toDate } from "../columns"
import type { OfStore } from "../invoices/invoices"
import { lockInvoice } from "../invoices/invoices"
import { planMirrors, supersedeRefunds } from "./plan-mirrors"
import type { Invoice } from "../rows"

export interface Mirror {
  readonly id: string
  readonly store_id: string
  readonly invoice_id: string
  readonly invoice_number: string
  readonly order_id: string
  readonly order_number: string
  readonly account_id: string
  readonly round: number
  readonly core_order_id: string
  readonly status: MirrorStatus
  readonly currency_code: string
  readonly total: Amount
  readonly refunded_total: Amount
  readonly made_at: Date | null
  readonly reversed_at: Date | null
  /** When its core order was taken back; null also where none was made. */
  readonly core_reversed_at: Date | null
}

export type MirrorRow = Row<
  Mirror,
  "total" | "refunded_total",
  "made_at" | "reversed_at" | "core_reversed_at"
>

export const MIRRORED_ORDER_NUMBER = `(
  select item.order_number from wholesale_invoice_order item
   where item.invoice_id = mirror.invoice_id and item.order_id = mirror.order_id limit 1)`
export const MIRROR_COLUMNS = `mirror.*, invoice.number as invoice_number,
  ${MIRRORED_ORDER_NUMBER} as order_number, invoice.account_id, invoice.currency_code`
export const MIRROR_TABLES =
  "wholesale_mirror mirror join wholesale_invoice invoice on invoice.id = mirror.invoice_id"

export function toMirror(row: MirrorRow): Mirror {
  return {
    id: row.id,
    store_id: row.store_id,
    invoice_id: row.invoice_id,
    invoice_number: row.invoice_number,
    order_id: row.order_id,
    order_number: row.order_number,
    account_id: row.account_id,
    round: row.round,
    core_order_id: row.core_order_id,
    status: row.status,
    currency_code: row.currency_code,
    total: roundAmount(row.raw_total.value, row.currency_code),
    refunded_total: roundAmount(row.raw_refunded_total.value, row.currency_code),
    made_at: toDate(row.made_at),
    reversed_at: toDate(row.reversed_at),
    core_reversed_at: toDate(row.core_reversed_at),
  }
}

/**
 * The mirrors of a paid invoice in their last rounds, one an order of which something is left, planned
 * where there are none at all. One that was reversed stays so: the next is planned when the invoice is paid
 * again. The core orders are made elsewhere, under the ids `core_order_id`.
 *
 * @throws WholesaleError 409 `invoice_not_paid`; 404
 */
export async function ensureMirrors(
  manager: EntityManager,
  input: { readonly store_id: string; readonly invoice_id: string }
): Promise<Mirror[]> {
  const invoice = await lockInvoice(manager, { store_id: input.store_id, id: input.invoice_id })
  if (invoice.status !== "paid") {
    throw new WholesaleError(
      409,
      "invoice_not_paid",
      `Invoice ${invoice.number} is ${invoice.status}; only a paid invoice is mirrored.`,
      { invoice_id: invoice.id, number: invoice.number, status: invoice.status }
    )
  }
  const known = await lastMirrors(manager, invoice)
  if (known.length) {
    return known
  }
  await planMirrors(manager, [invoice])
  return await lastMirrors(manager, invoice)
}

async function lastMirrors(manager: EntityManager, { id }: Invoice): Promise<Mirror[]> {
  const rows = await manager.execute<MirrorRow[]>(
    `select distinct on (mirror.order_id) ${MIRROR_COLUMNS} from ${MIRROR_TABLES}
      where mirror.invoice_id = ? and mirror.deleted_at is null
      order by mirror.order_id, mirror.round desc`,
    [id]
  )
  return rows.map(toMirror)
}

/** @throws WholesaleError 404 when it is missing or another store's */
export async function readMirror(
  manager: EntityManager,
  { store_id, id }: OfStore,
  lock: "" | "for update of mirror" = ""
): Promise<Mirror> {
  const rows = await manager.execute<MirrorRow[]>(
    `select ${MIRROR_COLUMNS} from ${MIRROR_TABLES}
      where mirror.id = ? and mirror.store_id = ? and mirror.deleted_at is null ${lock}`,
    [id, store_id]
  )
  if (!rows.length) {
    throw notFound("Mirror", id)
  }
  return toMirror(rows[0])
}

/**
 * The core order stands. Recorded once; a mirror that is made already stays as it is.
 *
 * @throws WholesaleError 409 `not_allowed` when it was reversed meanwhile: the core order that was
 * made has to be taken back
 */
export async function markMirrorMade(manager: EntityManager, mirror: OfStore): Promise<Mirror> {
  return await moveMirror(manager, mirror, "make", "made_at")
}

/**
 * The mirror is taken back as a whole, once: the wholesale order was cancelled. Refunds of it that are
 * still pending are superseded. A mirror that is reversed already stays as it is.
 */
export async function markMirrorReversed(manager: EntityManager, mirror: OfStore): Promise<Mirror> {
  const reversed = await moveMirror(manager, mirror, "reverse", "reversed_at")
  await supersedeRefunds(manager, [reversed.id])
  return reversed
}

/** The core order of a reversed mirror was taken back; noted once. */
export async function markCoreOrderReversed(
  manager: EntityManager,
  { store_id, id }: OfStore
): Promise<void> {
  await manager.execute(
    `update wholesale_mirror
        set core_reversed_at = coalesce(core_reversed_at, now()), updated_at = now()
      where id = ? and store_id = ? and status = 'reversed' and deleted_at is null`,
    [id, store_id]
  )
}

async function moveMirror(
  manager: EntityManager,
  { store_id, id }: OfStore,
  event: MirrorEvent,
  stamp: "made_at" | "reversed_at"
): Promise<Mirror> {
  const mirror = await readMirror(manager, { store_id, id }, "for update of mirror")
  if (mirror.status === (event === "make" ? "made" : "reversed")) {
    return mirror
  }
  const to = mirrorMachine.advance({ id, state: mirror.status, event })
  const at = new Date()
  await manager.execute(
    `update wholesale_mirror set status = ?, ${stamp} = ?, updated_at = now() where id = ?`,
    [to, at.toISOString(), id]
  )
  return { ...mirror, status: to, [stamp]: at }
}
