import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { decimalString, roundAmount } from "../../../../lib/money/amount"
import { rawAmount } from "../../../../lib/sql/insert-records"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import type { RawAmount } from "../columns"
import { insertRecords } from "../invoices/invoices"
import { lockSettings } from "../payments/settings"
import { writeReceivableChanges } from "../receivable-changes"

export interface DunningLevel {
  /** From 1. */
  readonly level: number
  readonly days_late: number
  readonly currency_code: string
  readonly fee: Amount | null
  /** A year's. */
  readonly interest_percent: string | null
}

export interface SetDunningLevelsInput {
  readonly store_id: string
  /** The fees'. */
  readonly currency_code: string
  /** In the order of their days, each later than the one before; none: nobody is reminded. */
  readonly levels: readonly {
    readonly days_late: number
    readonly fee?: Amount | null
    readonly interest_percent?: string | null
  }[]
  readonly reason?: string | undefined
  readonly actor: Actor
}

/**
 * Replaces a store's levels. What was reached before stays so.
 *
 * @throws WholesaleError 400 `invalid_dunning_levels` with `field` where days do not rise; 400 `invalid_amount`
 */
export async function setDunningLevels(
  manager: EntityManager,
  { store_id, currency_code: currency, levels, reason, actor }: SetDunningLevelsInput
): Promise<DunningLevel[]> {
  const currency_code = currency.toLowerCase()
  const records = levels.map(({ days_late, fee = null, interest_percent = null }, index) => {
    if (!Number.isInteger(days_late) || days_late < 1 || days_late <= (levels[index - 1]?.days_late ?? 0)) {
      throw new WholesaleError(
        400,
        "invalid_dunning_levels",
        "Days late are whole, from 1, and rise from level to level.",
        { field: `levels.${index}.days_late`, days_late }
      )
    }
    const exactFee = fee === null || MathBN.eq(fee, 0) ? null : positiveAmount(fee, currency_code)
    const percent = interest_percent === null || MathBN.eq(interest_percent, 0) ? null : decimalString(interest_percent)
    return {
      id: derivedId("whdunlev", store_id, String(index + 1)),
      store_id,
      level: index + 1,
      days_late,
      currency_code,
      fee: exactFee,
      raw_fee: exactFee && rawAmount(exactFee),
      interest_percent: percent,
      raw_interest_percent: percent && rawAmount(percent),
    }
  })
  await lockSettings(manager, store_id)
  const before = await dunningLevels(manager, { store_id })
  await manager.execute(`delete from wholesale_dunning_level where store_id = ?`, [store_id])
  await insertRecords(manager, "wholesale_dunning_level", records)
  const after = await dunningLevels(manager, { store_id })
  const count = Math.max(before.length, after.length)
  await writeReceivableChanges(
    manager,
    { store_id, account_id: null, reason, actor },
    Array.from({ length: count }, (_, index) => ({
      field: `dunning_level_${index + 1}`,
      from: written(before[index]),
      to: written(after[index]),
    }))
  )
  return after
}

/** A level as the audit keeps it. */
function written(level: DunningLevel | undefined): string | null {
  if (!level) {
    return null
  }
  const { days_late, fee, interest_percent, currency_code } = level
  return JSON.stringify({ days_late, fee, interest_percent, currency_code })
}

export async function dunningLevels(
  manager: EntityManager,
  { store_id }: { readonly store_id: string }
): Promise<DunningLevel[]> {
  const rows = await manager.execute<LevelRow[]>(
    `select * from wholesale_dunning_level where store_id = ? and deleted_at is null order by level`,
    [store_id]
  )
  return rows.map(({ level, days_late, currency_code, raw_fee, raw_interest_percent }) => ({
    level,
    days_late,
    currency_code,
    fee: raw_fee && roundAmount(raw_fee.value, currency_code),
    interest_percent: raw_interest_percent && decimalString(raw_interest_percent.value),
  }))
}

type LevelRow = Pick<DunningLevel, "level" | "days_late" | "currency_code"> & {
  readonly raw_fee: RawAmount | null
  readonly raw_interest_percent: RawAmount | null
}
