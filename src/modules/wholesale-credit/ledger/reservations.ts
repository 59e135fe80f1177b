import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { negateAmount } from "../../../lib/money/amount"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"
import type { Reservation, ReservationEvent } from "../domain/reservation"
import { amountToUnpost, reservationFrom, reservationMachine } from "../domain/reservation"
import { lockAccount } from "./accounts"
import type { EntryDraft, LedgerInput, WrittenEntry } from "./entries"
import { assertSameEntry, entryOfKey, writeEntry } from "./entries"
import type { CreditAccount, CreditEntry, CreditEntryRow } from "./rows"
import { toCreditEntry } from "./rows"

export interface SettleInput extends LedgerInput {
  /** The key the reservation was made with. */
  readonly reservation_key: string
}

export interface UnpostInput extends SettleInput {
  /** Takes back a part only, where another part is invoiced already; all that is posted by default. */
  readonly amount?: Amount
}

/** An order's credit under the name of its reservation. */
export interface OrderCredit {
  readonly store_id: string
  readonly order_id: string
  readonly reservation_key: string
  readonly amount: Amount
}

export interface TakingCredit {
  readonly actor: Actor
  readonly reason?: string
  /** Of a `resume`: an order can be suspended and resumed more than once. */
  readonly key?: string
}

/**
 * Takes an order's credit on the locked account, whatever the limit: reserved for the first time, resumed
 * where it was suspended. The caller has made sure that it may, and that it has not.
 */
export async function takeCredit(
  manager: EntityManager,
  account: CreditAccount,
  credit: OrderCredit,
  taking: TakingCredit
): Promise<WrittenEntry> {
  const reservation = await findReservation(manager, account, credit.reservation_key)
  if (!reservation) {
    return await reserveCredit(manager, account, credit, taking)
  }
  advance(reservation, credit.reservation_key, "resume")
  // Without a name of its own, the entry's place in the ledger tells one resumption from the next.
  const key = taking.key ?? `${credit.reservation_key}:resume:${account.entry_count + 1}`
  return await writeTaking(manager, account, credit, { ...taking, key, kind: "resume" })
}

/** The same for the first time; nothing stands under the reservation's name yet. */
export async function reserveCredit(
  manager: EntityManager,
  account: CreditAccount,
  credit: OrderCredit,
  taking: TakingCredit
): Promise<WrittenEntry> {
  return await writeTaking(manager, account, credit, { ...taking, key: credit.reservation_key, kind: "reserve" })
}

async function writeTaking(
  manager: EntityManager,
  account: CreditAccount,
  { store_id, order_id, reservation_key, amount }: OrderCredit,
  { kind, key, actor, reason }: TakingCredit & { readonly kind: "reserve" | "resume"; readonly key: string }
): Promise<WrittenEntry> {
  const reference = { type: "order", id: order_id }
  return await writeEntry(
    manager,
    account,
    { store_id, key, reference, actor, reason },
    { kind, balance_delta: "0", reserved_delta: amount, reservation_key }
  )
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

/**
 * Makes a post a reservation again: the approval it belonged to was refused at a later step. It counts from
 * when that did, so that the order is approved on no day.
 */
export async function restore(
  manager: EntityManager,
  input: Omit<SettleInput, "effective_at">
): Promise<CreditEntry> {
  return await settle(manager, input, "restore", ({ posted, newest_entry }, currency) => ({
    balance_delta: negateAmount(posted, currency),
    reserved_delta: posted,
    effective_at: newest_entry.effective_at,
  }))
}

/** Gives the reservation back while the order waits on hold; {@link takeCredit} takes it again. */
export async function suspend(manager: EntityManager, input: SettleInput): Promise<CreditEntry> {
  return await settle(manager, input, "suspend", ({ reserved }, currency) => ({
    balance_delta: "0",
    reserved_delta: negateAmount(reserved, currency),
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
    reservation: FoundReservation,
    currencyCode: string
  ) => Pick<EntryDraft, "balance_delta" | "reserved_delta"> & Pick<LedgerInput, "effective_at">,
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
  const reservation = await findReservation(manager, account, reservation_key)
  if (!reservation) {
    throw notFound("Credit reservation", reservation_key)
  }
  advance(reservation, reservation_key, event)
  const { effective_at = input.effective_at, ...moved } = deltas(reservation, account.currency_code)
  const draft: EntryDraft = { kind: event, reservation_key, ...moved }
  return (await writeEntry(manager, account, { ...input, effective_at }, draft)).entry
}

function advance({ status }: Reservation, id: string, event: ReservationEvent): void {
  // Whether an unpost takes all or a part is the amount's to say; either way it is allowed or not.
  reservationMachine.advance({ id, state: status, event, holds: () => true })
}

export interface FoundReservation extends Reservation {
  readonly newest_entry: CreditEntry
}

/** The reservation of this name as its entries leave it. Call it with the account locked. */
export async function findReservation(
  manager: EntityManager,
  account: CreditAccount,
  reservation_key: string
): Promise<FoundReservation | undefined> {
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry
      where credit_account_id = ? and reservation_key = ? and deleted_at is null
      order by sequence`,
    [account.id, reservation_key]
  )
  const entries = rows.map((row) => toCreditEntry(row, account.currency_code))
  return entries.length
    ? { ...reservationFrom(entries, account.currency_code), newest_entry: entries[entries.length - 1] }
    : undefined
}
