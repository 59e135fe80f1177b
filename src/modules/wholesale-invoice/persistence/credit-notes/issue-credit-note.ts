import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import type { CreditNoteLine, QuantityToCredit } from "../../domain/credit-note-shares"
import {
  creditAmount,
  creditNoteTaxSummary,
  creditNoteTotals,
  creditQuantities,
} from "../../domain/credit-note-shares"
import { creditableOf } from "../../domain/invoice-machine"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import { amountColumns } from "../columns"
import { assertAllowed, changeInvoices, insertRecords, lockInvoice, readLines } from "../invoices/invoices"
import { assertNotWrittenOff } from "../invoices/write-off"
import { planMirrorRefunds, planMirrors } from "../mirrors/plan-mirrors"
import { drawNumber } from "../numbering"
import { itemsOf, latest } from "../payments/open-items"
import type { CreditNote, CreditNoteRow, Invoice, InvoiceLine } from "../rows"
import { toCreditNote } from "../rows"

/**
 * What a note takes back: quantities of lines, at their price or amounts of their own, or an amount, its
 * tax included, over all lines or over those of one order.
 */
export type CreditNoteScope =
  | { readonly lines: readonly QuantityToCredit[] }
  | { readonly amount: Amount; readonly order_id?: string }

export type IssueCreditNoteInput = CreditNoteScope & {
  /** Makes the credit note once, however often it is issued. */
  readonly id?: string
  readonly store_id: string
  readonly invoice_id: string
  readonly reason: string
  /** The store's credit note number pattern. */
  readonly number_pattern: string
  readonly issued_at?: Date
  readonly actor: Actor
}

/**
 * Issues a credit note against an invoice, paid or not. Over quantities each line gives its part of
 * net amount and tax; over an amount all lines give by what is left of them. The notes of an invoice
 * never exceed it, nor a line's quantity; together they can sum to it exactly. The note is put to what
 * is outstanding; what goes beyond it is credit on account, to be put to other invoices or paid back.
 * Where the invoice has a mirror its refund is planned. The same id again answers the note it made.
 *
 * @throws WholesaleError 409 `credit_exceeds_invoice` with `total`, `credited_total`, `creditable`,
 * `amount`, `over_by`; 409 `credit_exceeds_line`; 409 `nothing_to_credit`; 409 `not_allowed` on a void
 * or wholly credited invoice; 409 `invoice_written_off`; 409 `credit_note_id_reused`; 400 for a malformed request; 404
 */
export async function issueCreditNote(
  manager: EntityManager,
  input: IssueCreditNoteInput
): Promise<{ credit_note: CreditNote; invoice: Invoice }> {
  const invoice = await lockInvoice(manager, { store_id: input.store_id, id: input.invoice_id })
  const known = input.id && (await creditNoteOf(manager, input.id))
  if (known) {
    assertSameNote(known, invoice, input)
    return { credit_note: known, invoice }
  }
  await assertNotWrittenOff(manager, invoice)
  assertAllowed(invoice, "credit")
  const invoiceLines = await readLines(manager, invoice)
  const lines = sharesOf(invoice, invoiceLines, input)
  const totals = creditNoteTotals(lines, invoice.currency_code)
  if (MathBN.eq(totals.total, 0)) {
    throw new WholesaleError(
      409,
      "nothing_to_credit",
      `Nothing is left to credit on these lines of invoice ${invoice.number}.`,
      { invoice_id: invoice.id, number: invoice.number }
    )
  }

  const issuedAt = input.issued_at ?? new Date()
  const id = input.id ?? generateEntityId(undefined, "whcn")
  const number = await drawNumber(manager, {
    store_id: invoice.store_id,
    series: "credit_note",
    pattern: input.number_pattern,
    at: issuedAt,
  })
  await insertRecords(manager, "wholesale_credit_note", [
    {
      id,
      store_id: invoice.store_id,
      account_id: invoice.account_id,
      invoice_id: invoice.id,
      connection_id: invoice.connection_id,
      number,
      currency_code: invoice.currency_code,
      ...amountColumns(totals),
      tax_summary: creditNoteTaxSummary(lines, invoice.tax_summary, invoice.currency_code),
      reason: input.reason,
      lines,
      issued_at: issuedAt.toISOString(),
      actor_type: input.actor.actor_type,
      actor_id: input.actor.actor_id,
      revision: 1,
      announced_revision: 0,
    },
  ])
  await raiseCreditedOnLines(manager, invoiceLines, lines, invoice.currency_code)
  const applied = roundAmount(MathBN.min(totals.total, invoice.outstanding), invoice.currency_code)
  await putToInvoice(manager, invoice, { id, applied, issuedAt, actor: input.actor })
  const [after] = await changeInvoices(
    manager,
    [
      {
        invoice,
        event: "credit",
        totals: {
          credited_total: sumAmounts([invoice.credited_total, totals.total], invoice.currency_code),
          applied_credit_total: sumAmounts([invoice.applied_credit_total, applied], invoice.currency_code),
        },
        details: { credit_note_id: id, number, total: totals.total, applied },
      },
    ],
    { at: issuedAt, actor: input.actor, reason: input.reason }
  )
  if (after.status === "paid" && invoice.status !== "paid") {
    await planMirrors(manager, [after])
  } else {
    await planMirrorRefunds(manager, [after])
  }
  const [row] = await manager.execute<CreditNoteRow[]>(
    `select * from wholesale_credit_note where id = ?`,
    [id]
  )
  return { credit_note: toCreditNote(row), invoice: after }
}

/** The note settles what is outstanding of its own invoice, as far as it goes. */
async function putToInvoice(
  manager: EntityManager,
  invoice: Invoice,
  note: { readonly id: string; readonly applied: Amount; readonly issuedAt: Date; readonly actor: Actor }
): Promise<void> {
  if (MathBN.eq(note.applied, 0)) {
    return
  }
  const [{ free_since }] = await itemsOf(manager, [invoice])
  await insertRecords(manager, "wholesale_payment_allocation", [
    {
      id: derivedId("whpayal", note.id, invoice.id, "credit_note"),
      store_id: invoice.store_id,
      account_id: invoice.account_id,
      operation_id: note.id,
      kind: "credit_note",
      credit_note_id: note.id,
      invoice_id: invoice.id,
      ...amountColumns({ amount: note.applied }),
      applied_on: latest(note.issuedAt, free_since).toISOString(),
      actor_type: note.actor.actor_type,
      actor_id: note.actor.actor_id,
    },
  ])
}

function sharesOf(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  scope: CreditNoteScope
): CreditNoteLine[] {
  const currency = invoice.currency_code
  if ("lines" in scope) {
    return creditQuantities(lines, scope.lines, currency)
  }
  const amount = positiveAmount(scope.amount, currency)
  const chosen = scope.order_id === undefined ? lines : linesOfOrder(invoice, lines, scope.order_id)
  const creditable = scope.order_id === undefined ? creditableOf(invoice) : leftOf(invoice, chosen)
  if (MathBN.gt(amount, creditable)) {
    throw new WholesaleError(
      409,
      "credit_exceeds_invoice",
      `A credit of ${amount} is more than the ${creditable} ${currency.toUpperCase()} ` +
        `that earlier credit notes leave of ${scope.order_id === undefined ? "" : "the order on "}invoice ${invoice.number}.`,
      {
        invoice_id: invoice.id,
        number: invoice.number,
        ...(scope.order_id !== undefined && { order_id: scope.order_id }),
        currency_code: currency,
        total: invoice.total,
        credited_total: invoice.credited_total,
        creditable,
        amount,
        over_by: subtractAmounts(amount, creditable, currency),
      }
    )
  }
  return creditAmount(chosen, amount, currency)
}

/** What earlier notes leave of one order on an invoice; nothing of a void one. */
export async function creditableOfOrder(manager: EntityManager, invoice: Invoice, orderId: string): Promise<Amount> {
  const lines = linesOfOrder(invoice, await readLines(manager, invoice), orderId)
  return invoice.status === "void" ? roundAmount(0, invoice.currency_code) : leftOf(invoice, lines)
}

function leftOf({ currency_code }: Invoice, lines: readonly InvoiceLine[]): Amount {
  const sold = lines.flatMap(({ subtotal, tax_total }) => [subtotal, tax_total])
  const credited = lines.flatMap(({ credited_amount, credited_tax }) => [credited_amount, credited_tax])
  return subtractAmounts(sumAmounts(sold, currency_code), sumAmounts(credited, currency_code), currency_code)
}

/** @throws WholesaleError 409 `order_not_on_invoice` with the orders that are */
function linesOfOrder(invoice: Invoice, lines: readonly InvoiceLine[], orderId: string): InvoiceLine[] {
  const found = lines.filter(({ order_id }) => order_id === orderId)
  if (!found.length) {
    const numbers = invoice.orders.map(({ order_number }) => order_number)
    throw new WholesaleError(
      409,
      "order_not_on_invoice",
      `Order ${orderId} is not on invoice ${invoice.number}, which is over ${numbers.join(", ")}.`,
      { invoice_id: invoice.id, number: invoice.number, order_id: orderId, orders: invoice.orders.map(({ order_id }) => order_id) }
    )
  }
  return found
}

/** One statement for all lines of the note. */
async function raiseCreditedOnLines(
  manager: EntityManager,
  lines: readonly InvoiceLine[],
  shares: readonly CreditNoteLine[],
  currencyCode: string
): Promise<void> {
  const shareOf = new Map(shares.map((share) => [share.line_id, share]))
  const records = lines.flatMap((line) => {
    const share = shareOf.get(line.id)
    return share
      ? [
          {
            id: line.id,
            credited_quantity: line.credited_quantity + (share.quantity ?? 0),
            ...amountColumns({
              credited_amount: sumAmounts([line.credited_amount, share.subtotal], currencyCode),
              credited_tax: sumAmounts([line.credited_tax, share.tax], currencyCode),
            }),
          },
        ]
      : []
  })
  await manager.execute(
    `update wholesale_invoice_line line
        set credited_quantity = raised.credited_quantity,
            credited_amount = raised.credited_amount, raw_credited_amount = raised.raw_credited_amount,
            credited_tax = raised.credited_tax, raw_credited_tax = raised.raw_credited_tax,
            updated_at = now()
       from json_populate_recordset(null::wholesale_invoice_line, ?::json) raised
      where line.id = raised.id`,
    [JSON.stringify(records)]
  )
}

export async function creditNoteOf(manager: EntityManager, id: string): Promise<CreditNote | undefined> {
  const rows = await manager.execute<CreditNoteRow[]>(
    `select * from wholesale_credit_note where id = ?`,
    [id]
  )
  return rows.length ? toCreditNote(rows[0]) : undefined
}

function assertSameNote(known: CreditNote, invoice: Invoice, scope: CreditNoteScope): void {
  const same =
    known.invoice_id === invoice.id &&
    ("lines" in scope
      ? quantitiesKey(known.lines) === quantitiesKey(scope.lines) &&
        scope.lines.every(({ line_id, amount }) => amount === undefined || isCreditedWith(known, line_id, amount))
      : known.lines.every((line) => line.quantity === null) && MathBN.eq(known.total, scope.amount))
  if (!same) {
    throw new WholesaleError(
      409,
      "credit_note_id_reused",
      `Credit note ${known.id} is issued already, over something else; use a new id.`,
      { credit_note_id: known.id, invoice_id: invoice.id }
    )
  }
}

function isCreditedWith({ lines }: CreditNote, lineId: string, amount: Amount): boolean {
  return lines.some(({ line_id, subtotal }) => line_id === lineId && MathBN.eq(subtotal, amount))
}

function quantitiesKey(
  lines: readonly { readonly line_id: string; readonly quantity: number | null }[]
): string {
  const quantities = new Map<string, number>()
  for (const { line_id, quantity } of lines) {
    quantities.set(line_id, (quantities.get(line_id) ?? 0) + (quantity ?? 0))
  }
  return JSON.stringify([...quantities].sort(([left], [right]) => (left < right ? -1 : 1)))
}
