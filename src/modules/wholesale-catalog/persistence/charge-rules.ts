import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { positiveAmount } from "../../../lib/money/exact-amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { ChargeRule } from "../domain/charge-rules"
import { notePricingChanges } from "./pricing-changes"

export interface StoreChargeRule extends ChargeRule {
  readonly id: string
  readonly store_id: string
  readonly created_at: Date
  readonly updated_at: Date
}

export interface ChargeRuleKey {
  readonly store_id: string
  readonly id: string
}

export interface NewChargeRule
  extends Pick<ChargeRule, "kind" | "name" | "amount" | "currency_code">,
    Partial<Pick<ChargeRule, "fulfilment_method" | "active">> {
  /** The same id again answers the rule that is there. */
  readonly id?: string
  readonly store_id: string
  readonly actor: Actor
}

const COLUMNS = `id, store_id, kind, name, raw_amount ->> 'value' as amount, currency_code, fulfilment_method,
  active, created_at, updated_at`

const NO_RULE = { kind: null, name: null, amount: null, currency_code: null, fulfilment_method: null, active: null }

/** See `WholesaleCatalogModuleService.createChargeRule`. */
export async function createChargeRule(manager: EntityManager, input: NewChargeRule): Promise<StoreChargeRule> {
  const { id = generateEntityId(undefined, "whchr"), store_id, actor } = input
  const rule = writtenRule({
    kind: input.kind,
    name: input.name,
    amount: input.amount,
    currency_code: input.currency_code.toLowerCase(),
    fulfilment_method: input.fulfilment_method ?? null,
    active: input.active ?? true,
  })
  const row = { id, store_id, ...rule, raw_amount: rawAmount(rule.amount) }
  const made = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_charge_rule", Object.keys(row), { onConflictDoNothing: true })} returning id`,
    [JSON.stringify([row])]
  )
  if (made.length > 0) {
    await notePricingChanges(manager, { store_id, id, actor }, NO_RULE, rule)
  }
  return await chargeRuleOf(manager, { store_id, id })
}

/** See `WholesaleCatalogModuleService.updateChargeRule`. */
export async function updateChargeRule(
  manager: EntityManager,
  { store_id, id, actor, ...changes }: ChargeRuleKey & { readonly actor: Actor } & Partial<
      Pick<ChargeRule, "name" | "amount" | "fulfilment_method" | "active">
    >
): Promise<StoreChargeRule> {
  const standing = await chargeRuleOf(manager, { store_id, id }, "for update")
  const before = ruleOf(standing)
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const after = writtenRule({ ...before, ...given })
  if (await notePricingChanges(manager, { store_id, id, actor }, before, after)) {
    await manager.execute(
      `update "wholesale_charge_rule"
        set name = ?, amount = ?, raw_amount = ?::jsonb, fulfilment_method = ?, active = ?, updated_at = now()
        where id = ?`,
      [after.name, after.amount, JSON.stringify(rawAmount(after.amount)), after.fulfilment_method, after.active, id]
    )
  }
  return await chargeRuleOf(manager, { store_id, id })
}

/** See `WholesaleCatalogModuleService.deleteChargeRule`. */
export async function deleteChargeRule(
  manager: EntityManager,
  { store_id, id, actor }: ChargeRuleKey & { readonly actor: Actor }
): Promise<void> {
  const standing = await chargeRuleOf(manager, { store_id, id }, "for update")
  await notePricingChanges(manager, { store_id, id, actor }, ruleOf(standing), NO_RULE)
  await manager.execute(`update "wholesale_charge_rule" set deleted_at = now() where id = ?`, [id])
}

/** The store's rules in the order in which they were made, or the one of an id. */
export async function chargeRules(
  manager: EntityManager,
  { store_id, id }: { readonly store_id: string; readonly id?: string },
  lock: "" | "for update" = ""
): Promise<StoreChargeRule[]> {
  const rows = await manager.execute<StoreChargeRule[]>(
    `select ${COLUMNS} from "wholesale_charge_rule"
      where store_id = ? ${id === undefined ? "" : "and id = ?"} and deleted_at is null
      order by created_at, id ${lock}`,
    [store_id, ...(id === undefined ? [] : [id])]
  )
  return rows.map((row) => ({
    ...row,
    created_at: new Date(row.created_at),
    updated_at: new Date(row.updated_at),
  }))
}

/** @throws WholesaleError 404 */
export async function chargeRuleOf(
  manager: EntityManager,
  key: ChargeRuleKey,
  lock: "" | "for update" = ""
): Promise<StoreChargeRule> {
  const [rule] = await chargeRules(manager, key, lock)
  if (!rule) {
    throw notFound("Charge rule", key.id)
  }
  return rule
}

function ruleOf({ kind, name, amount, currency_code, fulfilment_method, active }: StoreChargeRule): ChargeRule {
  return { kind, name, amount, currency_code, fulfilment_method, active }
}

/** @throws WholesaleError 400 `invalid_amount`, `charge_without_name` */
function writtenRule(rule: ChargeRule): ChargeRule {
  const name = rule.name.trim()
  if (!name) {
    throw new WholesaleError(400, "charge_without_name", "A charge needs a name, which stands on orders and invoices.", {
      field: "name",
    })
  }
  return { ...rule, name, amount: positiveAmount(rule.amount, rule.currency_code) }
}
