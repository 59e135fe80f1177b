import { UniqueConstraintViolationException } from "@medusajs/framework/mikro-orm/core"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { changedSettings, NO_CREDIT_RULES, type CreditSettings } from "../../../lib/credit-rules/credit-settings"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import { paymentTerms, type GivenTerms, type PaymentTerms } from "../../../lib/terms/payment-terms"
import { notePricingChanges } from "./pricing-changes"

export interface PriceTier {
  readonly id: string
  readonly store_id: string
  readonly name: string
  /** Of the amounts. */
  readonly currency_code: string
  /** Net amount of the goods from which shipping is free; null: never, 0: always. */
  readonly free_shipping_from: Amount | null
  readonly default_terms: PaymentTerms | null
  /** All the credit rules that its accounts begin with; null: the store's. */
  readonly default_credit: CreditSettings | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** What is left out of `default_credit` is not set. */
export interface PriceTierDetails {
  readonly name: string
  readonly free_shipping_from?: Amount | null
  readonly default_terms?: GivenTerms | null
  readonly default_credit?: Partial<CreditSettings> | null
}

export interface PriceTierKey {
  readonly store_id: string
  readonly id: string
}

export interface NewPriceTier extends PriceTierDetails {
  /** The same id again answers the tier that is there. */
  readonly id?: string
  readonly store_id: string
  /** The store's. */
  readonly currency_code: string
  readonly actor: Actor
}

type Settings = Pick<PriceTier, "name" | "free_shipping_from" | "default_terms" | "default_credit">

const NO_SETTINGS = { name: null, free_shipping_from: null, default_terms: null, default_credit: null }

const COLUMNS = `id, store_id, name, currency_code, raw_free_shipping_from ->> 'value' as free_shipping_from,
  default_terms, default_credit, created_at, updated_at`

/** See `WholesaleCatalogModuleService.createPriceTier`. */
export async function createPriceTier(manager: EntityManager, input: NewPriceTier): Promise<PriceTier> {
  const { id = generateEntityId(undefined, "whtier"), store_id, actor } = input
  const currency_code = input.currency_code.toLowerCase()
  const settings = { ...NO_SETTINGS, ...writtenSettings(input, currency_code), name: tierName(input.name) }
  const row = { id, store_id, currency_code, ...columnsOf(settings) }
  const made = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_price_tier", Object.keys(row), { onConflictDoNothing: true })} returning id`,
    [JSON.stringify([row])]
  )
  if (made.length === 0) {
    const [standing] = await priceTiers(manager, { store_id, id })
    if (!standing) {
      throw nameTaken(settings.name)
    }
    return standing
  }
  await notePricingChanges(manager, { store_id, id, actor }, NO_SETTINGS, settings)
  return await priceTierOf(manager, { store_id, id })
}

/** See `WholesaleCatalogModuleService.updatePriceTier`. */
export async function updatePriceTier(
  manager: EntityManager,
  { store_id, id, actor, ...changes }: PriceTierKey & Partial<PriceTierDetails> & { readonly actor: Actor }
): Promise<PriceTier> {
  const tier = await priceTierOf(manager, { store_id, id }, "for update")
  const settings = { ...settingsOf(tier), ...writtenSettings(changes, tier.currency_code) }
  const after = { ...settings, name: tierName(settings.name) }
  if (!(await notePricingChanges(manager, { store_id, id, actor }, settingsOf(tier), after))) {
    return tier
  }
  const columns = columnsOf(after)
  const names = Object.keys(columns)
  await manager
    .execute(
      `update "wholesale_price_tier" tier
        set ${names.map((name) => `"${name}" = changed."${name}"`).join(", ")}, updated_at = now()
        from json_populate_record(null::"wholesale_price_tier", ?::json) changed where tier.id = ?`,
      [JSON.stringify(columns), id]
    )
    .catch((error: unknown) => {
      throw error instanceof UniqueConstraintViolationException ? nameTaken(after.name) : error
    })
  return await priceTierOf(manager, { store_id, id })
}

/** See `WholesaleCatalogModuleService.deletePriceTier`. */
export async function deletePriceTier(
  manager: EntityManager,
  { store_id, id, actor }: PriceTierKey & { readonly actor: Actor }
): Promise<void> {
  const tier = await priceTierOf(manager, { store_id, id }, "for update")
  await notePricingChanges(manager, { store_id, id, actor }, settingsOf(tier), NO_SETTINGS)
  await manager.execute(`update "wholesale_price_tier" set deleted_at = now() where id = ?`, [id])
}

/** The store's tiers by name, or the one of an id. */
export async function priceTiers(
  manager: EntityManager,
  { store_id, id }: { readonly store_id: string; readonly id?: string },
  lock: "" | "for update" = ""
): Promise<PriceTier[]> {
  const rows = await manager.execute<PriceTier[]>(
    `select ${COLUMNS} from "wholesale_price_tier"
      where store_id = ? ${id === undefined ? "" : "and id = ?"} and deleted_at is null
      order by name_key ${lock}`,
    [store_id, ...(id === undefined ? [] : [id])]
  )
  return rows.map((row) => ({
    ...row,
    created_at: new Date(row.created_at),
    updated_at: new Date(row.updated_at),
  }))
}

/** @throws WholesaleError 404 */
export async function priceTierOf(
  manager: EntityManager,
  key: PriceTierKey,
  lock: "" | "for update" = ""
): Promise<PriceTier> {
  const [tier] = await priceTiers(manager, key, lock)
  if (!tier) {
    throw notFound("Price tier", key.id)
  }
  return tier
}

function settingsOf({ name, free_shipping_from, default_terms, default_credit }: PriceTier): Settings {
  return { name, free_shipping_from, default_terms, default_credit }
}

/** What is given, written in one way; what is not given is left out. */
function writtenSettings(
  { name, free_shipping_from: from, default_terms: terms, default_credit: credit }: Partial<PriceTierDetails>,
  currency: string
): Partial<Settings> {
  return {
    ...(name !== undefined && { name }),
    ...(from !== undefined && { free_shipping_from: from === null ? null : nonNegativeAmount(from, currency) }),
    ...(terms !== undefined && { default_terms: terms && paymentTerms(terms) }),
    ...(credit !== undefined && { default_credit: credit && changedSettings(NO_CREDIT_RULES, credit, currency) }),
  }
}

function columnsOf({ name, free_shipping_from, default_terms, default_credit }: Settings) {
  return {
    name,
    name_key: name.toLowerCase(),
    free_shipping_from,
    raw_free_shipping_from: free_shipping_from === null ? null : rawAmount(free_shipping_from),
    default_terms,
    default_credit,
  }
}

function tierName(name: string): string {
  const trimmed = name.trim()
  if (!trimmed) {
    throw new WholesaleError(400, "price_tier_without_name", "A price tier needs a name.", { field: "name" })
  }
  return trimmed
}

function nameTaken(name: string): WholesaleError {
  return new WholesaleError(409, "price_tier_exists", `There is a price tier named ${name} already.`, {
    field: "name",
    name,
  })
}
