import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import { positiveAmount } from "../../domain/positive-amount"
import { amountColumns } from "../columns"
import { assertAllowed, changeInvoice, insertRecords, lockInvoice } from "../invoices/invoices"
import { planMirror } from "../mirrors/mirrors"
import type { Invoice, Payment, PaymentRow } from "../rows"
import { toPayment } from "../rows"

export interface RecordPaymentInput {
  /** Makes the payment once, however often it is recorded. */
  readonly id?: string
  readonly store_id: string
  readonly invoice_id: string
  readonly amount: Amount
  readonly method: string
  readonly reference?: string | null
  readonly received_at?: Date
  readonly actor: Actor
}

/** A payment with the part of it that went to its invoice. */
export const PAYMENT_COLUMNS = "payment.*, allocation.invoice_id"
export const PAYMENT_TABLES = `wholesale_payment payment
  join wholesale_payment_allocation allocation
    on allocation.payment_id = payment.id and allocation.deleted_at is null`

/**
 * Records money received for one invoice, in full or in part: payment, allocation and invoice in one
 * transaction under the invoice's row lock, so two payments at once never overpay. Settling the
 * invoice makes it `paid` and plans its mirror. The same id again answers what it made.
 *
 * @throws WholesaleError 409 `payment_exceeds_outstanding` with `total`, `paid_total`,
 * `credited_total`, `outstanding`, `amount`, `over_by`; 409 `not_allowed` on a paid, credited or void
 * invoice; 409 `payment_id_reused`; 400 `invalid_amount`; 404
 */
export async function recordPayment(
  manager: EntityManager,
  input: RecordPaymentInput
): Promise<{ payment: Payment; invoice: Invoice }> {
  const invoice = await lockInvoice(manager, { store_id: input.store_id, id: input.invoice_id })
  const amount = positiveAmount(input.amount, invoice.currency_code)
  const known = input.id && (await paymentOf(manager, input.id))
  if (known) {
    assertSamePayment(known, invoice, amount)
    return { payment: known, invoice }
  }
  assertAllowed(invoice, "pay")
  assertWithinOutstanding(invoice, amount)

  const id = input.id ?? generateEntityId(undefined, "whpay")
  const receivedAt = input.received_at ?? new Date()
  await insertRecords(manager, "wholesale_payment", [
    {
      id,
      store_id: invoice.store_id,
      account_id: invoice.account_id,
      connection_id: invoice.connection_id,
      ...amountColumns({ amount }),
      currency_code: invoice.currency_code,
      method: input.method,
      reference: input.reference ?? null,
      received_at: receivedAt.toISOString(),
      actor_type: input.actor.actor_type,
      actor_id: input.actor.actor_id,
      revision: 1,
      announced_revision: 0,
    },
  ])
  await insertRecords(manager, "wholesale_payment_allocation", [
    {
      id: derivedId("whpayal", id, invoice.id),
      store_id: invoice.store_id,
      payment_id: id,
      invoice_id: invoice.id,
      ...amountColumns({ amount }),
    },
  ])
  const after = await changeInvoice(manager, invoice, {
    event: "pay",
    paid_total: sumAmounts([invoice.paid_total, amount], invoice.currency_code),
    at: receivedAt,
    actor: input.actor,
    details: { payment_id: id, amount },
  })
  if (after.status === "paid") {
    await planMirror(manager, after)
  }
  const [row] = await manager.execute<PaymentRow[]>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENT_TABLES} where payment.id = ?`,
    [id]
  )
  return { payment: toPayment(row), invoice: after }
}

async function paymentOf(manager: EntityManager, id: string): Promise<Payment | undefined> {
  const rows = await manager.execute<PaymentRow[]>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENT_TABLES} where payment.id = ?`,
    [id]
  )
  return rows.length ? toPayment(rows[0]) : undefined
}

function assertSamePayment(known: Payment, invoice: Invoice, amount: Amount): void {
  if (known.invoice_id !== invoice.id || !MathBN.eq(known.amount, amount)) {
    throw new WholesaleError(
      409,
      "payment_id_reused",
      `Payment ${known.id} is recorded already, for another invoice or amount; use a new id.`,
      { payment_id: known.id, invoice_id: invoice.id, amount }
    )
  }
}

function assertWithinOutstanding(invoice: Invoice, amount: Amount): void {
  if (MathBN.lte(amount, invoice.outstanding)) {
    return
  }
  const currency = invoice.currency_code
  throw new WholesaleError(
    409,
    "payment_exceeds_outstanding",
    `A payment of ${amount} is more than the ${invoice.outstanding} ${currency.toUpperCase()} ` +
      `outstanding on invoice ${invoice.number}.`,
    {
      invoice_id: invoice.id,
      number: invoice.number,
      currency_code: currency,
      total: invoice.total,
      paid_total: invoice.paid_total,
      credited_total: invoice.credited_total,
      outstanding: invoice.outstanding,
      amount: roundAmount(amount, currency),
      over_by: subtractAmounts(amount, invoice.outstanding, currency),
    }
  )
}
