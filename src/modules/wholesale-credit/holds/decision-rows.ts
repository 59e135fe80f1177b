import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { DecisionKind } from "../domain/hold"
import type { WithRawAmounts } from "../ledger/rows"
import type { CreditHold, WaitingOrder } from "./rows"

export interface CreditDecision {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
  readonly order_id: string
  readonly kind: DecisionKind
  /** Whether what goes on is beyond the hard line. */
  readonly is_override: boolean
  /** What goes on; null when declined. */
  readonly amount: Amount | null
  /** Of a partial decision: the order in which the rest waits. */
  readonly child_order_id: string | null
  readonly reason: string
  /** What spoke against it at that moment. */
  readonly figures: readonly Pick<CreditHold, "kind" | "basis" | "figures">[]
  readonly actor_type: string
  readonly actor_id: string
  readonly decided_at: Date
}

type CreditDecisionRow = Omit<WithRawAmounts<CreditDecision, "amount">, "decided_at"> & {
  readonly decided_at: Date | string
}

export async function insertDecision(
  manager: EntityManager,
  { store_id, account_id, order_id }: WaitingOrder,
  {
    actor,
    ...decision
  }: Pick<CreditDecision, "id" | "kind" | "is_override" | "amount" | "child_order_id" | "reason" | "figures"> & {
    readonly actor: Actor
  }
): Promise<void> {
  await manager.execute(
    insertRecordsSql("wholesale_credit_decision", [
      "id", "store_id", "account_id", "order_id", "kind", "is_override", "amount", "raw_amount",
      "child_order_id", "reason", "figures", "actor_type", "actor_id", "decided_at",
    ]),
    [
      JSON.stringify([
        {
          store_id,
          account_id,
          order_id,
          ...decision,
          raw_amount: decision.amount === null ? null : rawAmount(decision.amount),
          ...actor,
          decided_at: new Date(),
        },
      ]),
    ]
  )
}

export async function decisionOfId(
  manager: EntityManager,
  store_id: string,
  id: string
): Promise<CreditDecision | undefined> {
  const [decision] = await select(manager, "decision.store_id = ? and decision.id = ?", [store_id, id])
  return decision
}

/** What was decided about an order, oldest first; also the decision that made it as a child. */
export async function decisionsOfOrder(
  manager: EntityManager,
  { store_id, order_id }: { readonly store_id: string; readonly order_id: string }
): Promise<CreditDecision[]> {
  return await select(
    manager,
    "decision.store_id = ? and (decision.order_id = ? or decision.child_order_id = ?)",
    [store_id, order_id, order_id]
  )
}

async function select(manager: EntityManager, where: string, params: unknown[]): Promise<CreditDecision[]> {
  const rows = await manager.execute<CreditDecisionRow[]>(
    `select decision.id, decision.store_id, decision.account_id, account.currency_code, decision.order_id,
            decision.kind, decision.is_override, decision.raw_amount, decision.child_order_id, decision.reason,
            decision.figures, decision.actor_type, decision.actor_id, decision.decided_at
       from wholesale_credit_decision decision
       join wholesale_credit_account account
         on account.account_id = decision.account_id and account.deleted_at is null
      where decision.deleted_at is null and ${where}
      order by decision.decided_at, decision.id`,
    params
  )
  return rows.map(({ raw_amount, ...row }) => ({
    ...row,
    amount: raw_amount && roundAmount(raw_amount.value, row.currency_code),
    decided_at: new Date(row.decided_at),
  }))
}
