import { container as root } from "@medusajs/framework"
import type { MedusaContainer } from "@medusajs/framework/types"
import start from "@medusajs/medusa/commands/start"

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

export interface Measurements {
  readonly sales: readonly Comparison[]
  readonly listings: readonly Comparison[]
}

export type MeasureMessage =
  | { readonly type: "line"; readonly text: string }
  | { readonly type: "result"; readonly result: Measurements }
  | { readonly type: "failed"; readonly error: string }

const LINES = [45, 1_000]
const FEW_ORDERS = 1_000
const MANY_ORDERS = 100_000
const LISTING_ROUNDS = 150

/** A Medusa server in this process, measured from within and over HTTP. */
async function measure(directory: string, port: number, rounds: number): Promise<Measurements> {
  await start({ directory, port })
  const container = root as MedusaContainer
  say(`Making ${Math.max(...LINES)} products`)
  const shop = await openShop(container, Math.max(...LINES))
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
  const store = shop.partnership.distributor
  const listing = async (total: number): Promise<Stopwatch> => {
    say(`Listing ${total} orders`)
    await fillOrders(container, store.id, total)
    const settings = { store, url: `http://localhost:${port}`, rounds: LISTING_ROUNDS }
    await listingRounds(container, settings, new Stopwatch())
    const watch = new Stopwatch()
    await listingRounds(container, settings, watch)
    return watch
  }
  const few = await listing(FEW_ORDERS)
  const many = await listing(MANY_ORDERS)
  const listings = LISTINGS.map((name) => ({
    name,
    size: MANY_ORDERS,
    base_ms: few.median(name),
    ms: many.median(name),
  }))
  return { sales, listings }
}

function say(text: string): void {
  tell({ type: "line", text })
}

function tell(message: MeasureMessage): void {
  process.send?.(message)
}

process.once("disconnect", () => process.exit())
measure(process.argv[2], Number(process.argv[3]), Number(process.argv[4])).then(
  (result) => tell({ type: "result", result }),
  (error: unknown) => tell({ type: "failed", error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
)
