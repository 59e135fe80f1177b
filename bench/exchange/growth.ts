import { Client } from "@medusajs/framework/pg"

import { Stopwatch } from "../stopwatch"
import { fillMailbox, fillOtherMailboxes, fillOutbox } from "./backlog"
import { acknowledgementsOf, openMailbox } from "./mailbox"
import type { StorePair } from "./pair"

/** The same work with few messages waiting and with many; milliseconds. */
export interface GrowthFigures {
  readonly name: "carrying" | "sealing" | "receiving"
  readonly few: number
  readonly many: number
  readonly few_ms: number
  readonly many_ms: number
}

const FEW = 1_000
const MANY = 100_000
/** What may wait for one partner, but for what is sealed here. */
const MANY_FOR_ONE = 19_000
const RECEIVED = 500

/** 1,000 documents store to store, while so many wait at the sender and at the relay for other partners. */
export async function growthOfCarrying(
  pair: StorePair,
  { outbox, relay, rounds }: { readonly outbox: string; readonly relay: string; readonly rounds: number }
): Promise<GrowthFigures> {
  const [stores, mailboxes] = [await connected(outbox), await connected(relay)]
  const timed = async (from: number, to: number): Promise<number> => {
    await fillOutbox(stores, pair.sender_id, { from, to })
    await fillOtherMailboxes(mailboxes, { from, to })
    const watch = new Stopwatch()
    for (let round = 0; round < rounds; round++) {
      await watch.time("carry", () => pair.carry({ count: 1_000, batch: 100, callers: 1 }))
    }
    return watch.median("carry")
  }
  const few_ms = await timed(0, FEW)
  const many_ms = await timed(FEW, MANY)
  await stores.end()
  await mailboxes.end()
  return { name: "carrying", few: FEW, many: MANY, few_ms, many_ms }
}

/** One document into the outbox, while so many wait there for the same partner. */
export async function growthOfSealing(pair: StorePair, outbox: string): Promise<GrowthFigures> {
  const database = await connected(outbox)
  const times = 100
  const timed = async (standing: number, to: number): Promise<number> => {
    await pair.sealUnheard({ count: to - standing, batch: 100, callers: 1 })
    await database.query("vacuum analyze wholesale_relay_outgoing")
    return (await pair.sealUnheard({ count: times, batch: 1, callers: 1 })) / times
  }
  const few_ms = await timed(0, FEW)
  const many_ms = await timed(FEW + times, MANY_FOR_ONE)
  await database.end()
  return { name: "sealing", few: FEW, many: MANY_FOR_ONE, few_ms, many_ms }
}

/** A request that acknowledges 500 messages and brings the next 500 of so many. */
export async function growthOfReceiving(origin: string, relay: string, rounds: number): Promise<GrowthFigures> {
  const database = await connected(relay)
  const { reader, receive_id } = await openMailbox(origin)
  const id = Buffer.from(receive_id, "base64url")
  let acknowledge: [string, string][] = []
  const receive = async (): Promise<void> => {
    acknowledge = acknowledgementsOf(await reader.receive({ wait_seconds: 0, acknowledge }))
  }
  const timed = async (more: number): Promise<number> => {
    await fillMailbox(database, id, more)
    await database.query("vacuum analyze relay_message")
    await receive()
    const watch = new Stopwatch()
    for (let round = 0; round < rounds; round++) {
      await watch.time("receive", receive)
      await fillMailbox(database, id, RECEIVED)
    }
    return watch.median("receive")
  }
  const few_ms = await timed(FEW)
  const many_ms = await timed(MANY - FEW)
  reader.close()
  await database.end()
  return { name: "receiving", few: FEW, many: MANY, few_ms, many_ms }
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}
