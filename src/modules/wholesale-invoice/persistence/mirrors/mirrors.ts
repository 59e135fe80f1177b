import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound, WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import { insertRecordsSql } from "../../../../lib/sql/insert-records"
import type { MirrorEvent, MirrorStatus } from "../../domain/mirror-machine"
import { mirrorMachine } from "../../domain/mirror-machine"
import type { Row } from "../columns"
import { amountColumns, toDate } from "../columns"
import type { OfStore } from "../invoices/invoices"
import { lockInvoice } from "../invoices/invoices"
import type { Invoice } from "../rows"

export interface Mirror {
  readonly id: string
  readonly store_id: string
  readonly invoice_id: string
  readonly invoice_number: string
  readonly order_id: string
  readonly order_number: string
  readonly account_id: string
  readonly core_order_id: string
  readonly status: MirrorStatus
  readonly currency_code: string
  readonly total: Amount
  readonly refunded_total: Amount
  readonly made_at: Date | null
  readonly reversed_at: Date | null
}

export type MirrorRow = Row<Mirror, "total" | "refunded_total", "made_at" | "reversed_at">

export const MIRROR_COLUMNS = `mirror.*, invoice.number as invoice_number, invoice.order_number,
  invoice.account_id, invoice.currency_code`
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
    core_order_id: row.core_order_id,
    status: row.status,
    currency_code: row.currency_code,
    total: roundAmount(row.raw_total.value, row.currency_code),
    refunded_total: roundAmount(row.raw_refunded_total.value, row.currency_code),
    made_at: toDate(row.made_at),
    reversed_at: toDate(row.reversed_at),
  }
}

/**
 * Writes down that a paid invoice needs its core order, in the transaction that makes it paid: what a
 * crash leaves undone stands in the table. Earlier credit notes get their refunds planned with it.
 * Ids derive from (invoice, order), so it is planned once.
 */
export async function planMirror(manager: EntityManager, invoice: Invoice): Promise<void> {
  const record = {
    id: derivedId("whmir", invoice.id, invoice.order_id),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    order_id: invoice.order_id,
    core_order_id: derivedId("order", invoice.id, invoice.order_id),
    status: mirrorMachine.initial,
    ...amountColumns({ total: invoice.total, refunded_total: "0" }),
  }
  await manager.execute(
    insertRecordsSql("wholesale_mirror", Object.keys(record), { onConflictDoNothing: true }),
    [JSON.stringify([record])]
  )
  await planMirrorRefunds(manager, invoice)
}

/**
 * Plans the refunds of all credit notes of the invoice that have none yet; nothing where the invoice
 * has no mirror. On a reversed mirror they are superseded from the start.
 *
 * Lock order: invoice, mirror.
 */
export async function planMirrorRefunds(
  manager: EntityManager,
  invoice: { readonly id: string }
): Promise<void> {
  const [mirror] = await manager.execute<{ id: string; status: MirrorStatus }[]>(
    `select id, status from wholesale_mirror
      where invoice_id = ? and deleted_at is null for update`,
    [invoice.id]
  )
  if (!mirror) {
    return
  }
  const notes = await manager.execute<
    { id: string; store_id: string; currency_code: string; raw_total: { value: string } }[]
  >(
    `select note.id, note.store_id, note.currency_code, note.raw_total
       from wholesale_credit_note note
      where note.invoice_id = ? and note.deleted_at is null
        and not exists (select 1 from wholesale_mirror_refund refund
                         where refund.credit_note_id = note.id and refund.deleted_at is null)`,
    [invoice.id]
  )
  if (!notes.length) {
    return
  }
  const records = notes.map((note) => ({
    id: derivedId("whmirref", mirror.id, note.id),
    store_id: note.store_id,
    mirror_id: mirror.id,
    credit_note_id: note.id,
    ...amountColumns({ amount: roundAmount(note.raw_total.value, note.currency_code) }),
    status: mirror.status === "reversed" ? "superseded" : "pending",
  }))
  await manager.execute(
    insertRecordsSql("wholesale_mirror_refund", Object.keys(records[0]), {
      onConflictDoNothing: true,
    }),
    [JSON.stringify(records)]
  )
}

/**
 * The mirror of a paid invoice, planned where it is not yet. The core order is made elsewhere, under
 * the id `core_order_id`.
 *
 * @throws WholesaleError 409 `invoice_not_paid`; 404
 */
export async function ensureMirror(
  manager: EntityManager,
  input: { readonly store_id: string; readonly invoice_id: string }
): Promise<Mirror> {
  const invoice = await lockInvoice(manager, { store_id: input.store_id, id: input.invoice_id })
  if (invoice.status !== "paid") {
    throw new WholesaleError(
      409,
      "invoice_not_paid",
      `Invoice ${invoice.number} is ${invoice.status}; only a paid invoice is mirrored.`,
      { invoice_id: invoice.id, number: invoice.number, status: invoice.status }
    )
  }
  await planMirror(manager, invoice)
  const id = derivedId("whmir", invoice.id, invoice.order_id)
  return await readMirror(manager, { store_id: input.store_id, id })
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
  await manager.execute(
    `update wholesale_mirror_refund set status = 'superseded', updated_at = now()
      where mirror_id = ? and status = 'pending'`,
    [reversed.id]
  )
  return reversed
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
