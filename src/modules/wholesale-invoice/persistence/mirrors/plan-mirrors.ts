import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import type { CreditNoteLine } from "../../domain/credit-note-shares"
import type { OrderShare } from "../../domain/invoice-orders"
import { noteShares, orderShares } from "../../domain/invoice-orders"
import type { MirrorStatus } from "../../domain/mirror-machine"
import { mirrorMachine } from "../../domain/mirror-machine"
import { amountColumns } from "../columns"
import { insertRecords, readLines } from "../invoices/invoices"
import type { Invoice, InvoiceLine } from "../rows"

/**
 * Writes down that invoices which became paid need their core orders, one an order on them, in the
 * transaction that makes them paid: what a crash leaves undone stands in the table. Earlier credit notes
 * get their refunds planned with them. An invoice that was opened again and is paid again gets mirrors of
 * the next round; an order that has a living mirror gets none, nor one of which credit notes took all.
 *
 * Lock order: invoice, mirror.
 */
export async function planMirrors(manager: EntityManager, invoices: readonly Invoice[]): Promise<void> {
  if (!invoices.length) {
    return
  }
  const latest = await latestMirrors(manager, invoices)
  const lines = await linesOfInvoices(manager, invoices)
  const due = invoices.flatMap((invoice) =>
    [...orderShares(lines.get(invoice.id) ?? [], invoice.currency_code)].flatMap(([order_id, share]) => {
      const last = latest.get(mirrorKey({ invoice_id: invoice.id, order_id }))
      const isDue = (last?.status ?? "reversed") === "reversed" && !isTakenBack(share)
      return isDue ? [mirrorRecord(invoice, { order_id, total: share.total, round: (last?.round ?? 0) + 1 })] : []
    })
  )
  await insertRecords(manager, "wholesale_mirror", due)
  await planMirrorRefunds(manager, invoices)
}

/** An order over nothing is sold for nothing; one that was credited whole is not sold. */
function isTakenBack({ total, credited }: OrderShare): boolean {
  return MathBN.gt(total, 0) && MathBN.gte(credited, total)
}

/**
 * Plans the refunds of all credit notes of the invoices that their newest mirrors do not have yet: a note
 * falls on the mirrors of the orders whose lines it takes back, with what it takes of each. Nothing where
 * an invoice has no mirror. On a reversed mirror they are superseded from the start.
 *
 * Lock order: invoice, mirror.
 */
export async function planMirrorRefunds(
  manager: EntityManager,
  invoices: readonly Pick<Invoice, "id" | "currency_code">[]
): Promise<void> {
  const mirrors = await latestMirrors(manager, invoices)
  if (!mirrors.size) {
    return
  }
  const lines = await linesOfInvoices(manager, invoices)
  const notes = await manager.execute<NoteToRefund[]>(
    `select note.id, note.invoice_id, note.store_id, note.currency_code, note.lines
       from wholesale_credit_note note
      where note.invoice_id in (select json_array_elements_text(?::json)) and note.deleted_at is null`,
    [JSON.stringify(invoices.map(({ id }) => id))]
  )
  const records = notes.flatMap((note) =>
    [...noteShares(note.lines, lines.get(note.invoice_id) ?? [], note.currency_code)].flatMap(([order_id, amount]) => {
      const mirror = mirrors.get(mirrorKey({ invoice_id: note.invoice_id, order_id }))
      return mirror
        ? [
            {
              id: derivedId("whmirref", mirror.id, note.id),
              store_id: note.store_id,
              mirror_id: mirror.id,
              credit_note_id: note.id,
              ...amountColumns({ amount }),
              status: mirror.status === "reversed" ? "superseded" : "pending",
            },
          ]
        : []
    })
  )
  await insertRecords(manager, "wholesale_mirror_refund", records, { onConflictDoNothing: true })
}

/** The lines of invoices, by invoice. */
async function linesOfInvoices(
  manager: EntityManager,
  invoices: readonly Pick<Invoice, "id" | "currency_code">[]
): Promise<Map<string, InvoiceLine[]>> {
  const lines = new Map<string, InvoiceLine[]>()
  for (const invoice of invoices) {
    lines.set(invoice.id, await readLines(manager, invoice))
  }
  return lines
}

/**
 * Reverses the living mirrors of invoices that were opened again, in the transaction that opens them:
 * from then on nobody makes their core orders, and those that were made stand in the table until they
 * are taken back.
 *
 * Lock order: invoice, mirror, refund.
 */
export async function reverseMirrors(
  manager: EntityManager,
  invoices: readonly { readonly id: string }[]
): Promise<void> {
  const reversed = await manager.execute<{ id: string }[]>(
    `update wholesale_mirror set status = 'reversed', reversed_at = now(), updated_at = now()
      where invoice_id in (select json_array_elements_text(?::json)) and status <> 'reversed'
        and deleted_at is null
  returning id`,
    [JSON.stringify(invoices.map(({ id }) => id))]
  )
  await supersedeRefunds(manager, reversed.map(({ id }) => id))
}

/** What was still to be refunded on mirrors that are reversed as a whole goes with them. */
export async function supersedeRefunds(manager: EntityManager, mirrorIds: readonly string[]): Promise<void> {
  if (mirrorIds.length) {
    await manager.execute(
      `update wholesale_mirror_refund set status = 'superseded', updated_at = now()
        where mirror_id in (select json_array_elements_text(?::json)) and status = 'pending'`,
      [JSON.stringify(mirrorIds)]
    )
  }
}

interface LatestMirror {
  readonly id: string
  readonly invoice_id: string
  readonly order_id: string
  readonly round: number
  readonly status: MirrorStatus
}

interface NoteToRefund {
  readonly id: string
  readonly invoice_id: string
  readonly store_id: string
  readonly currency_code: string
  readonly lines: CreditNoteLine[]
}

const mirrorKey = ({ invoice_id, order_id }: Pick<LatestMirror, "invoice_id" | "order_id">) =>
  `${invoice_id} ${order_id}`

/** The mirror of the last round of each order on the invoices that has one, locked. */
async function latestMirrors(
  manager: EntityManager,
  invoices: readonly { readonly id: string }[]
): Promise<Map<string, LatestMirror>> {
  const rows = await manager.execute<LatestMirror[]>(
    `select id, invoice_id, order_id, round, status from wholesale_mirror
      where invoice_id in (select json_array_elements_text(?::json)) and deleted_at is null
      order by id for update`,
    [JSON.stringify(invoices.map(({ id }) => id))]
  )
  const latest = new Map<string, LatestMirror>()
  for (const row of rows) {
    const known = latest.get(mirrorKey(row))
    if (!known || known.round < row.round) {
      latest.set(mirrorKey(row), row)
    }
  }
  return latest
}

/** The ids of the first round are those that mirrors had before there were rounds. */
function mirrorRecord(
  invoice: Invoice,
  { order_id, total, round }: { readonly order_id: string; readonly total: Amount; readonly round: number }
): Record<string, unknown> {
  const parts = [invoice.id, order_id, ...(round > 1 ? [String(round)] : [])]
  return {
    id: derivedId("whmir", ...parts),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    order_id,
    round,
    core_order_id: derivedId("order", ...parts),
    status: mirrorMachine.initial,
    ...amountColumns({ total, refunded_total: "0" }),
  }
}
