import type { Amount } from "../../../lib/money/amount"
import type { LimitSettings } from "../../../lib/credit-rules/credit-settings"
import type { LimitRow } from "../ledger/rows"
import { toLimitSettings } from "../ledger/rows"

export interface CreditGroup extends LimitSettings {
  readonly id: string
  readonly store_id: string
  readonly name: string
  readonly currency_code: string
}

export interface CreditGroupExposure extends CreditGroup {
  /** Σ balance and reservations of all members. */
  readonly exposure: Amount
  /** Limit less exposure, null without a limit. */
  readonly available: Amount | null
  readonly account_ids: readonly string[]
}

export const GROUP_COLUMNS =
  "id, store_id, name, currency_code, raw_credit_limit, policy, raw_soft_threshold_percent, raw_hard_threshold_percent"

export type CreditGroupRow = LimitRow & Pick<CreditGroup, "id" | "store_id" | "name" | "currency_code">

export function toCreditGroup(row: CreditGroupRow): CreditGroup {
  const { id, store_id, name, currency_code } = row
  return { id, store_id, name, currency_code, ...toLimitSettings(row, currency_code) }
}
