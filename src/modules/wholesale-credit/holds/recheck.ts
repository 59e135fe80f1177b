import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import type { PastDue } from "../domain/credit-check"
import type { FamilyScope } from "../groups/scope"
import { lockFamily } from "../groups/scope"
import type { AccountOfStore } from "../ledger/reads"
import type { CreditEntry } from "../ledger/rows"
import { activeHoldsOf, endHolds } from "./hold-rows"
import type { CreditHold, WaitingOrder } from "./rows"
import { waitingOrders } from "./rows"
import { settleWaiting } from "./settle-waiting"

/**
 * What is past due by account, each counted by the account's own days; null: nothing is. An account that
 * is not named has not been looked at: its past-due holds stay as they are and none are added.
 */
export type PastDueByAccount = Readonly<Record<string, PastDue | null>>

export interface RecheckInput extends AccountOfStore {
  readonly past_due?: PastDueByAccount
  readonly actor: Actor
}

export interface ReleasedOrder {
  readonly order_id: string
  readonly account_id: string
  readonly entry: CreditEntry
}

export interface Recheck {
  /** The orders that this call gave their credit. */
  readonly released: readonly ReleasedOrder[]
  /** Those that go on waiting, with their holds as they are now. */
  readonly waiting: readonly WaitingOrder[]
}

/**
 * Looks anew at every waiting order of the account and of all that share its group's limit, in the order
 * in which they began to wait, each on what the ones before it have taken. An order is released when
 * nothing holds it any more, and only once: two rechecks at a time take turns. Running it again releases
 * nothing twice.
 *
 * Call it after whatever may make room: a payment, a credit note, a change of limits or groups.
 *
 * @throws WholesaleError 404 when the account has no credit account in this store
 */
export async function recheck(
  manager: EntityManager,
  { past_due, actor, ...account }: RecheckInput
): Promise<Recheck> {
  return await recheckFamily(manager, account.store_id, await lockFamily(manager, account), { past_due, actor })
}

/** The same with the family locked already, and after a person's hold is taken away. */
export async function recheckFamily(
  manager: EntityManager,
  store_id: string,
  { accounts, group }: FamilyScope,
  { past_due, lift, actor }: Pick<RecheckInput, "past_due" | "actor"> & { readonly lift?: Lift }
): Promise<Recheck> {
  const current = new Map(accounts.map((account) => [account.account_id, account]))
  const released: ReleasedOrder[] = []
  // An order is found by its holds: it is looked for before the only one may be gone.
  const orders = await waitingOf(manager, store_id, current)
  if (lift) {
    await endHolds(manager, [lift.hold], { status: "released", reason: lift.reason, actor })
  }
  for (const order of orders) {
    const { account_id, order_id } = order
    const account = current.get(account_id)
    if (!account) {
      continue
    }
    const context = { past_due: past_due?.[account_id], lifted: lift?.hold.id, actor }
    const { entry, account: after } = await settleWaiting(manager, { account, group }, order, context)
    if (entry) {
      current.set(account_id, after)
      released.push({ order_id, account_id, entry })
    }
  }
  return { released, waiting: await waitingOf(manager, store_id, current) }
}

interface Lift {
  readonly hold: CreditHold
  readonly reason: string
}

async function waitingOf(
  manager: EntityManager,
  store_id: string,
  accounts: ReadonlyMap<string, unknown>
): Promise<WaitingOrder[]> {
  return waitingOrders(await activeHoldsOf(manager, store_id, [...accounts.keys()]))
}
