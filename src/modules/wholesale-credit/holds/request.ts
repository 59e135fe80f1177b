import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import type { PastDue } from "../domain/credit-check"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"
import { lockScope } from "../groups/scope"
import type { LedgerInput } from "../ledger/entries"
import { assertSameEntry, entryOfKey } from "../ledger/entries"
import { reserveCredit } from "../ledger/reservations"
import type { CreditEntry } from "../ledger/rows"
import { evaluate } from "./evaluate"
import { holdsOfReservation, insertHolds } from "./hold-rows"
import { writeNotice } from "./notices"
import type { CreditHold, CreditRequest } from "./rows"

export interface ReserveInput extends LedgerInput {
  /** What the order will cost, tax and charges included; zero or more. */
  readonly amount: Amount
  /** The order's terms are payment in advance: only credit on account carries it. */
  readonly prepaid?: boolean
  /** What is late by more than the account's own `past_due_days`; null or left out: nothing. */
  readonly past_due?: PastDue | null
}

/** Either the order has its credit, or it waits: without credit, for the reasons told. */
export type CreditOutcome =
  | { readonly outcome: "reserved"; readonly entry: CreditEntry }
  | { readonly outcome: "held"; readonly holds: readonly CreditHold[] }

/**
 * Asks for credit for the order that `reference` names. Locks, rules, and either the entry and totals or
 * the holds, are one transaction: no interleaving of orders passes a limit, the account's or its group's.
 *
 * `key` is the reservation's name in the later verbs, also of an order that is held now and released
 * later. The same key again answers what it made: the entry; the active holds; of an order whose holds
 * have ended without credit, those, with their statuses.
 *
 * A held order's notice is written too; see `takeNotices`.
 *
 * @throws WholesaleError 409 `credit_limit_exceeded` with `limit`, `exposure`, `order_amount`, `over_by`, and
 * `group_id` where it is the group's limit: nothing is kept; 409 `credit_key_reused`; 400 `invalid_amount`;
 * 404 without a credit account
 */
export async function reserve(manager: EntityManager, input: ReserveInput): Promise<CreditOutcome> {
  const { store_id, account_id, key, reference, actor } = input
  const scope = await lockScope(manager, { store_id, account_id })
  const { account } = scope
  const request: CreditRequest = {
    store_id,
    account_id,
    order_id: reference.id,
    reservation_key: key,
    amount: nonNegativeAmount(input.amount, account.currency_code),
    is_prepaid: input.prepaid ?? false,
    waiting_since: new Date(),
  }
  const known = await entryOfKey(manager, account, key)
  if (known) {
    assertSameEntry(known, account, {
      kind: "reserve",
      balance_delta: "0",
      reserved_delta: request.amount,
      reservation_key: key,
    })
  }
  const standing = await holdsOfReservation(manager, store_id, key)
  const active = standing.filter(({ status }) => status === "active")
  if (known && active.length === 0) {
    return { outcome: "reserved", entry: known }
  }
  if (standing.length > 0) {
    assertSameRequest(standing[0], request)
    return { outcome: "held", holds: active.length > 0 ? active : standing }
  }
  const { reasons, refusal } = await evaluate(manager, scope, request, input.past_due ?? null)
  if (refusal) {
    throw refusal
  }
  if (reasons.length === 0) {
    const { entry } = await reserveCredit(manager, account, request, { actor, reason: input.reason })
    return { outcome: "reserved", entry }
  }
  await insertHolds(manager, request, reasons, actor)
  await writeNotice(manager, request, "held", {
    amount: request.amount,
    currency_code: account.currency_code,
    reasons,
  })
  return { outcome: "held", holds: await holdsOfReservation(manager, store_id, key) }
}

/** A replay repeats what was asked: the oldest hold says what that was. */
function assertSameRequest(first: CreditHold, request: CreditRequest): void {
  const same =
    first.account_id === request.account_id &&
    first.order_id === request.order_id &&
    first.amount !== null &&
    MathBN.eq(first.amount, request.amount)
  if (!same) {
    throw new WholesaleError(
      409,
      "credit_key_reused",
      `Key ${request.reservation_key} has already asked for other credit; use a new key.`,
      {
        key: request.reservation_key,
        recorded: { account_id: first.account_id, order_id: first.order_id, amount: first.amount },
        asked: { account_id: request.account_id, order_id: request.order_id, amount: request.amount },
      }
    )
  }
}
