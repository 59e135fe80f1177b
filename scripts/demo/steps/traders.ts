import { StoreClient } from "../../fixture/store-client"
import { FIXTURE_PASSWORD, type Side } from "../../fixture/trading-stores"
import { GOODS, retailerSku } from "../goods"
import type { Article, SeededStore } from "../seed"
import { money, type Terminal } from "../terminal"
import type { CreditAnswer } from "./answers"

export const WHOLESALE = "/admin/wholesale"
export const CURRENCY = "usd"

/** What one order of the demo takes. */
export const ORDERED = GOODS.filter(({ ordered }) => ordered > 0)

/** One side of the trade: its login and its books. */
export interface Trader {
  readonly client: StoreClient
  readonly store: SeededStore
  /** The articles of `ORDERED`, in that order, as this store keeps them. */
  readonly articles: readonly Article[]
}

export interface Traders {
  readonly distributor: Trader
  readonly retailer: Trader
  /** On one backend, or from one to another by the relay. */
  readonly transport: "local" | "relay"
  readonly terminal: Terminal
}

/** A store and the backend it is on. */
export interface Business {
  readonly url: string
  readonly store: SeededStore
}

/** Logs in to both stores, wherever they are. */
export async function logIn(
  businesses: Readonly<Record<Side, Business>>,
  transport: Traders["transport"],
  terminal: Terminal
): Promise<Traders> {
  const [distributor, retailer] = await Promise.all([
    trader(businesses.distributor, (sku) => sku),
    trader(businesses.retailer, retailerSku),
  ])
  return { distributor, retailer, transport, terminal }
}

async function trader({ url, store }: Business, skuOf: (sku: string) => string): Promise<Trader> {
  const credentials = { email: store.email, password: FIXTURE_PASSWORD }
  return {
    client: await StoreClient.login(url, credentials, store.id),
    store,
    articles: ORDERED.map(({ sku }) => articleOf(store, skuOf(sku))),
  }
}

export function articleOf(store: SeededStore, sku: string): Article {
  const article = store.articles.find((candidate) => candidate.sku === sku)
  if (!article) {
    throw new Error(`${store.name} keeps no ${sku}: start afresh with --reset.`)
  }
  return article
}

export function usd(amount: number): string {
  return money(amount, CURRENCY)
}

export async function creditOf({ client }: Trader, accountId: string): Promise<CreditAnswer> {
  const { credit_account } = await client.get<{ credit_account: CreditAnswer }>(
    `${WHOLESALE}/credit-accounts/${accountId}`
  )
  return credit_account
}

/** @throws Error where two figures that must agree to the cent do not */
export function agree(what: string, found: number, expected: number): void {
  if (found.toFixed(2) !== expected.toFixed(2)) {
    throw new Error(`${what} is ${found.toFixed(2)}, and should be ${expected.toFixed(2)}.`)
  }
}
