import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { insertRecordsSql } from "../../../../lib/sql/insert-records"
import type { AllocationStrategy, Choice } from "../../domain/allocation-plan"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import { amountColumns } from "../columns"
import { readInvoice } from "../invoices/invoices"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"
import { lockSource } from "./credit-source"
import { invoicesOfOperation, postingsOfOperation, readPayment } from "./payment-reads"
import { choicesOf, put } from "./put"
import type { Payment } from "./rows"

/** Money for one invoice, or for an account by a strategy. */
export type PaymentPurpose =
  | { readonly invoice_id: string }
  | {
      readonly account_id: string
      readonly currency_code: string
      readonly strategy: AllocationStrategy
      /** Of `by_choice`: what goes to which invoice; what they leave stays on the account. */
      readonly allocations?: readonly Choice[]
    }

export type RecordPaymentInput = PaymentPurpose & {
  /** Makes the payment once, however often it is recorded. */
  readonly id?: string
  readonly store_id: string
  readonly amount: Amount
  readonly method: string
  readonly reference?: string | null
  readonly received_at?: Date
  /** The partner that is told of it; of the invoice's, where one is named. */
  readonly connection_id?: string | null
  readonly actor: Actor
}

export interface RecordedPayment {
  readonly payment: Payment
  /** Those that money of it went to. */
  readonly invoices: Invoice[]
  readonly postings: Posting[]
}

/** A day's difference of clocks and time zones. */
const AHEAD_MILLISECONDS = 24 * 60 * 60 * 1000

/**
 * Records money received of an account and puts it to invoices, in one transaction: payment, allocations,
 * discounts, write-offs, invoices and mirrors. Two payments at once never overpay an invoice. What is not
 * put to one is credit on account. The same id again answers what it made.
 *
 * Lock order: payment, invoices by id, mirrors.
 *
 * @throws WholesaleError 409 `payment_exceeds_outstanding` with `total`, `paid_total`,
 * `credited_total`, `outstanding`, `amount`, `over_by`; 409 `not_allowed` on a paid, credited or void
 * invoice; 409 `allocation_exceeds_unapplied`; 409 `account_mismatch`; 409 `payment_id_reused`;
 * 400 `invalid_amount`, `received_in_future`; 404
 */
export async function recordPayment(
  manager: EntityManager,
  input: RecordPaymentInput
): Promise<RecordedPayment> {
  const { store_id, actor } = input
  const asked = await purposeOf(manager, input)
  const id = input.id ?? generateEntityId(undefined, "whpay")
  const received_at = input.received_at ?? new Date()
  if (received_at.getTime() > Date.now() + AHEAD_MILLISECONDS) {
    throw new WholesaleError(400, "received_in_future", "A payment is recorded once it was received.", {
      field: "received_at",
      received_at: received_at.toISOString(),
    })
  }
  const record = {
    id,
    store_id,
    account_id: asked.account_id,
    connection_id: asked.connection_id,
    status: "received",
    ...amountColumns({ amount: asked.amount }),
    currency_code: asked.currency_code,
    method: input.method,
    reference: input.reference ?? null,
    received_at: received_at.toISOString(),
    strategy: asked.strategy,
    choices: asked.choices.length ? asked.choices : null,
    actor_type: actor.actor_type,
    actor_id: actor.actor_id,
    revision: 1,
    announced_revision: 0,
  }
  // Whoever comes with the same id at the same time waits here, and finds it recorded.
  const inserted = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_payment", Object.keys(record), { onConflictDoNothing: true })} returning id`,
    [JSON.stringify([record])]
  )
  const source = await lockSource(manager, { type: "payment", id, store_id })
  if (!inserted.length) {
    assertSamePayment(await readPayment(manager, { store_id, id }), asked)
  } else {
    await put(manager, {
      operation_id: id,
      source,
      strategy: asked.strategy,
      choices: asked.choices,
      at: received_at,
      actor,
    })
  }
  return {
    payment: await readPayment(manager, { store_id, id }),
    invoices: await invoicesOfOperation(manager, id),
    postings: await postingsOfOperation(manager, { store_id, operation_id: id, payment_id: id }),
  }
}

interface AskedPayment {
  readonly account_id: string
  readonly connection_id: string | null
  readonly currency_code: string
  readonly amount: Amount
  readonly strategy: AllocationStrategy
  readonly choices: Choice[]
}

async function purposeOf(manager: EntityManager, input: RecordPaymentInput): Promise<AskedPayment> {
  if ("invoice_id" in input) {
    const invoice = await readInvoice(manager, { store_id: input.store_id, id: input.invoice_id })
    const { account_id, connection_id, currency_code } = invoice
    const amount = positiveAmount(input.amount, currency_code)
    return {
      account_id,
      connection_id,
      currency_code,
      amount,
      strategy: "by_choice",
      choices: [{ invoice_id: invoice.id, amount }],
    }
  }
  const currency_code = input.currency_code.toLowerCase()
  return {
    account_id: input.account_id,
    connection_id: input.connection_id ?? null,
    currency_code,
    amount: positiveAmount(input.amount, currency_code),
    strategy: input.strategy,
    choices: choicesOf(input.allocations ?? [], currency_code),
  }
}

function assertSamePayment(known: Payment, asked: AskedPayment): void {
  const same =
    known.account_id === asked.account_id &&
    known.currency_code === asked.currency_code &&
    known.strategy === asked.strategy &&
    MathBN.eq(known.amount, asked.amount) &&
    choicesKey(known.choices ?? []) === choicesKey(asked.choices)
  if (!same) {
    throw new WholesaleError(
      409,
      "payment_id_reused",
      `Payment ${known.id} is recorded already, for another invoice, account or amount; use a new id.`,
      { payment_id: known.id, account_id: known.account_id, amount: known.amount }
    )
  }
}

/** Choices are kept in the order of their invoices. */
function choicesKey(choices: readonly Choice[]): string {
  return choices.map(({ invoice_id, amount }) => `${invoice_id}:${amount}`).join(" ")
}
