import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import type { PastDue } from "../domain/credit-check"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"
import type { CreditScope } from "../groups/scope"
import { lockScope } from "../groups/scope"
import { lockAccount } from "../ledger/accounts"
import { entryOfKey } from "../ledger/entries"
import type { SettleInput } from "../ledger/reservations"
import { findReservation, suspend, takeCredit } from "../ledger/reservations"
import { evaluate } from "./evaluate"
import { holdsOfReservation, insertHolds, updateAmount } from "./hold-rows"
import { writeNotice } from "./notices"
import type { CreditOutcome } from "./request"
import type { CreditRequest, WaitingOrder } from "./rows"
import { waitingOrders } from "./rows"
import { settleWaiting } from "./settle-waiting"

export interface AmendInput extends SettleInput {
  /** What the order will cost now. */
  readonly amount: Amount
  readonly prepaid?: boolean
  /** As of `reserve`; of an order that waits, left out, its past-due hold stays as it is. */
  readonly past_due?: PastDue | null
}

/**
 * An order that is not approved yet costs something else: its lines were edited. What it had is given
 * back and the new amount taken, in one transaction. More than before is asked for like a new order's;
 * less is always granted, also on an account that is over its limit.
 *
 * The same key, or the same amount, again changes nothing.
 *
 * @returns as `reserve`: an order that had its credit may have to wait for more of it, one that waited may
 * go on with less
 * @throws WholesaleError 409 `credit_limit_exceeded`: the order keeps what it had; 409 `not_allowed` once it
 * is approved or has ended; 400 `invalid_amount`; 404
 */
export async function amendReservation(manager: EntityManager, input: AmendInput): Promise<CreditOutcome> {
  const { store_id, account_id, reservation_key, actor } = input
  const scope = await lockScope(manager, { store_id, account_id })
  const amount = nonNegativeAmount(input.amount, scope.account.currency_code)
  const known = await entryOfKey(manager, scope.account, input.key)
  if (known) {
    return { outcome: "reserved", entry: known }
  }
  const holds = await holdsOfReservation(manager, store_id, reservation_key)
  const [waiting] = waitingOrders(holds.filter(({ status }) => status === "active"))
  if (waiting) {
    const amended = { ...waiting, amount, is_prepaid: input.prepaid ?? waiting.is_prepaid }
    await updateAmount(manager, amended)
    const { entry } = await settleWaiting(manager, scope, amended, { past_due: input.past_due, actor })
    return entry ? { outcome: "reserved", entry } : await heldOutcome(manager, amended)
  }
  return await amendReserved(manager, scope, input, amount)
}

async function amendReserved(
  manager: EntityManager,
  scope: CreditScope,
  input: AmendInput,
  amount: Amount
): Promise<CreditOutcome> {
  const { store_id, account_id, reservation_key, reference, actor, reason } = input
  const reservation = await findReservation(manager, scope.account, reservation_key)
  if (!reservation) {
    throw notFound("Credit reservation", reservation_key)
  }
  if (reservation.status === "reserved" && MathBN.eq(reservation.reserved, amount)) {
    return { outcome: "reserved", entry: reservation.newest_entry }
  }
  await suspend(manager, { store_id, account_id, key: `${input.key}:suspend`, reservation_key, reference, actor, reason })
  const account = await lockAccount(manager, store_id, account_id)
  const request: CreditRequest = {
    store_id,
    account_id,
    order_id: reference.id,
    reservation_key,
    amount,
    is_prepaid: input.prepaid ?? false,
    waiting_since: new Date(),
  }
  const { reasons, refusal } = MathBN.gt(amount, reservation.reserved)
    ? await evaluate(manager, { ...scope, account }, request, input.past_due ?? null)
    : { reasons: [], refusal: null }
  if (refusal) {
    throw refusal
  }
  if (reasons.length === 0) {
    const { entry } = await takeCredit(manager, account, request, { key: input.key, actor, reason })
    return { outcome: "reserved", entry }
  }
  await insertHolds(manager, request, reasons, actor)
  await writeNotice(manager, request, "held", { amount, currency_code: account.currency_code, reasons })
  return await heldOutcome(manager, request)
}

async function heldOutcome(
  manager: EntityManager,
  { store_id, reservation_key }: Pick<WaitingOrder, "store_id" | "reservation_key">
): Promise<CreditOutcome> {
  const holds = await holdsOfReservation(manager, store_id, reservation_key)
  return { outcome: "held", holds: holds.filter(({ status }) => status === "active") }
}
