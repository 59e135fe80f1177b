import type { IRegionModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { connectStores, offerGoods, type Partnership } from "../integration-tests/helpers/trade"
import { createStockedProducts, type StockedVariant } from "../scripts/fixture/products"
import { createTradingStores } from "../scripts/fixture/trading-stores"
import { WHOLESALE_ACCOUNT } from "../src/modules/wholesale-account"
import type WholesaleAccountModuleService from "../src/modules/wholesale-account/service"

export const CURRENCY = "gbp"

/** Goods that core and the plugin both sell at the same price. */
export interface BenchGoods extends StockedVariant {
  readonly unit_price: string
}

export interface BenchShop {
  readonly partnership: Partnership
  /** Where core sells the goods. */
  readonly region_id: string
  readonly goods: readonly BenchGoods[]
}

/** Products made in one call of core's workflow. */
const BATCH = 100
/** Enough for every order of every round. */
const STOCK = 1_000_000

/** Two stores that trade without a credit limit, and goods that the distributor and core sell. */
export async function openShop(container: MedusaContainer, count: number): Promise<BenchShop> {
  const stores = await createTradingStores(container, { currency_code: CURRENCY })
  const { distributor } = stores
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.SALES_CHANNEL]: { sales_channel_id: distributor.sales_channel_id },
    [Modules.STOCK_LOCATION]: { stock_location_id: distributor.location_id },
  })
  const region = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .createRegions({ name: "United Kingdom", currency_code: CURRENCY, countries: ["gb"] })
  const goods: BenchGoods[] = []
  for (let first = 0; first < count; first += BATCH) {
    const products = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => ({
      title: `Goods ${first + index}`,
      sku: `GOODS-${first + index}`,
      stock: STOCK,
    }))
    const variants = await createStockedProducts(container, distributor.location_id, products)
    variants.forEach((variant, index) => goods.push({ ...variant, unit_price: `${((first + index) % 90) + 9}.95` }))
  }
  const partnership = await connectStores(container, stores, null)
  await offerGoods(
    container,
    distributor.id,
    CURRENCY,
    goods.map(({ variant_id, unit_price }) => ({ variant_id, price: unit_price }))
  )
  await container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).addLocation({
    store_id: distributor.id,
    account_id: partnership.account_id,
    name: "Shop",
    address_1: "1 High Street",
    city: "Leeds",
    country_code: "gb",
  })
  return { partnership, region_id: region.id, goods }
}
