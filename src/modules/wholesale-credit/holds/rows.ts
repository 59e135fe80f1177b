import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import type { HoldReason } from "../domain/credit-check"
import type { HoldBasis, HoldKind, HoldStatus } from "../domain/hold"
import type { WithRawAmounts } from "../ledger/rows"

/** One reason why an order waits for credit; without an order, why all new orders of the account do. */
export interface CreditHold {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
  readonly order_id: string | null
  readonly kind: HoldKind
  readonly basis: HoldBasis
  readonly status: HoldStatus
  /** By kind: `AmountFigures` of soft and hard, `PastDueFigures` of past due, `ManualHold` of manual. */
  readonly figures: HoldReason["figures"]
  readonly reason: string | null
  /** What the order asks for; null of an account's hold, as the reservation's key. */
  readonly amount: Amount | null
  readonly reservation_key: string | null
  readonly is_prepaid: boolean
  /** Since when the order waits, whatever its reasons were. */
  readonly waiting_since: Date
  readonly placed_at: Date
  readonly actor_type: string
  readonly actor_id: string
  readonly ended_at: Date | null
  readonly end_reason: string | null
  readonly ended_by_type: string | null
  readonly ended_by_id: string | null
}

/** What an order that waits asks for, and under which name it will be reserved. */
export interface CreditRequest {
  readonly store_id: string
  readonly account_id: string
  readonly order_id: string
  readonly reservation_key: string
  readonly amount: Amount
  readonly is_prepaid: boolean
  readonly waiting_since: Date
}

/** An order that waits, with every reason. */
export interface WaitingOrder extends CreditRequest {
  readonly currency_code: string
  readonly holds: readonly CreditHold[]
}

type HoldTime = "waiting_since" | "placed_at" | "ended_at"

export type CreditHoldRow = Omit<WithRawAmounts<CreditHold, "amount">, HoldTime> & {
  readonly [Column in HoldTime]: CreditHold[Column] | string
}

/** Holds with the currency of their account; conditions follow. */
export const SELECT_HOLDS = `
  select hold.id, hold.store_id, hold.account_id, account.currency_code, hold.order_id, hold.kind, hold.basis,
         hold.status, hold.figures, hold.reason, hold.raw_amount, hold.reservation_key, hold.is_prepaid,
         hold.waiting_since, hold.placed_at, hold.actor_type, hold.actor_id,
         hold.ended_at, hold.end_reason, hold.ended_by_type, hold.ended_by_id
    from wholesale_credit_hold hold
    join wholesale_credit_account account
      on account.account_id = hold.account_id and account.deleted_at is null
   where hold.deleted_at is null`

export function toCreditHold({ raw_amount, ...row }: CreditHoldRow): CreditHold {
  return {
    ...row,
    amount: raw_amount && roundAmount(raw_amount.value, row.currency_code),
    waiting_since: new Date(row.waiting_since),
    placed_at: new Date(row.placed_at),
    ended_at: row.ended_at === null ? null : new Date(row.ended_at),
  }
}

/** The orders that active holds speak of, in the order in which they began to wait. */
export function waitingOrders(holds: readonly CreditHold[]): WaitingOrder[] {
  const orders = new Map<string, WaitingOrder>()
  for (const hold of holds) {
    const { order_id, reservation_key, amount } = hold
    if (order_id === null || reservation_key === null || amount === null) {
      continue
    }
    const known = orders.get(order_id)
    orders.set(order_id, {
      store_id: hold.store_id,
      account_id: hold.account_id,
      currency_code: hold.currency_code,
      order_id,
      reservation_key,
      amount,
      is_prepaid: hold.is_prepaid,
      waiting_since: hold.waiting_since,
      holds: [...(known?.holds ?? []), hold],
    })
  }
  return [...orders.values()].sort(
    (left, right) =>
      left.waiting_since.getTime() - right.waiting_since.getTime() || (left.order_id < right.order_id ? -1 : 1)
  )
}
