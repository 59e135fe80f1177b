import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import { loggedChanges, logChanges, type LoggedChange } from "../../lib/audit/change-log"
import { settingChanges } from "../../lib/audit/setting-changes"
import { changedSettings, NO_CREDIT_RULES, type CreditSettings } from "../../lib/credit-rules/credit-settings"
import { managerOf } from "../../lib/sql/transaction"
import { paymentTerms, type GivenTerms, type PaymentTerms } from "../../lib/terms/payment-terms"
import { WholesaleBooksCheck } from "./models/books-check"
import { WholesaleFeatureFlag } from "./models/feature-flag"
import { WholesaleFlagChange } from "./models/flag-change"
import { WholesaleMember } from "./models/member"
import { WholesalePlatformAdmin } from "./models/platform-admin"
import { WholesaleStore } from "./models/store"
import { WholesaleStoreChange } from "./models/store-change"

const LOG = { table: "wholesale_store_change", prefix: "whstchg" }

/** What accounts begin with where neither they nor their price tier say otherwise. */
export interface Defaults {
  readonly default_terms: PaymentTerms
  readonly default_credit: CreditSettings | null
}

export interface GivenDefaults {
  readonly default_terms?: GivenTerms
  /** What is left out of it is not set. */
  readonly default_credit?: Partial<CreditSettings> | null
}

interface StandingStore extends Defaults {
  readonly id: string
  readonly currency_code: string
}

/**
 * The defaults that are given, written in one way.
 *
 * @throws WholesaleError 400 `invalid_terms`, `invalid_credit_settings`, `invalid_amount`
 */
export function writtenDefaults({ default_terms, default_credit }: GivenDefaults, currencyCode: string): Partial<Defaults> {
  return {
    ...(default_terms && { default_terms: paymentTerms(default_terms) }),
    ...(default_credit !== undefined && {
      default_credit: default_credit && changedSettings(NO_CREDIT_RULES, default_credit, currencyCode),
    }),
  }
}

/** The defaults that are given as they are to be written, each change of them noted. Throws as `writtenDefaults`. */
export async function changeDefaults(
  manager: EntityManager,
  { id, currency_code, default_terms, default_credit }: StandingStore,
  given: GivenDefaults,
  actor: Actor
): Promise<Partial<Defaults>> {
  const changes = writtenDefaults(given, currency_code)
  const differences = settingChanges({ default_terms, default_credit }, changes)
  await logChanges(manager, LOG, { store_id: id, actor }, differences)
  return changes
}

/** All tables of the module, and the audit of a store's defaults. */
export class StoreDefaults extends MedusaService({
  WholesaleStore,
  WholesaleStoreChange,
  WholesaleMember,
  WholesalePlatformAdmin,
  WholesaleFeatureFlag,
  WholesaleFlagChange,
  WholesaleBooksCheck,
}) {
  /** Who changed which default of the store, newest first. */
  @InjectManager()
  async defaultChanges(
    { store_id }: { readonly store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<LoggedChange[]> {
    return await loggedChanges(managerOf(sharedContext), LOG, { store_id })
  }
}
