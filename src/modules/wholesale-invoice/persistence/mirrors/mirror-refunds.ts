import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, sumAmounts } from "../../../../lib/money/amount"
import { rawAmount } from "../../../../lib/sql/insert-records"
import type { KeyPage } from "../../../../lib/sql/key-page"
import type { MirrorRefundStatus } from "../../domain/mirror-machine"
import { mirrorRefundMachine } from "../../domain/mirror-machine"
import type { Row } from "../columns"
import type { OfStore } from "../invoices/invoices"
import { lockInvoice } from "../invoices/invoices"
import type { Mirror, MirrorRow } from "./mirrors"
import { MIRROR_COLUMNS, MIRROR_TABLES, readMirror, toMirror } from "./mirrors"
import { planMirrorRefunds } from "./plan-mirrors"

export interface MirrorRefund {
  readonly id: string
  readonly store_id: string
  readonly mirror_id: string
  readonly core_order_id: string
  readonly credit_note_id: string
  readonly currency_code: string
  readonly amount: Amount
  readonly status: MirrorRefundStatus
}

type MirrorRefundRow = Row<MirrorRefund, "amount", never>

const REFUND_COLUMNS = "refund.*, mirror.core_order_id, invoice.currency_code"
const REFUND_TABLES = `wholesale_mirror_refund refund
  join wholesale_mirror mirror on mirror.id = refund.mirror_id
  join wholesale_invoice invoice on invoice.id = mirror.invoice_id`

/** The paid invoices of all stores whose core order does not stand yet. */
export async function pendingMirrors(
  manager: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<Mirror[]> {
  const rows = await manager.execute<MirrorRow[]>(
    `select ${MIRROR_COLUMNS} from ${MIRROR_TABLES}
      where mirror.status = 'pending' and mirror.deleted_at is null and mirror.id > ?
      order by mirror.id limit ?`,
    [after, limit]
  )
  return rows.map(toMirror)
}

/** The reversed mirrors of all stores whose core orders still have to be taken back. */
export async function pendingMirrorReversals(
  manager: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<Mirror[]> {
  const rows = await manager.execute<MirrorRow[]>(
    `select ${MIRROR_COLUMNS} from ${MIRROR_TABLES}
      where mirror.status = 'reversed' and mirror.made_at is not null
        and mirror.core_reversed_at is null and mirror.deleted_at is null and mirror.id > ?
      order by mirror.id limit ?`,
    [after, limit]
  )
  return rows.map(toMirror)
}

/** The credit notes of all stores that still have to be refunded on a core order that stands. */
export async function pendingMirrorRefunds(
  manager: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<MirrorRefund[]> {
  const rows = await manager.execute<MirrorRefundRow[]>(
    `select ${REFUND_COLUMNS} from ${REFUND_TABLES}
      where refund.status = 'pending' and refund.deleted_at is null and refund.id > ?
        and mirror.status = 'made'
      order by refund.id limit ?`,
    [after, limit]
  )
  return rows.map(toMirrorRefund)
}

/**
 * The refunds of a credit note on the mirrors of the orders whose lines it takes back, in their last
 * rounds, planned where they are not yet; none while the invoice has no mirror, for then they are planned
 * together with it.
 *
 * @throws WholesaleError 404
 */
export async function ensureMirrorRefunds(
  manager: EntityManager,
  { store_id, credit_note_id }: { readonly store_id: string; readonly credit_note_id: string }
): Promise<MirrorRefund[]> {
  const [note] = await manager.execute<{ invoice_id: string }[]>(
    `select invoice_id from wholesale_credit_note
      where id = ? and store_id = ? and deleted_at is null`,
    [credit_note_id, store_id]
  )
  if (!note) {
    throw notFound("Credit note", credit_note_id)
  }
  await planMirrorRefunds(manager, [await lockInvoice(manager, { store_id, id: note.invoice_id })])
  const rows = await manager.execute<MirrorRefundRow[]>(
    `select distinct on (mirror.order_id) ${REFUND_COLUMNS} from ${REFUND_TABLES}
      where refund.credit_note_id = ? and refund.deleted_at is null
      order by mirror.order_id, mirror.round desc`,
    [credit_note_id]
  )
  return rows.map(toMirrorRefund)
}

/**
 * The core order is refunded. The mirror's `refunded_total` rises once; a refund that is done already
 * changes nothing.
 *
 * Lock order: mirror, refund.
 *
 * @throws WholesaleError 409 `not_allowed` when the mirror was reversed meanwhile; 404
 */
export async function markMirrorRefundDone(
  manager: EntityManager,
  { store_id, id }: OfStore
): Promise<{ refund: MirrorRefund; mirror: Mirror }> {
  const { mirror_id } = await readRefund(manager, { store_id, id })
  const mirror = await readMirror(manager, { store_id, id: mirror_id }, "for update of mirror")
  const refund = await readRefund(manager, { store_id, id })
  if (refund.status === "done") {
    return { refund, mirror }
  }
  const status = mirrorRefundMachine.advance({ id, state: refund.status, event: "refund" })
  await manager.execute(
    `update wholesale_mirror_refund set status = ?, updated_at = now() where id = ?`,
    [status, id]
  )
  const refunded_total = sumAmounts([mirror.refunded_total, refund.amount], mirror.currency_code)
  await manager.execute(
    `update wholesale_mirror
        set refunded_total = ?, raw_refunded_total = ?::jsonb, updated_at = now()
      where id = ?`,
    [refunded_total, JSON.stringify(rawAmount(refunded_total)), mirror.id]
  )
  return { refund: { ...refund, status }, mirror: { ...mirror, refunded_total } }
}

async function readRefund(
  manager: EntityManager,
  { store_id, id }: OfStore
): Promise<MirrorRefund> {
  const rows = await manager.execute<MirrorRefundRow[]>(
    `select ${REFUND_COLUMNS} from ${REFUND_TABLES}
      where refund.id = ? and refund.store_id = ? and refund.deleted_at is null`,
    [id, store_id]
  )
  if (!rows.length) {
    throw notFound("Mirror refund", id)
  }
  return toMirrorRefund(rows[0])
}

function toMirrorRefund(row: MirrorRefundRow): MirrorRefund {
  return {
    id: row.id,
    store_id: row.store_id,
    mirror_id: row.mirror_id,
    core_order_id: row.core_order_id,
    credit_note_id: row.credit_note_id,
    currency_code: row.currency_code,
    amount: roundAmount(row.raw_amount.value, row.currency_code),
    status: row.status,
  }
}
