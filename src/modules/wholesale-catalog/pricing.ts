import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import type { LoggedChange } from "../../lib/audit/change-log"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import WholesaleCatalogPublication from "./models/wholesale-catalog-publication"
import WholesaleChargeRule from "./models/wholesale-charge-rule"
import WholesaleItem from "./models/wholesale-item"
import WholesalePriceTier from "./models/wholesale-price-tier"
import WholesalePricingChange from "./models/wholesale-pricing-change"
import WholesaleSkuMapping from "./models/wholesale-sku-mapping"
import WholesaleSupplierCatalog from "./models/wholesale-supplier-catalog"
import WholesaleSupplierItem from "./models/wholesale-supplier-item"
import * as chargeRules from "./persistence/charge-rules"
import * as priceTiers from "./persistence/price-tiers"
import { pricingChangesOf } from "./persistence/pricing-changes"

type Changed<Key> = Key & { readonly actor: Actor }

/** A store's price tiers and what it charges beside the goods; each change of them is audited. */
export class Pricing extends MedusaService({
  WholesaleItem,
  WholesaleCatalogPublication,
  WholesaleSupplierCatalog,
  WholesaleSupplierItem,
  WholesaleSkuMapping,
  WholesalePriceTier,
  WholesaleChargeRule,
  WholesalePricingChange,
}) {
  /**
   * @throws WholesaleError 400 `price_tier_without_name`, `invalid_amount`, `invalid_terms`,
   * `invalid_credit_settings`; 409 `price_tier_exists` for a name that is taken, in whatever capitals
   */
  @InjectTransactionManager()
  async createPriceTier(
    input: priceTiers.NewPriceTier,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<priceTiers.PriceTier> {
    return priceTiers.createPriceTier(transactionOf(sharedContext), input)
  }

  /** Changes what was given, of the tier alone: accounts keep what they have. Throws as `createPriceTier`, and 404. */
  @InjectTransactionManager()
  async updatePriceTier(
    input: Changed<priceTiers.PriceTierKey & Partial<priceTiers.PriceTierDetails>>,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<priceTiers.PriceTier> {
    return priceTiers.updatePriceTier(transactionOf(sharedContext), input)
  }

  /** @throws WholesaleError 404. Whether accounts are in it is for the caller to know. */
  @InjectTransactionManager()
  async deletePriceTier(
    input: Changed<priceTiers.PriceTierKey>,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await priceTiers.deletePriceTier(transactionOf(sharedContext), input)
  }

  /** The store's tiers by name. */
  @InjectManager()
  async priceTiers(
    { store_id }: { readonly store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<priceTiers.PriceTier[]> {
    return priceTiers.priceTiers(managerOf(sharedContext), { store_id })
  }

  /** @throws WholesaleError 404 */
  @InjectManager()
  async priceTierOf(
    key: priceTiers.PriceTierKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<priceTiers.PriceTier> {
    return priceTiers.priceTierOf(managerOf(sharedContext), key)
  }

  /** @throws WholesaleError 400 `charge_without_name`, `invalid_amount` */
  @InjectTransactionManager()
  async createChargeRule(
    input: chargeRules.NewChargeRule,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<chargeRules.StoreChargeRule> {
    return chargeRules.createChargeRule(transactionOf(sharedContext), input)
  }

  /** Changes what was given, for orders to come; kind and currency never change. Throws as `createChargeRule`, and 404. */
  @InjectTransactionManager()
  async updateChargeRule(
    input: Parameters<typeof chargeRules.updateChargeRule>[1],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<chargeRules.StoreChargeRule> {
    return chargeRules.updateChargeRule(transactionOf(sharedContext), input)
  }

  /** @throws WholesaleError 404 */
  @InjectTransactionManager()
  async deleteChargeRule(
    input: Changed<chargeRules.ChargeRuleKey>,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await chargeRules.deleteChargeRule(transactionOf(sharedContext), input)
  }

  /** The store's rules, active or not, in the order in which they were made. */
  @InjectManager()
  async chargeRules(
    { store_id }: { readonly store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<chargeRules.StoreChargeRule[]> {
    return chargeRules.chargeRules(managerOf(sharedContext), { store_id })
  }

  /** @throws WholesaleError 404 */
  @InjectManager()
  async chargeRuleOf(
    key: chargeRules.ChargeRuleKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<chargeRules.StoreChargeRule> {
    return chargeRules.chargeRuleOf(managerOf(sharedContext), key)
  }

  /** Who changed what of a price tier or a charge rule, newest first; also of one that is gone. */
  @InjectManager()
  async pricingChanges(
    key: priceTiers.PriceTierKey,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<LoggedChange[]> {
    return pricingChangesOf(managerOf(sharedContext), key)
  }
}
