import { Needles } from "../../fixture/traces"
import type { DemoRun } from "../demo-run"
import { stayUp } from "../stay-up"
import { settle, useRelay } from "../steps/channels"
import { logIn, type Traders } from "../steps/traders"
import { carryTrade, type TradeResult } from "../trade"
import { openPlatforms, type Platforms } from "./platforms"
import { countFound, type RelayTally } from "./relay-search"
import { secretsOf } from "./secrets"

/** The figures of a trade between two backends. */
export interface CrossPlatformResult extends TradeResult {
  /** What both sides compared by phone. */
  readonly verifier: string
  readonly relay: RelayTally & { readonly found: 0 }
}

/** A distributor and a retailer trade from one backend to the other, over a relay. @returns the exit status */
export async function runAcrossPlatforms(run: DemoRun): Promise<number> {
  const { options, terminal, interrupted } = run
  const platforms = await openPlatforms(run)
  try {
    const { distributor, retailer, crashed } = platforms
    const ending = Promise.race([crashed, interrupted])
    const result = await Promise.race([tradeAndSearch(platforms, run), ending])
    if (options.exit) {
      terminal.result(result)
      return 0
    }
    const logins = [
      { ...distributor.store, url: distributor.url, role: "who sells" },
      { ...retailer.store, url: retailer.url, role: "who buys" },
    ]
    return await stayUp(logins, { terminal, ending, result })
  } finally {
    await platforms.close()
  }
}

async function tradeAndSearch(platforms: Platforms, { terminal }: DemoRun): Promise<CrossPlatformResult> {
  const traders = await logIn(platforms, "relay", terminal)
  terminal.heading("Both stores are told of the relay")
  await useRelay(traders, platforms.relay.url)
  const { result, partnership } = await carryTrade(traders)
  const verifier = await settle(traders, partnership)
  terminal.heading("The relay's database is searched")
  const needles = new Needles(secretsOf(traders, result, partnership))
  return { ...result, verifier, relay: await searched(platforms, needles, traders) }
}

async function searched(
  { relay, search, databases }: Platforms,
  needles: Needles,
  { distributor, terminal }: Traders
): Promise<CrossPlatformResult["relay"]> {
  const tally = await search.tally()
  terminal.step("Kept of what it had", `${tally.messages} sealed messages, ${tally.bytes.toLocaleString("en")} bytes`)
  const values = await search.findNothing(needles, relay.log)
  terminal.step(
    "Searched",
    `${values.toLocaleString("en")} values and the log, for ${needles.count} names, SKUs, prices, numbers and e-mails ` +
      "as text, base64, hex and gzip: nothing found"
  )
  const known = await countFound(databases.of.distributor.url, needles)
  if (known === 0) {
    throw new Error(`The same search finds nothing in the database of ${distributor.store.name} either: it is no search.`)
  }
  terminal.step("Counter-check", `the same search finds ${known} of them in the database of ${distributor.store.name}`)
  return { ...tally, found: 0 }
}
