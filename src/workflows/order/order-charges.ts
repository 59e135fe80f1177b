import type { MedusaContainer } from "@medusajs/framework/types"

import type { ChargeKind } from "../../lib/charges/charge"
import type { FulfilmentMethod } from "../../lib/fulfilment/methods"
import { sumAmounts, lineAmount } from "../../lib/money/amount"
import { exactAmount } from "../../lib/money/exact-amount"
import type { Account } from "../../modules/wholesale-account/service"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import { chargesOf, type Charge, type FreeShipping } from "../../modules/wholesale-catalog/domain/charge-rules"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import type { AppliedExemption } from "../../modules/wholesale-order/domain/applied-exemption"
import type { DraftCharge } from "../../modules/wholesale-order/persistence/drafts"
import { calculateChargeTaxRate, type TaxAddress } from "./calculate-tax-rates"

/** A charge agreed by hand; only the distributor's own people may give one. */
export interface AskedCharge {
  readonly kind: ChargeKind
  readonly name: string
  /** Net, in major units of the order's currency. */
  readonly amount: string
}

/**
 * What an order is charged beside its goods, taxed: what was agreed by hand, else by the store's rules and
 * from which amount on the account's price tier ships for nothing. No charge costs no call of the tax module.
 *
 * @throws WholesaleError 400 `invalid_amount` for an amount that the currency cannot write
 */
export async function orderCharges(
  container: MedusaContainer,
  order: {
    readonly account: Pick<Account, "store_id" | "currency_code" | "price_tier_id">
    readonly fulfilment_method: FulfilmentMethod
    readonly lines: readonly { readonly quantity: number; readonly unit_price: string }[]
    readonly asked?: readonly AskedCharge[]
    readonly ship_to: TaxAddress
    readonly exemption?: AppliedExemption
  }
): Promise<DraftCharge[]> {
  const { asked, account } = order
  const charges = asked
    ? asked.map((charge) => byHand(charge, account.currency_code))
    : await byRules(container, order)
  if (charges.length === 0) {
    return []
  }
  const tax = await calculateChargeTaxRate(container, order)
  return charges.map((charge) => ({ ...charge, by_hand: asked !== undefined, ...tax }))
}

function byHand({ kind, name, amount }: AskedCharge, currencyCode: string): Charge {
  return { kind, name, amount: exactAmount(amount, currencyCode), waived_amount: null }
}

async function byRules(
  container: MedusaContainer,
  { account, fulfilment_method, lines }: Parameters<typeof orderCharges>[1]
): Promise<Charge[]> {
  const { store_id, currency_code, price_tier_id } = account
  const [rules, free] = await Promise.all([
    container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).chargeRules({ store_id }),
    freeShipping(container, { store_id, price_tier_id }),
  ])
  const subtotal = sumAmounts(
    lines.map(({ quantity, unit_price }) => lineAmount(quantity, unit_price, currency_code)),
    currency_code
  )
  return chargesOf(rules, { fulfilment_method, currency_code, subtotal }, free)
}

/** From which amount on an account in a price tier ships for nothing; null for never, as where the tier is gone. */
export async function freeShipping(
  container: MedusaContainer,
  { store_id, price_tier_id }: Pick<Account, "store_id" | "price_tier_id">
): Promise<FreeShipping | null> {
  const tiers = price_tier_id
    ? await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).priceTiers({ store_id })
    : []
  const tier = tiers.find(({ id }) => id === price_tier_id)
  return tier && tier.free_shipping_from !== null
    ? { from: tier.free_shipping_from, currency_code: tier.currency_code }
    : null
}
