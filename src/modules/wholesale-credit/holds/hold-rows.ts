import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { HoldReason } from "../domain/credit-check"
import type { HoldBasis, HoldStatus } from "../domain/hold"
import type { CreditHold, CreditHoldRow, CreditRequest } from "./rows"
import { SELECT_HOLDS, toCreditHold } from "./rows"

/** Rows of holds, read and written under the lock of their account. */

/** All holds under a reservation's name, ended ones too, oldest first. */
export async function holdsOfReservation(
  manager: EntityManager,
  store_id: string,
  reservation_key: string
): Promise<CreditHold[]> {
  return await select(manager, "and hold.store_id = ? and hold.reservation_key = ?", [store_id, reservation_key])
}

export async function holdsOfOrder(
  manager: EntityManager,
  store_id: string,
  order_id: string
): Promise<CreditHold[]> {
  return await select(manager, "and hold.store_id = ? and hold.order_id = ?", [store_id, order_id])
}

/** The active holds of accounts, their orders' and their own. */
export async function activeHoldsOf(
  manager: EntityManager,
  store_id: string,
  account_ids: readonly string[]
): Promise<CreditHold[]> {
  return await select(
    manager,
    `and hold.store_id = ? and hold.status = 'active'
     and hold.account_id in (select json_array_elements_text(?::json))`,
    [store_id, JSON.stringify(account_ids)]
  )
}

/** The hold on all new orders of an account. */
export async function accountHold(
  manager: EntityManager,
  store_id: string,
  account_id: string
): Promise<CreditHold | undefined> {
  const [hold] = await select(
    manager,
    "and hold.store_id = ? and hold.account_id = ? and hold.status = 'active' and hold.order_id is null",
    [store_id, account_id]
  )
  return hold
}

export async function holdOfId(
  manager: EntityManager,
  store_id: string,
  id: string
): Promise<CreditHold | undefined> {
  const [hold] = await select(manager, "and hold.store_id = ? and hold.id = ?", [store_id, id])
  return hold
}

/** What a hold is about: an order's request, or an account alone. */
export type HoldSubject =
  | CreditRequest
  | { readonly store_id: string; readonly account_id: string; readonly order_id: null }

export interface NewHold {
  readonly id?: string
  readonly kind: HoldReason["kind"]
  readonly basis: HoldBasis
  readonly figures: HoldReason["figures"] | { readonly reason: string }
  readonly reason?: string
}

export async function insertHolds(
  manager: EntityManager,
  subject: HoldSubject,
  holds: readonly NewHold[],
  actor: Actor
): Promise<void> {
  if (holds.length === 0) {
    return
  }
  const now = new Date()
  await manager.execute(insertRecordsSql("wholesale_credit_hold", HOLD_COLUMNS), [
    JSON.stringify(
      holds.map(({ id = generateEntityId(undefined, "whcredhold"), figures, ...hold }) => ({
        waiting_since: now,
        is_prepaid: false,
        ...subject,
        ...("amount" in subject ? { raw_amount: rawAmount(subject.amount) } : {}),
        ...hold,
        id,
        figures: hold.kind === "manual" ? { hold_id: id, ...figures } : figures,
        status: "active",
        placed_at: now,
        ...actor,
      }))
    ),
  ])
}

export async function updateFigures(
  manager: EntityManager,
  id: string,
  figures: HoldReason["figures"]
): Promise<void> {
  await manager.execute(
    `update wholesale_credit_hold set figures = ?::jsonb, updated_at = now() where id = ? and status = 'active'`,
    [JSON.stringify(figures), id]
  )
}

/** The order asks for another amount from now on. */
export async function updateAmount(
  manager: EntityManager,
  { store_id, reservation_key, amount, is_prepaid }: CreditRequest
): Promise<void> {
  await manager.execute(
    `update wholesale_credit_hold
        set amount = ?, raw_amount = ?::jsonb, is_prepaid = ?, updated_at = now()
      where store_id = ? and reservation_key = ? and status = 'active' and deleted_at is null`,
    [amount, JSON.stringify(rawAmount(amount)), is_prepaid, store_id, reservation_key]
  )
}

export interface HoldEnd {
  readonly status: Exclude<HoldStatus, "active">
  readonly reason: string | null
  readonly actor: Actor
}

/** Ends those of the holds that are active. */
export async function endHolds(
  manager: EntityManager,
  holds: readonly Pick<CreditHold, "id">[],
  { status, reason, actor }: HoldEnd
): Promise<void> {
  if (holds.length === 0) {
    return
  }
  await manager.execute(
    `update wholesale_credit_hold
        set status = ?, end_reason = ?, ended_by_type = ?, ended_by_id = ?, ended_at = now(), updated_at = now()
      where status = 'active' and id in (select json_array_elements_text(?::json))`,
    [status, reason, actor.actor_type, actor.actor_id, JSON.stringify(holds.map(({ id }) => id))]
  )
}

const HOLD_COLUMNS = [
  "id", "store_id", "account_id", "order_id", "kind", "basis", "status", "figures", "reason",
  "amount", "raw_amount", "reservation_key", "is_prepaid", "waiting_since", "placed_at", "actor_type", "actor_id",
]

async function select(manager: EntityManager, where: string, params: unknown[]): Promise<CreditHold[]> {
  const rows = await manager.execute<CreditHoldRow[]>(
    `${SELECT_HOLDS} ${where} order by hold.placed_at, hold.id`,
    params
  )
  return rows.map(toCreditHold)
}
