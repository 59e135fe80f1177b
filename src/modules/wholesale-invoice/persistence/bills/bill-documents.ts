import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { InvoiceLineKind } from "../../../../lib/charges/charge"
import type { Edition } from "../../../../lib/edition/edition"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import type { Row } from "../columns"
import { amountColumns } from "../columns"
import type { Bill } from "./bills"
import { upsertNewer } from "./bills"

/** What a partner's credit note takes back of a line. */
export interface BillCreditLine {
  readonly invoice_line_id: string
  readonly kind: InvoiceLineKind
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly subtotal: Amount
}

export interface BillDocument {
  readonly id: string
  readonly connection_id: string
  readonly invoice_id: string
  readonly kind: "credit_note" | "payment"
  readonly document_id: string
  /** The credit note's number; a payment has none. */
  readonly number: string | null
  readonly currency_code: string
  readonly amount: Amount
  /** Reason of the credit note, or method and reference of the payment. */
  readonly note: string | null
  readonly lines: BillCreditLine[] | null
  readonly dated_at: Date
  readonly document_incarnation: number
  readonly document_revision: number
}

type BillDocumentRow = Row<BillDocument, "amount", "dated_at">

interface PartnerDocument extends Edition {
  readonly store_id: string
  readonly connection_id: string
  /** The partner's id of the invoice. */
  readonly invoice_id: string
  readonly currency_code: string
}

export interface ReceiveCreditNoteInput extends PartnerDocument {
  readonly credit_note_id: string
  readonly number: string
  readonly total: Amount
  readonly reason: string
  readonly lines: readonly BillCreditLine[]
  readonly issued_at: Date | string
}

/** A partner's receipt of a payment: which of its invoices it lies on now, each once. */
export interface ReceivePaymentInput extends Omit<PartnerDocument, "invoice_id"> {
  readonly payment_id: string
  readonly allocations: readonly { readonly invoice_id: string; readonly amount: Amount }[]
  readonly method: string
  readonly reference?: string | null
  readonly received_at: Date | string
}

/**
 * Keeps a partner's credit note at its newest edition; a known or older one changes nothing. It may
 * come before its invoice. The bill's totals move with the invoice's own next revision.
 */
export async function receiveCreditNote(
  manager: EntityManager,
  input: ReceiveCreditNoteInput
): Promise<{ applied: boolean }> {
  return await receive(manager, input, {
    kind: "credit_note",
    document_id: input.credit_note_id,
    number: input.number,
    amount: input.total,
    note: input.reason,
    lines: input.lines,
    dated_at: input.issued_at,
  })
}

/**
 * Keeps a partner's receipt of a payment, as {@link receiveCreditNote} keeps credit notes: one row for each
 * bill. What a newer edition no longer names, because it was taken off that invoice, stays as a row of
 * nothing, so that an older edition cannot bring it back.
 */
export async function receivePayment(
  manager: EntityManager,
  input: ReceivePaymentInput
): Promise<{ applied: boolean }> {
  const named = new Map(input.allocations.map(({ invoice_id, amount }) => [invoice_id, amount]))
  const known = await manager.execute<{ invoice_id: string }[]>(
    `select invoice_id from wholesale_bill_document
      where connection_id = ? and store_id = ? and kind = 'payment' and document_id = ?
        and deleted_at is null`,
    [input.connection_id, input.store_id, input.payment_id]
  )
  const invoices = new Set([...named.keys(), ...known.map(({ invoice_id }) => invoice_id)])
  const results: boolean[] = []
  for (const invoice_id of [...invoices].sort()) {
    const { applied } = await receive(
      manager,
      { ...input, invoice_id },
      {
        kind: "payment",
        document_id: input.payment_id,
        number: null,
        amount: named.get(invoice_id) ?? "0",
        note: input.reference ? `${input.method}: ${input.reference}` : input.method,
        lines: null,
        dated_at: input.received_at,
      }
    )
    results.push(applied)
  }
  return { applied: results.some((applied) => applied) }
}

/** The credit notes and payments of a bill, oldest first. */
export async function documentsOfBill(
  manager: EntityManager,
  { store_id, connection_id, invoice_id }: Pick<Bill, "store_id" | "connection_id" | "invoice_id">
): Promise<BillDocument[]> {
  const rows = await manager.execute<BillDocumentRow[]>(
    `select * from wholesale_bill_document
      where connection_id = ? and invoice_id = ? and store_id = ? and amount <> 0
        and deleted_at is null
      order by dated_at, id`,
    [connection_id, invoice_id, store_id]
  )
  return rows.map((row) => ({
    id: row.id,
    connection_id: row.connection_id,
    invoice_id: row.invoice_id,
    kind: row.kind,
    document_id: row.document_id,
    number: row.number,
    currency_code: row.currency_code,
    amount: roundAmount(row.raw_amount.value, row.currency_code),
    note: row.note,
    lines: row.lines?.map((line) => ({ ...line, kind: line.kind ?? "item" })) ?? null,
    dated_at: new Date(row.dated_at),
    document_incarnation: row.document_incarnation,
    document_revision: row.document_revision,
  }))
}

async function receive(
  manager: EntityManager,
  { store_id, connection_id, invoice_id, incarnation, revision, currency_code }: PartnerDocument,
  document: Pick<BillDocument, "kind" | "document_id" | "number" | "amount" | "note"> & {
    readonly lines: readonly BillCreditLine[] | null
    readonly dated_at: Date | string
  }
): Promise<{ applied: boolean }> {
  const { amount, dated_at, ...rest } = document
  const applied = await upsertNewer(
    manager,
    "wholesale_bill_document",
    ["connection_id", "kind", "document_id", "invoice_id"],
    {
      id: generateEntityId(undefined, "whbilldoc"),
      store_id,
      connection_id,
      invoice_id,
      ...rest,
      currency_code: currency_code.toLowerCase(),
      ...amountColumns({ amount }),
      dated_at: new Date(dated_at).toISOString(),
      document_incarnation: incarnation,
      document_revision: revision,
    }
  )
  return { applied: applied !== undefined }
}
