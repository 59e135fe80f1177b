import type { FastifyBaseLogger } from "fastify"
import { Redis } from "ioredis"
import type { DataSource } from "typeorm"

import { keyedHash } from "../lib/crypto/keyed-hash"
import type { RelayConfig } from "./config"
import { openDatabase } from "./database/open-database"
import { storedSecret } from "./database/stored-secret"
import { startExpiry } from "./expiry/expiry-queue"
import { sweep } from "./expiry/sweep"
import { Callers } from "./limits/callers"
import { SharedLimits } from "./limits/shared-limits"
import { keysWithMail } from "./mailboxes/waiting-messages"
import { Metrics } from "./metrics/metrics"
import { StoredTotals } from "./metrics/stored-totals"
import { Announcer } from "./news/announcer"
import { Listener } from "./news/listener"
import { NewsDesk } from "./news/news-desk"
import { Recheck } from "./news/recheck"
import { Topics } from "./news/topics"
import { keysWithAttempts } from "./pairing/attempts"
import { stepsToSee } from "./pairing/steps"
import type { Relay } from "./relay"

const DEAD_LETTER_HASH_DIGITS = 32
/** Redis takes a millisecond: one that takes so long does not answer. */
const REDIS_MS = 2_000

/** Redis could not be reached at the start. */
class RedisAwayError extends Error {
  constructor(reason: string) {
    super(`Redis does not answer: ${reason}`)
    this.name = "RedisAwayError"
  }
}

/** Puts what a part needs for its end where the node finds it; ended in the opposite order. */
export type Closers = (() => Promise<void>)[]

/**
 * Everything of a node but its servers: database, news, limits and expiry.
 *
 * @param closers filled as parts start, so that a start that fails half way can be taken back
 */
export async function openRelay(config: RelayConfig, log: FastifyBaseLogger, closers: Closers): Promise<Relay> {
  const warn = (message: string) => (error: unknown) => log.warn({ err: error }, message)

  const database = await openDatabase({
    url: config.database_url,
    connections: config.database_connections,
    onLostConnection: warn("lost a connection to the database"),
  })
  closers.push(() => database.destroy())

  const desk = new NewsDesk()
  const totals = new StoredTotals(database)
  const metrics = new Metrics({ totals, desk })
  const announcer = new Announcer(database, desk, warn("could not tell other nodes of news"))
  closers.push(() => announcer.settled())

  const listener = new Listener({
    url: config.database_url,
    desk,
    node: announcer.node,
    onLost: warn("lost the connection that hears other nodes"),
    onRegained: () => {
      metrics.listenReconnects.inc()
      log.info("hears other nodes again")
    },
  })
  await listener.start()
  closers.push(() => listener.stop())

  const looks = { mail: keysWithMail, slots: keysWithAttempts, step: stepsToSee }
  const recheck = new Recheck(database, desk, looks, warn("could not look again for news"))
  recheck.start()
  closers.push(() => recheck.stop())

  const redis = config.redis_url === undefined ? undefined : await openRedis(config.redis_url, warn("Redis"), closers)
  const expiry = await startExpiry({
    database_url: config.database_url,
    redis_url: config.redis_url,
    every_ms: config.expiry_every_ms,
    sweep: await sweeper(database, config, metrics),
    onFailure: warn("could not sweep"),
  })
  closers.push(() => expiry.close())

  return {
    config,
    database,
    desk,
    metrics,
    totals,
    announcer,
    topics: new Topics(await storedSecret(database, "topics")),
    callers: new Callers(await storedSecret(database, "callers")),
    limits: new SharedLimits({ database, redis }, config.limits),
  }
}

/**
 * Refuses at once while the connection is away, and soon where nothing comes back, rather than letting requests pile
 * up behind it.
 *
 * @throws RedisAwayError
 */
async function openRedis(url: string, onFailure: (error: unknown) => void, closers: Closers): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: REDIS_MS,
  })
  let reason = "it cannot be reached"
  redis.on("error", (error) => {
    reason = error.message
    onFailure(error)
  })
  closers.push(async () => redis.disconnect())
  await redis.connect().catch(() => {
    // Its own error only says that the connection is closed.
    throw new RedisAwayError(reason)
  })
  return redis
}

async function sweeper(database: DataSource, config: RelayConfig, metrics: Metrics): Promise<() => Promise<void>> {
  const secret = await storedSecret(database, "dead letters")
  const hashOf = (receiveId: Buffer): Buffer =>
    Buffer.from(keyedHash(secret, receiveId).slice(0, DEAD_LETTER_HASH_DIGITS), "hex")
  return async () => {
    const { message_life_ms, mailbox_life_ms } = config
    const swept = await sweep(database, { message_life_ms, mailbox_life_ms, hashOf })
    metrics.expired.inc(swept.messages)
    metrics.mailboxesDeleted.inc(swept.mailboxes)
    metrics.attempt("expired", swept.attempts)
  }
}
