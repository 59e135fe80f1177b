import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { derivedId } from "../../../../lib/ids/derived-id"
import { roundAmount } from "../../../../lib/money/amount"
import type { MirrorStatus } from "../../domain/mirror-machine"
import { mirrorMachine } from "../../domain/mirror-machine"
import { amountColumns } from "../columns"
import { insertRecords } from "../invoices/invoices"
import type { Invoice } from "../rows"

/**
 * Writes down that invoices which became paid need their core orders, in the transaction that makes them
 * paid: what a crash leaves undone stands in the table. Earlier credit notes get their refunds planned
 * with them. An invoice that was opened again and is paid again gets a mirror of the next round; one
 * that has a living mirror gets none.
 *
 * Lock order: invoice, mirror.
 */
export async function planMirrors(manager: EntityManager, invoices: readonly Invoice[]): Promise<void> {
  if (!invoices.length) {
    return
  }
  const latest = await latestMirrors(manager, invoices)
  const due = invoices.filter(({ id }) => (latest.get(id)?.status ?? "reversed") === "reversed")
  await insertRecords(
    manager,
    "wholesale_mirror",
    due.map((invoice) => mirrorRecord(invoice, (latest.get(invoice.id)?.round ?? 0) + 1))
  )
  await planMirrorRefunds(manager, invoices)
}

/**
 * Plans the refunds of all credit notes of the invoices that their newest mirrors do not have yet; nothing
 * where an invoice has no mirror. On a reversed mirror they are superseded from the start.
 *
 * Lock order: invoice, mirror.
 */
export async function planMirrorRefunds(
  manager: EntityManager,
  invoices: readonly { readonly id: string }[]
): Promise<void> {
  const mirrors = await latestMirrors(manager, invoices)
  if (!mirrors.size) {
    return
  }
  const notes = await manager.execute<NoteToRefund[]>(
    `select note.id, note.invoice_id, note.store_id, note.currency_code, note.raw_total
       from wholesale_credit_note note
      where note.invoice_id in (select json_array_elements_text(?::json)) and note.deleted_at is null`,
    [JSON.stringify([...mirrors.keys()])]
  )
  const records = notes.flatMap((note) => {
    const mirror = mirrors.get(note.invoice_id)
    return mirror
      ? [
          {
            id: derivedId("whmirref", mirror.id, note.id),
            store_id: note.store_id,
            mirror_id: mirror.id,
            credit_note_id: note.id,
            ...amountColumns({ amount: roundAmount(note.raw_total.value, note.currency_code) }),
            status: mirror.status === "reversed" ? "superseded" : "pending",
          },
        ]
      : []
  })
  await insertRecords(manager, "wholesale_mirror_refund", records, { onConflictDoNothing: true })
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
  readonly round: number
  readonly status: MirrorStatus
}

interface NoteToRefund {
  readonly id: string
  readonly invoice_id: string
  readonly store_id: string
  readonly currency_code: string
  readonly raw_total: { readonly value: string }
}

/** The mirror of the last round of each invoice that has one, locked. */
async function latestMirrors(
  manager: EntityManager,
  invoices: readonly { readonly id: string }[]
): Promise<Map<string, LatestMirror>> {
  const rows = await manager.execute<LatestMirror[]>(
    `select id, invoice_id, round, status from wholesale_mirror
      where invoice_id in (select json_array_elements_text(?::json)) and deleted_at is null
      order by id for update`,
    [JSON.stringify(invoices.map(({ id }) => id))]
  )
  const latest = new Map<string, LatestMirror>()
  for (const row of rows) {
    const known = latest.get(row.invoice_id)
    if (!known || known.round < row.round) {
      latest.set(row.invoice_id, row)
    }
  }
  return latest
}

/** The ids of the first round are those that mirrors had before there were rounds. */
function mirrorRecord(invoice: Invoice, round: number): Record<string, unknown> {
  const parts = [invoice.id, invoice.order_id, ...(round > 1 ? [String(round)] : [])]
  return {
    id: derivedId("whmir", ...parts),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    order_id: invoice.order_id,
    round,
    core_order_id: derivedId("order", ...parts),
    status: mirrorMachine.initial,
    ...amountColumns({ total: invoice.total, refunded_total: "0" }),
  }
}
