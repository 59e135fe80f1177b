import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context, InferTypeOf } from "@medusajs/framework/types"
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { AccountAudit } from "./account-audit"
import { AccountOfStore, lockAccount } from "./accounts"
import { exemptionOn, newTaxExemptionRow, TaxExemptionDetails, TaxExemptionRow } from "./domain/tax-exemption"
import { WholesaleTaxExemption } from "./models/tax-exemption"
import { deleteTaxExemption, exemptionsOf, writeTaxExemption } from "./tax-exemptions"

export type TaxExemption = InferTypeOf<typeof WholesaleTaxExemption>

/** Who is not charged tax, where, and by which certificate; the other verbs stand in the service. */
export class TaxExemptionVerbs extends AccountAudit {
  /**
   * Adds the proof that the account, or one of its locations, is not charged tax. With the `id` of one that
   * the account has, that one is returned as it is.
   *
   * @throws WholesaleError 400 `invalid_tax_exemption`; 404 `not_found` for another account's location
   */
  @InjectTransactionManager()
  async addTaxExemption(
    { id, store_id, account_id, ...details }: AccountOfStore & TaxExemptionDetails & { id?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<TaxExemption> {
    const manager = transactionOf(sharedContext)
    await lockAccount(manager, { store_id, account_id })
    const row = newTaxExemptionRow({ id: id ?? generateEntityId(undefined, "whexm"), store_id, account_id }, details)
    await writeTaxExemption(manager, row)
    return await this.retrieveWholesaleTaxExemption(row.id, {}, sharedContext)
  }

  /** Ends an exemption for orders to come; those that were placed under it keep it. */
  @InjectTransactionManager()
  async endTaxExemption(
    exemption: AccountOfStore & { exemption_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await deleteTaxExemption(transactionOf(sharedContext), exemption)
  }

  /** The exemption of goods that go to a location of the account (null: elsewhere) on a day, `2026-01-31`. */
  @InjectManager()
  async taxExemptionFor(
    { store_id, account_id, ...place }: AccountOfStore & { location_id: string | null; day: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<TaxExemptionRow | undefined> {
    const exemptions = await exemptionsOf(managerOf(sharedContext), account_id)
    return exemptionOn(exemptions.filter((row) => row.store_id === store_id), place)
  }
}
