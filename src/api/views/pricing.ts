import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type { StoreChargeRule } from "../../modules/wholesale-catalog/persistence/charge-rules"
import type { PriceTier } from "../../modules/wholesale-catalog/persistence/price-tiers"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { amountNumber } from "./amounts"

export function priceTierView(tier: PriceTier) {
  return {
    ...tier,
    free_shipping_from: tier.free_shipping_from === null ? null : amountNumber(tier.free_shipping_from),
  }
}

export function chargeRuleView(rule: StoreChargeRule) {
  return { ...rule, amount: amountNumber(rule.amount) }
}

/** A price tier with its audit. @throws WholesaleError 404 */
export async function priceTierDetail(container: MedusaContainer, key: { store_id: string; id: string }) {
  const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
  const [tier, changes] = await Promise.all([catalog.priceTierOf(key), catalog.pricingChanges(key)])
  return { ...priceTierView(tier), changes }
}

/** A charge rule with its audit. @throws WholesaleError 404 */
export async function chargeRuleDetail(container: MedusaContainer, key: { store_id: string; id: string }) {
  const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
  const [rule, changes] = await Promise.all([catalog.chargeRuleOf(key), catalog.pricingChanges(key)])
  return { ...chargeRuleView(rule), changes }
}
