import { join } from "node:path"
import { Redis } from "ioredis"

import { startChild, type ChildSettings } from "../child"
import { Stopwatch } from "../stopwatch"
import { measureCatalog, type CatalogFigures } from "./catalog"
import { growthOfCarrying, growthOfReceiving, growthOfSealing, type GrowthFigures } from "./growth"
import type { JobHandlers } from "./jobs-process"
import { openPair, type StorePair } from "./pair"
import type { RelayHandlers } from "./relay-process"
import { measureSealing, type SealingFigures } from "./sealing"
import { measureThroughput } from "./throughput"
import { measureWaking, type WakingFigures } from "./waking"

export interface ExchangeFigures {
  readonly sealing: readonly SealingFigures[]
  readonly jobs_per_second: number
  readonly carrying: readonly CarryingFigures[]
  readonly waking: readonly (WakingFigures & { readonly nodes: number })[]
  readonly throughput: readonly { readonly mailboxes: number; readonly messages_per_second: number }[]
  readonly growth: readonly GrowthFigures[]
  readonly catalog: readonly CatalogFigures[]
}

export interface CarryingFigures {
  /** What wakes the workers. */
  readonly queue: "PostgreSQL" | "Redis"
  readonly batch: number
  readonly documents_per_second: number
}

export interface ExchangeSettings {
  readonly rounds: number
  readonly log: string
  /** Redis, where its part is to be measured as well. */
  readonly redis_url?: string
  /** A migrated database that nobody uses yet. */
  newDatabase(name: string): Promise<string>
  emptyDatabase(name: string): Promise<string>
}

const JOBS = 3_000
const WAYS = [
  { batch: 100, count: 4_000 },
  { batch: 1, count: 400 },
]
const MAILBOXES = [1, 10, 1_000]
/** Logical databases of Redis that nothing else here uses, one for each store. */
const REDIS_DATABASES = [8, 9]

/** Nothing of the relay's is switched off but its limits, which are there to slow what measures it. */
const UNLIMITED = Object.fromEntries(
  ["REQUESTS_PER_KEY", "REQUESTS_PER_ADDRESS", "MAILBOXES_PER_ADDRESS", "MAILBOX_MESSAGES", "MAILBOX_BYTES"].map(
    (name) => [`RELAY_${name}`, String(1_000_000_000)]
  )
)

/** Trade with partners on other platforms: two stores, two nodes of a relay between them, and bare BullMQ beside them. */
export async function measureExchange(settings: ExchangeSettings, say: (line: string) => void): Promise<ExchangeFigures> {
  const { rounds, newDatabase, emptyDatabase, redis_url } = settings
  say("Sealing and opening")
  const sealing = await measureSealing()

  const shared: ChildSettings = {
    log: settings.log,
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", MEDUSA_DISABLE_TELEMETRY: "true", REDIS_URL: "" },
  }
  const relayDatabase = await emptyDatabase("relay")
  const node = () =>
    startChild<RelayHandlers>(join(__dirname, "relay-process.ts"), {
      ...shared,
      env: { ...shared.env, ...UNLIMITED, DATABASE_URL: relayDatabase, PORT: "0" },
    })
  const first = node()
  const origin = await first.ask("origin")
  const second = node()
  const otherOrigin = await second.ask("origin")

  const databases = async (name: string) =>
    [await newDatabase(`${name}_sender`), await newDatabase(`${name}_receiver`)] as const
  const stores = await databases("stores")
  const pair = await openPair({ ...shared, relay_url: origin, databases: stores })
  const redis_urls = redis_url === undefined ? undefined : redisUrls(redis_url)
  const redisPair =
    redis_urls && (await openPair({ ...shared, relay_url: origin, databases: await databases("redis"), redis_urls }))

  const { jobs_per_second, carrying } = await measureCarrying(
    { PostgreSQL: pair, ...(redisPair && { Redis: redisPair }) },
    { rounds, shared, jobsDatabase: await emptyDatabase("jobs") },
    say
  )
  say("A large catalog")
  const catalog = await measureCatalog(pair, rounds)
  await redisPair?.end()
  await Promise.all((redis_urls ?? []).map(forgetQueues))

  say("Waking who waits at a relay")
  const waking = [
    { nodes: 1, ...(await measureWaking({ polled: origin, sent: origin })) },
    { nodes: 2, ...(await measureWaking({ polled: origin, sent: otherOrigin })) },
  ]
  const throughput: { mailboxes: number; messages_per_second: number }[] = []
  for (const mailboxes of MAILBOXES) {
    say(`Sending and receiving through ${mailboxes} mailboxes`)
    throughput.push({ mailboxes, messages_per_second: await measureThroughput(origin, mailboxes) })
  }
  say("Filling outbox and relay")
  const growth = [
    await growthOfSealing(pair, stores[0]),
    await growthOfReceiving(origin, relayDatabase, rounds * 4),
    await growthOfCarrying(pair, { outbox: stores[0], relay: relayDatabase, rounds }),
  ]
  await pair.end()
  await Promise.all([first.end(), second.end()])
  return { sealing, jobs_per_second, carrying, waking, throughput, growth, catalog }
}

/** Bare jobs and documents in turns. */
async function measureCarrying(
  pairs: Partial<Record<CarryingFigures["queue"], StorePair>>,
  { rounds, shared, jobsDatabase }: { rounds: number; shared: ChildSettings; jobsDatabase: string },
  say: (line: string) => void
): Promise<Pick<ExchangeFigures, "jobs_per_second" | "carrying">> {
  const jobs = startChild<JobHandlers>(join(__dirname, "jobs-process.ts"), {
    ...shared,
    env: { ...shared.env, DATABASE_URL: jobsDatabase },
  })
  const ways = (["PostgreSQL", "Redis"] as const).flatMap((queue) => {
    const pair = pairs[queue]
    return pair ? WAYS.map((way) => ({ ...way, queue, pair, name: `${queue} ${way.batch}` })) : []
  })
  const watch = new Stopwatch()
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const used = round > 0 ? watch : new Stopwatch()
    used.note("jobs", await jobs.ask("run", { count: JOBS }))
    for (const { name, pair, count, batch } of ways) {
      used.note(name, await pair.carry({ count, batch, callers: 1 }))
    }
    say(`Jobs and documents: round ${round} of ${rounds}`)
  }
  await jobs.end()
  const rateOf = (name: string, count: number) => count / (watch.median(name) / 1_000)
  return {
    jobs_per_second: rateOf("jobs", JOBS),
    carrying: ways.map(({ queue, batch, name, count }) => ({ queue, batch, documents_per_second: rateOf(name, count) })),
  }
}

function redisUrls(given: string): [string, string] {
  const [sender, receiver] = REDIS_DATABASES.map((database) => {
    const url = new URL(given)
    url.pathname = `/${database}`
    return url.toString()
  })
  return [sender, receiver]
}

async function forgetQueues(url: string): Promise<void> {
  const redis = new Redis(url)
  const keys = await redis.keys("medusa-wholesale:*")
  if (keys.length > 0) {
    await redis.del(keys)
  }
  await redis.quit()
}
