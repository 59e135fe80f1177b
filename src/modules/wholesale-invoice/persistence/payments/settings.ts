import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { isExactAmount, roundAmount } from "../../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../../lib/sql/insert-records"
import type { SettleFirst } from "../../domain/allocation-plan"
import type { RawAmount } from "../columns"
import { writeReceivableChanges } from "../receivable-changes"

export interface OfAccount {
  readonly store_id: string
  /** Null: the store's own settings, which hold where an account has none. */
  readonly account_id: string | null
}

export interface ReceivableSettings extends OfAccount {
  readonly currency_code: string
  readonly write_off_tolerance: Amount | null
  readonly settle_first: SettleFirst | null
}

export interface SetReceivableSettingsInput extends ReceivableSettings {
  readonly reason?: string | undefined
  readonly actor: Actor
}

/** What holds for a payment of the account in the currency. */
export interface SettlementRules {
  readonly write_off_tolerance: Amount | null
  readonly settle_first: SettleFirst
}

type SettingsRow = Omit<ReceivableSettings, "write_off_tolerance"> & {
  readonly raw_write_off_tolerance: RawAmount | null
}

/**
 * Sets how payments of a store, or of one account, settle. All members are replaced; null takes the
 * store's, and without one the default: nothing is written off, the invoice is paid before its charges.
 *
 * @throws WholesaleError 400 `invalid_amount` for a tolerance below zero or with too many digits
 */
export async function setReceivableSettings(
  manager: EntityManager,
  { actor, reason, ...settings }: SetReceivableSettingsInput
): Promise<ReceivableSettings> {
  const { store_id, account_id, settle_first, write_off_tolerance: tolerance } = settings
  const currency_code = settings.currency_code.toLowerCase()
  if (tolerance !== null && (MathBN.lt(tolerance, 0) || !isExactAmount(tolerance, currency_code))) {
    throw new WholesaleError(
      400,
      "invalid_amount",
      `${tolerance} is no tolerance with the digits of ${currency_code.toUpperCase()}.`,
      { field: "write_off_tolerance", amount: tolerance, currency_code }
    )
  }
  // Whoever sets them at the same moment takes their turn: each change follows from the one before.
  await lockSettings(manager, store_id)
  const before = await ownSettings(manager, { store_id, account_id })
  const record = {
    id: derivedId("whrecset", store_id, account_id ?? ""),
    store_id,
    account_id,
    currency_code,
    write_off_tolerance: tolerance,
    raw_write_off_tolerance: tolerance === null ? null : rawAmount(tolerance),
    settle_first,
  }
  const [row] = await manager.execute<SettingsRow[]>(
    `${insertRecordsSql("wholesale_receivable_settings", Object.keys(record))}
       on conflict (id) do update
       set currency_code = excluded.currency_code, settle_first = excluded.settle_first,
           write_off_tolerance = excluded.write_off_tolerance,
           raw_write_off_tolerance = excluded.raw_write_off_tolerance, updated_at = now()
     returning *`,
    [JSON.stringify([record])]
  )
  const after = toSettings(row)
  await writeReceivableChanges(manager, { store_id, account_id, actor, reason }, [
    {
      field: "write_off_tolerance",
      from: before?.write_off_tolerance ?? null,
      to: after.write_off_tolerance,
    },
    { field: "settle_first", from: before?.settle_first ?? null, to: after.settle_first },
  ])
  return after
}

/** Makes those who change a store's settings or levels take their turns, for this transaction. */
export async function lockSettings(manager: EntityManager, storeId: string): Promise<void> {
  await manager.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [`wholesale-receivables:${storeId}`])
}

async function ownSettings(manager: EntityManager, owner: OfAccount): Promise<ReceivableSettings | undefined> {
  const settings = await receivableSettings(manager, owner)
  return settings.find(({ account_id }) => account_id === owner.account_id)
}

/** The account's settings and its store's, as far as they are set. */
export async function receivableSettings(
  manager: EntityManager,
  { store_id, account_id }: OfAccount
): Promise<ReceivableSettings[]> {
  const rows = await manager.execute<SettingsRow[]>(
    `select * from wholesale_receivable_settings
      where store_id = ? and (account_id is null or account_id = ?) and deleted_at is null
      order by account_id nulls last`,
    [store_id, account_id]
  )
  return rows.map(toSettings)
}

export async function settlementRules(
  manager: EntityManager,
  { currency_code, ...owner }: OfAccount & { readonly currency_code: string }
): Promise<SettlementRules> {
  const settings = await receivableSettings(manager, owner)
  const tolerances = settings.filter((each) => each.currency_code === currency_code)
  return {
    write_off_tolerance: firstSet(tolerances.map((each) => each.write_off_tolerance)),
    settle_first: firstSet(settings.map((each) => each.settle_first)) ?? "invoice",
  }
}

function firstSet<Value>(values: readonly (Value | null)[]): Value | null {
  return values.find((value) => value !== null) ?? null
}

function toSettings({ store_id, account_id, currency_code, settle_first, ...row }: SettingsRow): ReceivableSettings {
  return {
    store_id,
    account_id,
    currency_code,
    settle_first,
    write_off_tolerance:
      row.raw_write_off_tolerance && roundAmount(row.raw_write_off_tolerance.value, currency_code),
  }
}
