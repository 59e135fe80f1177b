import { container as root } from "@medusajs/framework"
import type { MedusaContainer } from "@medusajs/framework/types"
import start from "@medusajs/medusa/commands/start"

import { answer, say } from "./child"
import { openShop } from "./goods"
import { fillOrders, LISTINGS, listingRounds } from "./listing"
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
}
export type MeasureHandlers = typeof handlers

async function opened({ directory, port }: Place, products: number) {
  await start({ directory, port })
  const container = root as MedusaContainer
  say(`Making ${products} products`)
  return { container, shop: await openShop(container, products) }
}

answer(handlers, async () => {})
