import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { negateAmount } from "../../../lib/money/amount"
import { nonNegativeAmount } from "../domain/credit-entry"
import { assertWithinLimit } from "../domain/credit-limit"
import type { Reservation, ReservationEvent } from "../domain/reservation"
import { amountToUnpost, reservationFrom, reservationMachine } from "../domain/reservation"
import { lockAccount } from "./accounts"
import type { EntryDraft, LedgerInput } from "./entries"
import { assertSameEntry, entryOfKey, writeEntry } from "./entries"
import type { CreditAccount, CreditEntry, CreditEntryRow } from "./rows"
import { toCreditEntry } from "./rows"

export interface ReserveInput extends LedgerInput {
  /** What the order will cost, tax and charges included; zero or more. */
  readonly amount: Amount
}

export interface SettleInput extends LedgerInput {
  /** The key the reservation was made with. */
  readonly reservation_key: string
}

export interface UnpostInput extends SettleInput {
  /** Takes back a part only, where another part is invoiced already; all that is posted by default. */
  readonly amount?: Amount
}

/**
 * Reserves credit for an order. Lock, limit check, entry and totals are one transaction.
 *
 * The key is the reservation's name in the later verbs. The same key again returns the entry made.
 *
 * @throws WholesaleError 409 `credit_limit_exceeded` with `limit`, `exposure`, `order_amount`,
 * `over_by`; 409 `credit_key_reused`; 400 `invalid_amount`; 404 without a credit account
 */
export async function reserve(manager: EntityManager, input: ReserveInput): Promise<CreditEntry> {
  const account = await lockAccount(manager, input.store_id, input.account_id)
  const amount = nonNegativeAmount(input.amount, account.currency_code)
  const draft: EntryDraft = {
    kind: "reserve",
    balance_delta: "0",
    reserved_delta: amount,
    reservation_key: input.key,
  }
  const known = await entryOfKey(manager, account, input.key)
  if (known) {
    assertSameEntry(known, account, draft)
    return known
  }
  assertWithinLimit(account, amount)
  return (await writeEntry(manager, account, input, draft)).entry
}

/** Turns the reservation into balance, once: the order is approved. */
export async function post(manager: EntityManager, input: SettleInput): Promise<CreditEntry> {
  return await settle(manager, input, "post", ({ reserved }, currency) => ({
    balance_delta: reserved,
    reserved_delta: negateAmount(reserved, currency),
  }))
}

/** Gives the reservation back, once: the order was rejected, cancelled or expired before approval. */
export async function voidReservation(
  manager: EntityManager,
  input: SettleInput
): Promise<CreditEntry> {
  return await settle(manager, input, "void", ({ reserved }, currency) => ({
    balance_delta: "0",
    reserved_delta: negateAmount(reserved, currency),
  }))
}

/** Takes posted balance back: the order was cancelled after approval, as far as it is uninvoiced. */
export async function unpost(manager: EntityManager, input: UnpostInput): Promise<CreditEntry> {
  return await settle(
    manager,
    input,
    "unpost",
    ({ posted }, currency) => ({
      balance_delta: negateAmount(
        amountToUnpost(
          posted,
          input.amount === undefined ? undefined : nonNegativeAmount(input.amount, currency)
        ),
        currency
      ),
      reserved_delta: "0",
    }),
    input.amount
  )
}

/** Makes a post a reservation again: the approval it belonged to was refused at a later step. */
export async function restore(manager: EntityManager, input: SettleInput): Promise<CreditEntry> {
  return await settle(manager, input, "restore", ({ posted }, currency) => ({
    balance_delta: negateAmount(posted, currency),
    reserved_delta: posted,
  }))
}

/**
 * One step of a reservation's life under the account's lock. The same key again returns the entry
 * made.
 *
 * @throws WholesaleError 409 `not_allowed` with the reservation's status and the allowed events; 409
 * `credit_key_reused`; 404 without such a reservation
 */
async function settle(
  manager: EntityManager,
  input: SettleInput,
  event: ReservationEvent,
  deltas: (
    reservation: Reservation,
    currencyCode: string
  ) => Pick<EntryDraft, "balance_delta" | "reserved_delta">,
  partialAmount?: Amount
): Promise<CreditEntry> {
  const account = await lockAccount(manager, input.store_id, input.account_id)
  const { reservation_key } = input
  const known = await entryOfKey(manager, account, input.key)
  if (known) {
    assertSameEntry(known, account, {
      kind: event,
      reservation_key,
      ...(partialAmount === undefined
        ? {}
        : { balance_delta: negateAmount(partialAmount, account.currency_code) }),
    })
    return known
  }
  const reservation = await readReservation(manager, account, reservation_key)
  // Whether an unpost takes all or a part is the amount's to say; either way it is allowed or not.
  reservationMachine.advance({
    id: reservation_key,
    state: reservation.status,
    event,
    holds: () => true,
  })
  const draft: EntryDraft = {
    kind: event,
    reservation_key,
    ...deltas(reservation, account.currency_code),
  }
  return (await writeEntry(manager, account, input, draft)).entry
}

async function readReservation(
  manager: EntityManager,
  account: CreditAccount,
  reservation_key: string
): Promise<Reservation> {
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry
      where credit_account_id = ? and reservation_key = ? and deleted_at is null
      order by sequence`,
    [account.id, reservation_key]
  )
  if (!rows.length) {
    throw notFound("Credit reservation", reservation_key)
  }
  return reservationFrom(
    rows.map((row) => toCreditEntry(row, account.currency_code)),
    account.currency_code
  )
}
