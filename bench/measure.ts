import { container as root } from "@medusajs/framework"
import type { MedusaContainer } from "@medusajs/framework/types"
import start from "@medusajs/medusa/commands/start"

import { answer, say } from "./child"
import { openShop } from "./goods"
import { fillOrders, LISTINGS, listingRounds } from "./listing"
import {
  copiedRows,
  fillOpenAccount,
  fillReceivables,
  INVOICES_OF_ACCOUNT,
  payAll,
  REPORTS,
  reportRounds,
} from "./receivables"
import { CORE_ORDER, SALES, sellingRound } from "./selling"
import { Stopwatch } from "./stopwatch"

/** Two medians in milliseconds that were measured in turns. */
export interface Comparison {
  readonly name: string
  /** Lines of the order, or orders of the store. */
  readonly size: number
  readonly base_ms: number
  readonly ms: number
}

const LINES = [45, 1_000]
const FEW_ORDERS = 1_000
const MANY_ORDERS = 100_000
const LISTING_ROUNDS = 150

export const ACCOUNTS = { few: 100, many: 1_000 } as const
export const PAID_AT_ONCE = { few: 50, many: 500 } as const

interface Place {
  readonly directory: string
  readonly port: number
}

/** A Medusa server in this process, measured from within and over HTTP. */
const handlers = {
  async sales({ rounds, ...place }: Place & { readonly rounds: number }): Promise<Comparison[]> {
    const { container, shop } = await opened(place, Math.max(...LINES))
    const sales: Comparison[] = []
    for (const lines of LINES) {
      const watch = new Stopwatch()
      await sellingRound(container, shop, { lines, round: 0 }, new Stopwatch())
      for (let round = 1; round <= rounds; round++) {
        await sellingRound(container, shop, { lines, round }, watch)
        say(`Orders of ${lines} lines: round ${round} of ${rounds}`)
      }
      const base_ms = watch.median(CORE_ORDER)
      sales.push(...SALES.map((name) => ({ name, size: lines, base_ms, ms: watch.median(name) })))
    }
    return sales
  },

  async listings(place: Place): Promise<Comparison[]> {
    const { container, shop } = await opened(place, 1)
    // The one that the others are copies of.
    await sellingRound(container, shop, { lines: 1, round: 0 }, new Stopwatch())
    const store = shop.partnership.distributor
    const listing = async (total: number): Promise<Stopwatch> => {
      say(`Listing ${total} orders`)
      await fillOrders(container, store.id, total)
      const settings = { store, url: `http://localhost:${place.port}`, rounds: LISTING_ROUNDS }
      await listingRounds(container, settings, new Stopwatch())
      const watch = new Stopwatch()
      await listingRounds(container, settings, watch)
      return watch
    }
    const few = await listing(FEW_ORDERS)
    const many = await listing(MANY_ORDERS)
    return LISTINGS.map((name) => ({
      name,
      size: MANY_ORDERS,
      base_ms: few.median(name),
      ms: many.median(name),
    }))
  },

  async receivables({ rounds, ...place }: Place & { readonly rounds: number }): Promise<Comparison[]> {
    const { container, shop } = await opened(place, 1)
    await sellingRound(container, shop, { lines: 1, round: 0 }, new Stopwatch())
    const copied = await copiedRows(container, shop)
    const { store_id } = copied
    const invoices = { few: ACCOUNTS.few * INVOICES_OF_ACCOUNT, many: ACCOUNTS.many * INVOICES_OF_ACCOUNT }
    const reports = async (from: number, to: number): Promise<Stopwatch> => {
      say(`Reports over ${to} invoices`)
      await fillReceivables(container, copied, { from, to })
      await reportRounds(container, { store_id, rounds }, new Stopwatch())
      const watch = new Stopwatch()
      await reportRounds(container, { store_id, rounds }, watch)
      return watch
    }
    const few = await reports(0, invoices.few)
    const many = await reports(invoices.few, invoices.many)

    const paying = [new Stopwatch(), new Stopwatch()]
    let first = invoices.many
    for (const watch of paying) {
      for (let round = 1; round <= rounds; round++) {
        for (const [size, count] of Object.entries(PAID_AT_ONCE)) {
          const account_id = await fillOpenAccount(container, copied, { first, invoices: count })
          first += count
          await watch.time(size, () => payAll(container, { store_id, account_id, invoices: count }))
        }
        say(`Payments: round ${round} of ${rounds}${watch === paying[0] ? ", to warm up" : ""}`)
      }
    }
    return [
      ...REPORTS.map((name) => ({ name, size: invoices.many, base_ms: few.median(name), ms: many.median(name) })),
      { name: "payment", size: PAID_AT_ONCE.many, base_ms: paying[1].median("few"), ms: paying[1].median("many") },
    ]
  },
}
export type MeasureHandlers = typeof handlers

async function opened({ directory, port }: Place, products: number) {
  await start({ directory, port })
  const container = root as MedusaContainer
  say(`Making ${products} products`)
  return { container, shop: await openShop(container, products) }
}

answer(handlers, async () => {})
