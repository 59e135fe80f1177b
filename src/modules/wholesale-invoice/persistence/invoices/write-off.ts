import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import { amountColumns } from "../columns"
import { planMirrors } from "../mirrors/plan-mirrors"
import { itemsOf, latest } from "../payments/open-items"
import { allocationsOfInvoice, allocationsOfOperation, postingsOfOperation } from "../payments/payment-reads"
import { releaseAllocations } from "../payments/release"
import type { Allocation } from "../payments/rows"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"
import type { OfStore } from "./invoices"
import { assertAllowed, changeInvoices, insertRecords, lockInvoice } from "./invoices"

export interface WriteOffInput extends OfStore {
  /** Makes the write-off once, however often it is asked for. */
  readonly operation_id?: string
  /** All that is outstanding where it is not given. */
  readonly amount?: Amount
  readonly reason: string
  readonly at?: Date
  readonly actor: Actor
}

export interface WrittenOff {
  readonly invoice: Invoice
  readonly postings: Posting[]
}

/**
 * Gives up what is outstanding of an invoice, or a part of it, as a bad debt: an allocation of its own that
 * no money brought. Late charges stay: they are voided. The same operation again answers what it made.
 *
 * Lock order: invoice, mirror.
 *
 * @throws WholesaleError 409 `not_allowed` where nothing is outstanding; 409 `write_off_exceeds_outstanding`
 * with the figures; 409 `write_off_id_reused`; 400 `invalid_amount`; 404
 */
export async function writeOffInvoice(manager: EntityManager, input: WriteOffInput): Promise<WrittenOff> {
  const { store_id, id, reason, actor, operation_id = generateEntityId(undefined, "whwoff") } = input
  const invoice = await lockInvoice(manager, { store_id, id })
  const [known] = await allocationsOfOperation(manager, operation_id)
  if (known) {
    assertSame(known, invoice, input.amount)
    return { invoice, postings: await postingsOfOperation(manager, { store_id, operation_id }) }
  }
  assertAllowed(invoice, "write_off")
  const amount =
    input.amount === undefined ? invoice.outstanding : positiveAmount(input.amount, invoice.currency_code)
  assertOutstanding(invoice, amount)
  const at = input.at ?? new Date()
  const [{ free_since }] = await itemsOf(manager, [invoice])
  await insertRecords(manager, "wholesale_payment_allocation", [
    {
      id: derivedId("whpayal", operation_id, id, "write_off", ""),
      store_id,
      account_id: invoice.account_id,
      operation_id,
      kind: "write_off",
      invoice_id: id,
      ...amountColumns({ amount }),
      applied_on: latest(at, free_since).toISOString(),
      reason,
      ...actor,
    },
  ])
  const written_off_total = sumAmounts([invoice.written_off_total, amount], invoice.currency_code)
  const [after] = await changeInvoices(
    manager,
    [{ invoice, event: "write_off", totals: { written_off_total }, details: { amount } }],
    { at, actor, reason }
  )
  if (after.status === "paid") {
    await planMirrors(manager, [after])
  }
  return { invoice: after, postings: await postingsOfOperation(manager, { store_id, operation_id }) }
}

/**
 * Takes the bad debts on an invoice back: it is asked for again. What is taken back already stays so.
 *
 * Lock order: invoice, mirror.
 *
 * @throws WholesaleError 404
 */
export async function undoWriteOff(
  manager: EntityManager,
  { store_id, id, reason, at = new Date(), actor }: Omit<WriteOffInput, "amount" | "operation_id">
): Promise<WrittenOff> {
  const invoice = await lockInvoice(manager, { store_id, id })
  const { invoices, postings } = await releaseAllocations(manager, {
    store_id,
    account_id: invoice.account_id,
    which: [`allocation.invoice_id = ? and ${IS_BAD_DEBT}`, id],
    at,
    reason,
    actor,
  })
  return { invoice: invoices[0] ?? invoice, postings }
}

/** The condition on `allocation` that picks write-offs which no money brought. */
export const IS_BAD_DEBT =
  "allocation.kind = 'write_off' and allocation.payment_id is null and allocation.credit_note_id is null"

/** How much of the `invoice` that is read is given up. */
export const BAD_DEBT = `(select coalesce(sum(allocation.amount), 0) from wholesale_payment_allocation allocation
  where allocation.invoice_id = invoice.id and ${IS_BAD_DEBT}
    and allocation.reversed_on is null and allocation.deleted_at is null)`

/** The same, by its allocations. */
export function badDebtOf(allocations: readonly Allocation[], currencyCode: string): Amount {
  return sumAmounts(
    allocations
      .filter(
        ({ kind, payment_id, credit_note_id, reversed_on }) =>
          kind === "write_off" && !payment_id && !credit_note_id && !reversed_on
      )
      .map(({ amount }) => amount),
    currencyCode
  )
}

/** @throws WholesaleError 409 `invoice_written_off` where a part of the invoice is given up */
export async function assertNotWrittenOff(manager: EntityManager, invoice: Invoice): Promise<void> {
  const { id, number, currency_code } = invoice
  const written_off = badDebtOf(await allocationsOfInvoice(manager, id), currency_code)
  if (MathBN.gt(written_off, 0)) {
    throw new WholesaleError(
      409,
      "invoice_written_off",
      `${written_off} ${currency_code.toUpperCase()} of invoice ${number} is written off; take that back first.`,
      { invoice_id: id, number, currency_code, written_off, status: invoice.status }
    )
  }
}

function assertOutstanding({ id, number, currency_code, outstanding }: Invoice, amount: Amount): void {
  if (MathBN.gt(amount, outstanding)) {
    throw new WholesaleError(
      409,
      "write_off_exceeds_outstanding",
      `${amount} is more than the ${outstanding} ${currency_code.toUpperCase()} outstanding on invoice ${number}.`,
      {
        invoice_id: id,
        number,
        currency_code,
        outstanding,
        amount,
        over_by: subtractAmounts(amount, outstanding, currency_code),
      }
    )
  }
}

function assertSame(known: Allocation, invoice: Invoice, amount: Amount | undefined): void {
  if (known.invoice_id !== invoice.id || (amount !== undefined && !MathBN.eq(known.amount, amount))) {
    throw new WholesaleError(
      409,
      "write_off_id_reused",
      `This write-off is made already, of ${known.amount} on invoice ${known.invoice_number}; use a new id.`,
      { invoice_id: known.invoice_id, amount: known.amount }
    )
  }
}
