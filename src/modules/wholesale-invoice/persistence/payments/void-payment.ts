import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import type { OfStore } from "../invoices/invoices"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"
import { lockSource } from "./credit-source"
import { readPayment } from "./payment-reads"
import { releaseAllocations } from "./release"
import type { Payment } from "./rows"

export interface VoidPaymentInput extends OfStore {
  readonly reason: string
  readonly at?: Date
  readonly actor: Actor
}

/**
 * Takes back a payment that was none (a cheque that bounced, a transfer recalled): its invoices are open
 * again, the discounts and write-offs that came with it are taken back, and the account owes what it did
 * before. Once; a void payment stays as it is.
 *
 * Lock order: payment, invoices by id, mirrors.
 *
 * @throws WholesaleError 409 `payment_was_refunded` with the figures: that money has left, and what it was
 * paid back from cannot be void; 404
 */
export async function voidPayment(
  manager: EntityManager,
  { store_id, id, reason, at = new Date(), actor }: VoidPaymentInput
): Promise<{ payment: Payment; invoices: Invoice[]; postings: Posting[] }> {
  const source = await lockSource(manager, { type: "payment", id, store_id })
  const { account_id, amount, refunded } = source
  if (MathBN.gt(refunded, 0)) {
    throw new WholesaleError(
      409,
      "payment_was_refunded",
      `${refunded} of ${source.label} was paid back, so it cannot be void. Record what is owed as a late charge or an adjustment.`,
      { payment_id: id, amount, refunded_total: refunded }
    )
  }
  const released = await releaseAllocations(manager, {
    store_id,
    account_id,
    which: ["allocation.payment_id = ?", id],
    at,
    reason,
    actor,
  })
  await manager.execute(
    `update wholesale_payment
        set status = 'void', voided_at = greatest(received_at, ?::timestamptz), void_reason = ?,
            void_actor_type = ?, void_actor_id = ?, revision = revision + 1, updated_at = now()
      where id = ? and status = 'received'`,
    [at.toISOString(), reason, actor.actor_type, actor.actor_id, id]
  )
  return {
    payment: await readPayment(manager, { store_id, id }),
    invoices: released.invoices,
    postings: [...released.postings, { type: "payment_void", id, store_id, account_id, amount }],
  }
}
