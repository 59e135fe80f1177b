import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { Amount } from "../../../lib/money/amount"
import { isBeyondHardLine } from "../domain/credit-check"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"
import type { NoticeEvent } from "../domain/hold"
import { requiredReason } from "../domain/required-reason"
import type { CreditScope } from "../groups/scope"
import { lockScope } from "../groups/scope"
import { takeCredit } from "../ledger/reservations"
import type { CreditDecision } from "./decision-rows"
import { decisionOfId, insertDecision } from "./decision-rows"
import { evaluate } from "./evaluate"
import type { NewHold } from "./hold-rows"
import { endHolds, holdsOfOrder, insertHolds } from "./hold-rows"
import { writeNotice } from "./notices"
import type { CreditHold, WaitingOrder } from "./rows"
import { waitingOrders } from "./rows"
import { noticeReasons } from "./settle-waiting"

interface DecisionInput {
  readonly store_id: string
  readonly order_id: string
  readonly key: string
  readonly reason: string
  readonly actor: Actor
}

/** The part of a split order that goes on waiting. */
export interface WaitingChild {
  readonly order_id: string
  readonly reservation_key: string
  readonly amount: Amount
}

export type DecideInput = DecisionInput &
  (
    | { readonly kind: "approve"; readonly override?: boolean }
    | {
        readonly kind: "partial"
        readonly override?: boolean
        /** What the parent goes on with: the units that fit, tax and charges included. */
        readonly amount: Amount
        readonly child: WaitingChild
      }
    | { readonly kind: "decline" }
  )

export interface Decided {
  readonly decision: CreditDecision
  /** The order's holds, all of them ended. */
  readonly holds: readonly CreditHold[]
  /** What holds the child of a partial decision. */
  readonly child_holds: readonly CreditHold[]
}

/**
 * A person decides about a held order; the decision is kept with its reason and the figures of the moment.
 *
 * - `approve` takes its credit whatever the rules say, and ends its holds as `overridden`.
 * - `partial` does so for `amount`; the rest waits in the child, at the parent's place in the queue, for
 *   what then holds it (if nothing would, for this decision). Amount and child's amount are together what
 *   the order asked for. The orders themselves are the caller's to split.
 * - `decline` ends the holds as `declined`; the caller rejects the order, which voids what it has asked for.
 *
 * What goes on beyond the hard line, the account's or its group's, or on prepaid terms without the money,
 * needs `override: true`, and the decision says so (`is_override`).
 *
 * The same key again answers the decision made. All of it is one transaction.
 *
 * @throws WholesaleError 400 `reason_required`, `invalid_amount`, `invalid_split`; 409 `override_required`
 * with `reasons`; 409 `order_not_on_credit_hold` where nothing holds it (any more); 404 for an order that
 * never waited
 */
export async function decide(manager: EntityManager, input: DecideInput): Promise<Decided> {
  const { store_id, order_id, actor } = input
  const reason = requiredReason(input.reason, `${input.kind} order ${order_id}`)
  const id = derivedId("whcreddec", store_id, input.key)
  const account_id = await accountOfOrder(manager, store_id, order_id)
  const scope = await lockScope(manager, { store_id, account_id })
  if (!(await decisionOfId(manager, store_id, id))) {
    const order = await retrieveWaiting(manager, store_id, order_id)
    const made = await make(manager, scope, order, { ...input, reason })
    await insertDecision(manager, order, { id, kind: input.kind, reason, actor, ...made })
    await writeNotice(manager, order, NOTICES[input.kind], {
      amount: made.amount ?? order.amount,
      currency_code: order.currency_code,
      reasons: noticeReasons(order.holds),
      reason,
      is_override: made.is_override,
      ...(made.child_order_id === null ? {} : { child_order_id: made.child_order_id }),
    })
  }
  return await decided(manager, store_id, id)
}

const NOTICES: Record<DecideInput["kind"], NoticeEvent> = {
  approve: "approved",
  partial: "partially_approved",
  decline: "declined",
}

type Made = Pick<CreditDecision, "is_override" | "amount" | "child_order_id" | "figures">

async function make(
  manager: EntityManager,
  scope: CreditScope,
  order: WaitingOrder,
  input: DecideInput
): Promise<Made> {
  const end = { reason: input.reason, actor: input.actor }
  if (input.kind === "decline") {
    const figures = await reasonsOf(manager, scope, order)
    await endHolds(manager, order.holds, { ...end, status: "declined" })
    return { is_override: false, amount: null, child_order_id: null, figures }
  }
  const { going, child } = input.kind === "partial" ? split(order, input) : { going: order, child: null }
  const figures = await reasonsOf(manager, scope, going)
  const is_override = isBeyondHardLine(figures)
  if (is_override && !input.override) {
    throw overrideRequired(going, figures)
  }
  const { account } = await takeCredit(manager, scope.account, going, end)
  await endHolds(manager, order.holds, { ...end, status: "overridden" })
  if (child) {
    await holdChild(manager, { ...scope, account }, child, input)
  }
  return { is_override, amount: going.amount, child_order_id: child?.order_id ?? null, figures }
}

/** All that speaks against the order now: rules of amounts anew, the rest as it was found. */
async function reasonsOf(
  manager: EntityManager,
  scope: CreditScope,
  order: WaitingOrder
): Promise<Pick<CreditHold, "kind" | "basis" | "figures">[]> {
  const { reasons } = await evaluate(manager, scope, order, null)
  return [...reasons, ...noticeReasons(order.holds.filter(isNoRuleOfAmounts))]
}

const isNoRuleOfAmounts = ({ kind, basis }: CreditHold) => kind === "past_due" || basis === "order"

/** The parent as it goes on, and the child as it waits from now on, with its parent's holds to go by. */
function split(
  order: WaitingOrder,
  { amount, child }: DecideInput & { kind: "partial" }
): { going: WaitingOrder; child: WaitingOrder } {
  const goesOn = nonNegativeAmount(amount, order.currency_code)
  const waits = nonNegativeAmount(child.amount, order.currency_code)
  if (MathBN.eq(goesOn, 0) || MathBN.eq(waits, 0) || !MathBN.eq(MathBN.add(goesOn, waits), order.amount)) {
    throw new WholesaleError(
      400,
      "invalid_split",
      `Order ${order.order_id} waits for ${order.amount}: ${goesOn} that go on and ${waits} that wait ` +
        "must both be more than nothing, and together that amount.",
      { order_id: order.order_id, amount: order.amount, goes_on: goesOn, waits }
    )
  }
  const { order_id, reservation_key } = child
  return {
    going: { ...order, amount: goesOn },
    child: { ...order, order_id, reservation_key, amount: waits },
  }
}

async function holdChild(
  manager: EntityManager,
  scope: CreditScope,
  child: WaitingOrder,
  { reason, actor }: DecisionInput
): Promise<void> {
  const { reasons } = await evaluate(manager, scope, child, null)
  const kept = child.holds.filter(isNoRuleOfAmounts).map(({ kind, basis, figures, reason: said }) =>
    basis === "order"
      ? { kind, basis, figures: { reason: said ?? reason }, reason: said ?? reason }
      : { kind, basis, figures }
  )
  const holds: NewHold[] = [...reasons, ...kept]
  const bySplit: NewHold = { kind: "manual", basis: "order", figures: { reason }, reason }
  await insertHolds(manager, child, holds.length > 0 ? holds : [bySplit], actor)
}

function overrideRequired(
  { order_id, amount, currency_code, account_id }: WaitingOrder,
  reasons: Made["figures"]
): WholesaleError {
  return new WholesaleError(
    409,
    "override_required",
    `Order ${order_id} over ${amount} ${currency_code.toUpperCase()} is beyond the hard line of account ` +
      `${account_id}. Approve it as an override, or less of it.`,
    { order_id, account_id, amount, currency_code, reasons }
  )
}

async function retrieveWaiting(manager: EntityManager, store_id: string, order_id: string): Promise<WaitingOrder> {
  const holds = await holdsOfOrder(manager, store_id, order_id)
  const [order] = waitingOrders(holds.filter(({ status }) => status === "active"))
  if (!order) {
    const ended = holds[holds.length - 1]
    throw new WholesaleError(
      409,
      "order_not_on_credit_hold",
      `Order ${order_id} waits for no credit: its last hold was ${ended.status}. Nothing is left to decide.`,
      { order_id, status: ended.status, ended_at: ended.ended_at }
    )
  }
  return order
}

async function accountOfOrder(manager: EntityManager, store_id: string, order_id: string): Promise<string> {
  const [hold] = await holdsOfOrder(manager, store_id, order_id)
  if (!hold) {
    throw notFound("Credit hold of order", order_id)
  }
  return hold.account_id
}

async function decided(manager: EntityManager, store_id: string, id: string): Promise<Decided> {
  const decision = await decisionOfId(manager, store_id, id)
  if (!decision) {
    throw notFound("Credit decision", id)
  }
  const { order_id, child_order_id } = decision
  return {
    decision,
    holds: await holdsOfOrder(manager, store_id, order_id),
    child_holds: child_order_id === null ? [] : await holdsOfOrder(manager, store_id, child_order_id),
  }
}
