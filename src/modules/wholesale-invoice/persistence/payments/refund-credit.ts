import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { subtractAmounts } from "../../../../lib/money/amount"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import { amountColumns } from "../columns"
import { insertRecords } from "../invoices/invoices"
import type { Posting } from "../posting"
import type { CreditSource, SourceRef } from "./credit-source"
import { lockSource, sourceColumns } from "./credit-source"
import { assertNotVoid } from "./move-credit"
import { latest } from "./open-items"
import type { Refund, RefundRow } from "./rows"
import { toRefund } from "./rows"

export interface RefundCreditInput {
  /** Makes the refund once, however often it is asked for. */
  readonly id?: string
  readonly store_id: string
  readonly source: SourceRef
  readonly amount: Amount
  readonly method: string
  readonly reference?: string | null
  readonly reason?: string
  readonly refunded_at?: Date
  readonly actor: Actor
}

/**
 * Records money paid back out of what a payment or credit note leaves unapplied. What lies on an invoice
 * is unallocated first. The same id again answers the refund it made.
 *
 * @throws WholesaleError 409 `refund_exceeds_unapplied` with `unapplied`, `amount`, `over_by`;
 * 409 `refund_id_reused`; 409 `not_allowed` of a void payment; 400 `invalid_amount`; 404
 */
export async function refundCredit(
  manager: EntityManager,
  input: RefundCreditInput
): Promise<{ refund: Refund; postings: Posting[] }> {
  const source = await lockSource(manager, { ...input.source, store_id: input.store_id })
  const amount = positiveAmount(input.amount, source.currency_code)
  const id = input.id ?? generateEntityId(undefined, "whref")
  const known = await refundOf(manager, id)
  if (known) {
    assertSameRefund(known, source, amount)
    return { refund: known, postings: [postingOf(known)] }
  }
  assertNotVoid(source, "refund")
  assertWithinUnapplied(source, amount)
  await insertRecords(manager, "wholesale_refund", [
    {
      id,
      store_id: source.store_id,
      account_id: source.account_id,
      ...sourceColumns(source),
      ...amountColumns({ amount }),
      currency_code: source.currency_code,
      method: input.method,
      reference: input.reference ?? null,
      reason: input.reason ?? null,
      refunded_at: latest(input.refunded_at ?? new Date(), source.free_since).toISOString(),
      actor_type: input.actor.actor_type,
      actor_id: input.actor.actor_id,
    },
  ])
  const refund = (await refundOf(manager, id)) as Refund // It was inserted just now.
  return { refund, postings: [postingOf(refund)] }
}

async function refundOf(manager: EntityManager, id: string): Promise<Refund | undefined> {
  const rows = await manager.execute<RefundRow[]>(`select * from wholesale_refund where id = ?`, [id])
  return rows.length ? toRefund(rows[0]) : undefined
}

function postingOf({ id, store_id, account_id, amount }: Refund): Posting {
  return { type: "refund", id, store_id, account_id, amount }
}

function assertSameRefund(known: Refund, source: CreditSource, amount: Amount): void {
  if (known[`${source.type}_id`] !== source.id || !MathBN.eq(known.amount, amount)) {
    throw new WholesaleError(
      409,
      "refund_id_reused",
      `Refund ${known.id} is made already, of ${known.amount} or of other credit; use a new id.`,
      { refund_id: known.id, amount, refunded: known.amount }
    )
  }
}

function assertWithinUnapplied(source: CreditSource, amount: Amount): void {
  const { currency_code, unapplied, label } = source
  if (MathBN.gt(amount, unapplied)) {
    throw new WholesaleError(
      409,
      "refund_exceeds_unapplied",
      `${amount} is more than the ${unapplied} ${currency_code.toUpperCase()} that ${label} leaves unapplied. ` +
        "Take it off its invoices first.",
      {
        [`${source.type}_id`]: source.id,
        currency_code,
        unapplied,
        amount,
        over_by: subtractAmounts(amount, unapplied, currency_code),
      }
    )
  }
}
