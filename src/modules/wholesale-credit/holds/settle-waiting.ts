import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { canonicalJson } from "../../../lib/hash/content-hash"
import type { HoldReason, PastDue } from "../domain/credit-check"
import type { CreditScope } from "../groups/scope"
import { takeCredit } from "../ledger/reservations"
import type { CreditAccount, CreditEntry } from "../ledger/rows"
import { evaluate } from "./evaluate"
import { endHolds, insertHolds, updateFigures } from "./hold-rows"
import { writeNotice } from "./notices"
import type { CreditHold, WaitingOrder } from "./rows"

export interface Settled {
  /** The account as it is after a release. */
  readonly account: CreditAccount
  /** The credit that was taken; null: the order goes on waiting. */
  readonly entry: CreditEntry | null
}

export interface SettlingContext {
  /** What is past due on the account; undefined where nobody has looked: such a hold then stays as it is. */
  readonly past_due: PastDue | null | undefined
  /** The hold that a person has just taken away. */
  readonly lifted?: string
  readonly actor: Actor
}

/**
 * Looks at a waiting order anew, under the locks of its scope. With nothing left that holds it, its credit
 * is taken and its holds end: once, for it then waits no more. Otherwise its holds become what the rules
 * say now; a person's hold on the order stays until a person takes it away.
 */
export async function settleWaiting(
  manager: EntityManager,
  scope: CreditScope,
  order: WaitingOrder,
  { past_due, lifted, actor }: SettlingContext
): Promise<Settled> {
  const { reasons } = await evaluate(manager, scope, order, past_due ?? null)
  const stays = ({ id, kind, basis }: CreditHold) =>
    (basis === "order" && id !== lifted) || (kind === "past_due" && past_due === undefined)
  if (reasons.length > 0 || order.holds.some(stays)) {
    await renewHolds(manager, order, reasons, { stays, actor })
    return { account: scope.account, entry: null }
  }
  const { entry, account } = await takeCredit(manager, scope.account, order, { actor })
  await endHolds(manager, order.holds, { status: "released", reason: null, actor })
  await writeNotice(manager, order, "released", {
    amount: order.amount,
    currency_code: order.currency_code,
    reasons: noticeReasons(order.holds),
  })
  return { account, entry }
}

/** The reasons as a notice tells them. */
export function noticeReasons(holds: readonly CreditHold[]): Pick<HoldReason, "kind" | "basis" | "figures">[] {
  return holds.map(({ kind, basis, figures }) => ({ kind, basis, figures }))
}

async function renewHolds(
  manager: EntityManager,
  order: WaitingOrder,
  reasons: readonly HoldReason[],
  { stays, actor }: { readonly stays: (hold: CreditHold) => boolean; readonly actor: Actor }
): Promise<void> {
  const name = ({ kind, basis }: Pick<CreditHold, "kind" | "basis">) => `${kind} ${basis}`
  const standing = new Map(order.holds.map((hold) => [name(hold), hold]))
  const found = new Set(reasons.map(name))
  const gone = order.holds.filter((hold) => !found.has(name(hold)) && !stays(hold))
  await endHolds(manager, gone, { status: "released", reason: null, actor })
  await insertHolds(manager, order, reasons.filter((reason) => !standing.has(name(reason))), actor)
  for (const reason of reasons) {
    const hold = standing.get(name(reason))
    if (hold && canonicalJson(hold.figures) !== canonicalJson(reason.figures)) {
      await updateFigures(manager, hold.id, reason.figures)
    }
  }
}
