import type { ITaxModuleService, IUserModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createTaxRegionsWorkflow } from "@medusajs/medusa/core-flows"

import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { createStockedProducts, type FixtureProduct } from "../fixture/products"
import {
  createTradingStores,
  FIXTURE_EMAILS,
  type TradingStore,
  type TradingStores,
} from "../fixture/trading-stores"
import { GOODS, OPENING_STOCK, retailerSku } from "./goods"

/** Per cent, in the state where both stores are. */
const TAX = { country_code: "us", province_code: "us-ny", name: "New York sales tax", code: "NY", rate: 8 }

/** Where one article of a store is. */
export interface Article {
  readonly sku: string
  readonly variant_id: string
  readonly inventory_item_id: string
}

export interface SeededStore {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly location_id: string
  readonly articles: readonly Article[]
}

export interface SeededStores {
  /** False where an earlier run made them. */
  readonly made_now: boolean
  readonly distributor: SeededStore
  readonly retailer: SeededStore
}

/** Makes the two stores with their goods and the tax they are sold with; what is there already stays. */
export async function seedDemo(container: MedusaContainer): Promise<SeededStores> {
  const standing = await findTradingStores(container)
  const stores = standing ?? (await createTradingStores(container))
  await ensureTax(container)
  return {
    made_now: !standing,
    distributor: await stock(
      container,
      stores.distributor,
      GOODS.map(({ title, sku }) => ({ title, sku, stock: OPENING_STOCK.distributor }))
    ),
    retailer: await stock(
      container,
      stores.retailer,
      GOODS.map(({ title, sku }) => ({
        title: `${title} (${stores.retailer.name})`,
        sku: retailerSku(sku),
        stock: OPENING_STOCK.retailer,
      }))
    ),
  }
}

async function findTradingStores(container: MedusaContainer): Promise<TradingStores | undefined> {
  const distributor = await findStore(container, FIXTURE_EMAILS.distributor)
  const retailer = await findStore(container, FIXTURE_EMAILS.retailer)
  if (!distributor && !retailer) {
    return undefined
  }
  if (!distributor || !retailer) {
    throw new Error("Only one of the demo's stores is there: start afresh with --reset.")
  }
  return { distributor, retailer }
}

/** The store that its user was made for. */
async function findStore(container: MedusaContainer, email: string): Promise<TradingStore | undefined> {
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const [user] = await container.resolve<IUserModuleService>(Modules.USER).listUsers({ email })
  const [member] = user
    ? await stores.listWholesaleMembers(
        { actor_type: "user", actor_id: user.id },
        { take: 1, order: { created_at: "ASC" } }
      )
    : []
  if (!member) {
    return undefined
  }
  const { id, name, sales_channel_id, stock_location_ids } = await stores.retrieveWholesaleStore(member.store_id)
  const [location_id] = stock_location_ids
  if (typeof location_id !== "string") {
    throw new Error(`${name} has no stock location: give it one under Settings, or start afresh with --reset.`)
  }
  return { id, name, location_id, sales_channel_id: sales_channel_id ?? "", user }
}

async function ensureTax(container: MedusaContainer): Promise<void> {
  const { country_code, province_code, name, code, rate } = TAX
  const [region] = await container
    .resolve<ITaxModuleService>(Modules.TAX)
    .listTaxRegions({ country_code }, { take: 1 })
  if (region) {
    return
  }
  const {
    result: [country],
  } = await createTaxRegionsWorkflow(container).run({ input: [{ country_code, provider_id: "tp_system" }] })
  await createTaxRegionsWorkflow(container).run({
    input: [
      { country_code, province_code, parent_id: country.id, default_tax_rate: { name, code, rate } },
    ],
  })
}

async function stock(
  container: MedusaContainer,
  { id, name, location_id, user }: TradingStore,
  products: readonly FixtureProduct[]
): Promise<SeededStore> {
  const standing = await findArticles(container, products)
  const missing = products.filter(({ sku }) => !standing.some((article) => article.sku === sku))
  if (missing.length) {
    await createStockedProducts(container, location_id, missing)
  }
  const articles = missing.length ? await findArticles(container, products) : standing
  return { id, name, email: user.email, location_id, articles }
}

async function findArticles(container: MedusaContainer, products: readonly FixtureProduct[]): Promise<Article[]> {
  const { data: variants } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product_variant",
    fields: ["id", "sku", "inventory_items.inventory_item_id"],
    filters: { sku: products.map(({ sku }) => sku) },
  })
  return variants.flatMap(({ id, sku, inventory_items }) => {
    const inventory_item_id = inventory_items?.[0]?.inventory_item_id
    return sku && inventory_item_id ? [{ sku, variant_id: id, inventory_item_id }] : []
  })
}
