import type { MedusaContainer } from "@medusajs/framework/types"

import type { CreditSettings } from "../../lib/credit-rules/credit-settings"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { Amount } from "../../lib/money/amount"
import type { GivenTerms } from "../../lib/terms/payment-terms"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type { PriceTier } from "../../modules/wholesale-catalog/persistence/price-tiers"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/** Credit rules of a price tier or a store, whose amounts are in its currency. */
interface CreditDefaults {
  readonly of: string
  readonly currency_code: string
  readonly rules: CreditSettings
}

export interface AccountDefaults {
  readonly terms: GivenTerms
  /** Rules beside the limit; undefined where nobody set any. */
  readonly settings: Omit<CreditSettings, "credit_limit"> | undefined
  /** undefined where nobody set one. */
  readonly credit_limit: Amount | null | undefined
}

/**
 * What an account is opened with: what is given for it, else what its price tier says, else its store.
 * Credit rules come whole from one of the two; a limit that is given takes the place of theirs.
 *
 * @throws WholesaleError 404 for a tier of another store; 409 `currency_mismatch` where a limit of another
 * currency would be the account's and none is given
 */
export async function accountDefaults(
  container: MedusaContainer,
  account: {
    readonly store_id: string
    readonly currency_code: string
    readonly price_tier_id?: string | null
    readonly terms?: GivenTerms
    readonly credit_limit?: Amount | null
  }
): Promise<AccountDefaults> {
  const { store_id, price_tier_id, credit_limit } = account
  const [store, tier] = await Promise.all([
    container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    price_tier_id ? tierOf(container, store_id, price_tier_id) : undefined,
  ])
  const credit =
    (tier && tierCredit(tier)) ??
    (store.default_credit
      ? { of: `store ${store.name}`, currency_code: store.currency_code, rules: store.default_credit }
      : undefined)
  const rules = credit && rulesIn(account.currency_code, credit, credit_limit !== undefined)
  return {
    terms: account.terms ?? tier?.default_terms ?? store.default_terms,
    settings: rules && withoutLimit(rules),
    credit_limit: credit_limit === undefined ? rules?.credit_limit : credit_limit,
  }
}

/** @throws WholesaleError 404 for a tier of another store, too */
export async function tierOf(container: MedusaContainer, store_id: string, id: string): Promise<PriceTier> {
  return await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).priceTierOf({ store_id, id })
}

/**
 * The credit rules that a tier gives an account which is there already; undefined where it has none. A tier that
 * sets no limit leaves the account's: it must not become unlimited by the way.
 *
 * @throws WholesaleError 409 `currency_mismatch`
 */
export function tierRules(tier: PriceTier, currencyCode: string): Partial<CreditSettings> | undefined {
  const credit = tierCredit(tier)
  const rules = credit && rulesIn(currencyCode, credit, false)
  return rules?.credit_limit === null ? withoutLimit(rules) : rules
}

function tierCredit({ name, currency_code, default_credit }: PriceTier): CreditDefaults | undefined {
  return default_credit ? { of: `price tier ${name}`, currency_code, rules: default_credit } : undefined
}

/** Percentages and days hold in every currency, amounts in their own alone. */
function rulesIn(currencyCode: string, { of, currency_code, rules }: CreditDefaults, hasLimit: boolean): CreditSettings {
  if (currency_code === currencyCode.toLowerCase()) {
    return rules
  }
  if (rules.credit_limit !== null && !hasLimit) {
    throw new WholesaleError(
      409,
      "currency_mismatch",
      `The credit limit of ${of} is in ${currency_code.toUpperCase()}, the account trades in ` +
        `${currencyCode.toUpperCase()}: give the account a limit of its own.`,
      { currency_code, account_currency_code: currencyCode, credit_limit: rules.credit_limit }
    )
  }
  return { ...rules, credit_limit: null, past_due_tolerance: null }
}

function withoutLimit({ credit_limit: _, ...settings }: CreditSettings): Omit<CreditSettings, "credit_limit"> {
  return settings
}
