import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import type { Amount } from "../../../lib/money/amount"
import { rawAmount } from "../../../lib/sql/insert-records"
import type { CreditSettings, LimitSettings } from "../../../lib/credit-rules/credit-settings"
import { settingChanges } from "../../../lib/audit/setting-changes"
import { changedSettings } from "../../../lib/credit-rules/credit-settings"
import { lockAccount } from "../ledger/accounts"
import type { CreditAccount } from "../ledger/rows"
import { writeChanges } from "./changes"

export interface UpdateSettingsInput {
  readonly store_id: string
  readonly account_id: string
  /** What is left out stays; null takes a limit, a threshold or a rule away. */
  readonly changes: Partial<CreditSettings>
  readonly reason?: string
  readonly actor: Actor
}

export interface SetLimitInput extends Omit<UpdateSettingsInput, "changes"> {
  /** null takes the limit away; "0" lets nothing go on account. */
  readonly limit: Amount | null
}

/**
 * Changes the rules of an account's credit and writes a row of audit for every field that differs. What
 * stays the same leaves no trace. Lowering the limit below the exposure is allowed: it stops further
 * orders. Orders that wait are not looked at again: call `recheck`. `CREDIT_PRESET` as `changes` is the
 * one-click preset.
 *
 * @throws WholesaleError 400 `invalid_amount`, `invalid_credit_settings` with `field`; 404
 */
export async function updateSettings(
  manager: EntityManager,
  { store_id, account_id, changes, reason, actor }: UpdateSettingsInput
): Promise<CreditAccount> {
  const account = await lockAccount(manager, store_id, account_id)
  const before = settingsOf(account)
  const after = changedSettings(before, changes, account.currency_code)
  const differences = settingChanges(before, after)
  if (differences.length === 0) {
    return account
  }
  const limit = limitColumns(after)
  await manager.execute(
    `update wholesale_credit_account
        set ${limit.set}, past_due_days = ?, past_due_tolerance = ?, raw_past_due_tolerance = ?::jsonb,
            updated_at = now()
      where id = ?`,
    [...limit.values, after.past_due_days, ...pair(after.past_due_tolerance), account.id]
  )
  await writeChanges(manager, { store_id, credit_account_id: account.id, reason, actor }, differences)
  return { ...account, ...after }
}

/** Sets or takes away the limit; see {@link updateSettings}. */
export async function setLimit(
  manager: EntityManager,
  { limit, ...input }: SetLimitInput
): Promise<CreditAccount> {
  return await updateSettings(manager, { ...input, changes: { credit_limit: limit } })
}

/** The columns that an account and a group have alike, for an `update`. */
export function limitColumns(settings: LimitSettings): { set: string; values: (string | null)[] } {
  return {
    set:
      "credit_limit = ?, raw_credit_limit = ?::jsonb, policy = ?, " +
      "soft_threshold_percent = ?, raw_soft_threshold_percent = ?::jsonb, " +
      "hard_threshold_percent = ?, raw_hard_threshold_percent = ?::jsonb",
    values: [
      ...pair(settings.credit_limit),
      settings.policy,
      ...pair(settings.soft_threshold_percent),
      ...pair(settings.hard_threshold_percent),
    ],
  }
}

function pair(value: string | null): [string | null, string | null] {
  return [value, value === null ? null : JSON.stringify(rawAmount(value))]
}

function settingsOf(account: CreditAccount): CreditSettings {
  const {
    credit_limit, policy, soft_threshold_percent, hard_threshold_percent, past_due_days, past_due_tolerance,
  } = account
  return {
    credit_limit, policy, soft_threshold_percent, hard_threshold_percent, past_due_days, past_due_tolerance,
  }
}
