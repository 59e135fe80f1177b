import type { ITaxModuleService, IUserModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createTaxRegionsWorkflow } from "@medusajs/medusa/core-flows"

import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import type { Store } from "../../src/modules/wholesale-store/service"
import { createStockedProducts, type FixtureProduct } from "../fixture/products"
import { setUpOnlyStore } from "../fixture/only-store"
import {
  createTradingStores,
  FIXTURE_EMAILS,
  type Side,
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
  /** In the order of the sides that were asked for. */
  readonly stores: readonly SeededStore[]
}

/** Which stores a backend holds: both, or one that is alone on it. */
export type Sides = "both" | Side

/** Makes the stores with their goods and the tax they are sold with; what is there already stays. */
export async function seedDemo(container: MedusaContainer, sides: Sides): Promise<SeededStores> {
  await ensureTax(container)
  if (sides === "both") {
    const standing = await findTradingStores(container)
    const { distributor, retailer } = standing ?? (await createTradingStores(container))
    return {
      made_now: !standing,
      stores: [await stock(container, "distributor", distributor), await stock(container, "retailer", retailer)],
    }
  }
  const standing = await findOnlyStore(container, sides)
  const store = standing ?? (await setUpOnlyStore(container, sides))
  return { made_now: !standing, stores: [await stock(container, sides, store)] }
}

/** What a side has on its shelves. */
const SHELVES: Readonly<Record<Side, (name: string) => readonly FixtureProduct[]>> = {
  distributor: () => GOODS.map(({ title, sku }) => ({ title, sku, stock: OPENING_STOCK.distributor })),
  retailer: (name) =>
    GOODS.map(({ title, sku }) => ({
      title: `${title} (${name})`,
      sku: retailerSku(sku),
      stock: OPENING_STOCK.retailer,
    })),
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

/** The store of a backend that its user acts for without being a member. */
async function findOnlyStore(container: MedusaContainer, side: Side): Promise<TradingStore | undefined> {
  const user = await findUser(container, FIXTURE_EMAILS[side])
  const [store] = await container
    .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    .listWholesaleStores({}, { take: 1, order: { created_at: "ASC" } })
  return user && store && tradingStore(store, user)
}

/** The store that its user was made for. */
async function findStore(container: MedusaContainer, email: string): Promise<TradingStore | undefined> {
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const user = await findUser(container, email)
  const [member] = user
    ? await stores.listWholesaleMembers(
        { actor_type: "user", actor_id: user.id },
        { take: 1, order: { created_at: "ASC" } }
      )
    : []
  return user && member && tradingStore(await stores.retrieveWholesaleStore(member.store_id), user)
}

async function findUser(container: MedusaContainer, email: string): Promise<TradingStore["user"] | undefined> {
  const [user] = await container.resolve<IUserModuleService>(Modules.USER).listUsers({ email })
  return user
}

function tradingStore(store: Store, user: TradingStore["user"]): TradingStore {
  const { id, name, sales_channel_id, stock_location_ids } = store
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
  side: Side,
  { id, name, location_id, user }: TradingStore
): Promise<SeededStore> {
  const products = SHELVES[side](name)
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
