import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import { lockFamily } from "../groups/scope"
import { lockAccount } from "../ledger/accounts"
import type { AccountOfStore } from "../ledger/reads"
import { findReservation, suspend } from "../ledger/reservations"
import type { CreditAccount } from "../ledger/rows"
import { requiredReason } from "../domain/required-reason"
import { accountHold, holdOfId, holdsOfReservation, insertHolds } from "./hold-rows"
import { writeNotice } from "./notices"
import type { PastDueByAccount, Recheck } from "./recheck"
import { recheckFamily } from "./recheck"
import type { CreditHold, CreditRequest } from "./rows"
import { waitingOrders } from "./rows"

export interface PlaceHoldInput extends AccountOfStore {
  /** The order to hold; left out, every new order of the account. */
  readonly order?: {
    readonly order_id: string
    readonly reservation_key: string
    readonly prepaid?: boolean
  }
  readonly key: string
  readonly reason: string
  readonly actor: Actor
}

/**
 * Holds an order, or all new orders of an account, on a person's word. An order that has its credit
 * reserved gives it back while it waits; one that waits already gets one more reason. Orders that have
 * their credit are not touched by a hold on the account.
 *
 * The same key again answers the hold it placed.
 *
 * @throws WholesaleError 400 `reason_required`; 409 `credit_hold_exists` with `hold_id` where such a hold
 * stands; 409 `not_allowed` once the order is approved or has ended; 404 without the account or the
 * order's request for credit
 */
export async function placeHold(manager: EntityManager, input: PlaceHoldInput): Promise<CreditHold> {
  const { store_id, account_id, order } = input
  const reason = requiredReason(input.reason, "place a credit hold")
  const account = await lockAccount(manager, store_id, account_id)
  const id = derivedId("whcredhold", store_id, input.key)
  const known = await holdOfId(manager, store_id, id)
  if (known) {
    return known
  }
  if (order) {
    await holdOrder(manager, account, order, { ...input, id, reason })
  } else {
    assertNone(await accountHold(manager, store_id, account_id), `Account ${account_id}`)
    const hold = { id, kind: "manual", basis: "account", figures: { reason }, reason } as const
    await insertHolds(manager, { store_id, account_id, order_id: null }, [hold], input.actor)
  }
  return await retrieveHold(manager, store_id, id)
}

export interface LiftHoldInput {
  readonly store_id: string
  readonly hold_id: string
  readonly reason: string
  /** As of `recheck`. */
  readonly past_due?: PastDueByAccount
  readonly actor: Actor
}

export interface LiftedHold extends Recheck {
  readonly hold: CreditHold
}

/**
 * Takes a person's hold away and looks anew at all that waits, as `recheck` does, in the same transaction.
 * A hold that has ended stays as it ended; the rest is done all the same.
 *
 * @throws WholesaleError 400 `reason_required`; 409 `credit_hold_of_rules` for one that no person placed: it
 * goes when its reason does, or by a decision; 404
 */
export async function liftHold(manager: EntityManager, input: LiftHoldInput): Promise<LiftedHold> {
  const { store_id, hold_id, actor, past_due } = input
  const reason = requiredReason(input.reason, "lift a credit hold")
  const hold = await retrieveHold(manager, store_id, hold_id)
  if (hold.kind !== "manual" || (hold.basis === "account" && hold.order_id !== null)) {
    throw new WholesaleError(
      409,
      "credit_hold_of_rules",
      `Hold ${hold_id} follows from the rules of the account. It ends when its reason is gone; ` +
        `decide about order ${hold.order_id} to let it go on before.`,
      { hold_id, kind: hold.kind, basis: hold.basis, order_id: hold.order_id }
    )
  }
  const family = await lockFamily(manager, { store_id, account_id: hold.account_id })
  const rechecked = await recheckFamily(manager, store_id, family, { past_due, lift: { hold, reason }, actor })
  return { hold: await retrieveHold(manager, store_id, hold_id), ...rechecked }
}

async function holdOrder(
  manager: EntityManager,
  account: CreditAccount,
  { order_id, reservation_key, prepaid }: NonNullable<PlaceHoldInput["order"]>,
  { id, reason, key, actor, store_id, account_id }: PlaceHoldInput & { readonly id: string }
): Promise<void> {
  const holds = await holdsOfReservation(manager, store_id, reservation_key)
  const [waiting] = waitingOrders(holds.filter(({ status }) => status === "active"))
  assertNone(waiting?.holds.find(({ basis }) => basis === "order"), `Order ${order_id}`)
  let request: CreditRequest | undefined = waiting
  if (!request) {
    const reservation = await findReservation(manager, account, reservation_key)
    if (!reservation) {
      throw notFound("Credit reservation", reservation_key)
    }
    const reference = { type: "order", id: order_id }
    await suspend(manager, { store_id, account_id, key: `${key}:suspend`, reservation_key, reference, reason, actor })
    request = {
      store_id,
      account_id,
      order_id,
      reservation_key,
      amount: reservation.reserved,
      is_prepaid: prepaid ?? false,
      waiting_since: new Date(),
    }
  }
  await insertHolds(
    manager,
    request,
    [{ id, kind: "manual", basis: "order", figures: { reason }, reason }],
    actor
  )
  await writeNotice(manager, request, "held", {
    amount: request.amount,
    currency_code: account.currency_code,
    reasons: [{ kind: "manual", basis: "order", figures: { hold_id: id, reason } }],
  })
}

function assertNone(standing: CreditHold | undefined, subject: string): void {
  if (standing) {
    throw new WholesaleError(
      409,
      "credit_hold_exists",
      `${subject} is on hold already: ${standing.reason ?? standing.kind}. Lift that hold first.`,
      { hold_id: standing.id, account_id: standing.account_id, order_id: standing.order_id }
    )
  }
}

async function retrieveHold(manager: EntityManager, store_id: string, id: string): Promise<CreditHold> {
  const hold = await holdOfId(manager, store_id, id)
  if (!hold) {
    throw notFound("Credit hold", id)
  }
  return hold
}
