import type { Redis } from "ioredis"
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from "rate-limiter-flexible"
import type { DataSource } from "typeorm"

import { unavailable } from "../relay-error"

const MINUTE = 60
const HOUR = 60 * MINUTE
const PREFIX = "medusa-wholesale-relay"

/** What was counted, and whether it is over the limit. */
export interface Counted {
  readonly is_over: boolean
  /** With this one. */
  readonly count: number
  readonly retry_after_seconds: number
}

/** Counts what callers do, up to so much in a fixed stretch of time. */
export class Limiter {
  /** @param failureOf what is thrown where it cannot be counted */
  constructor(
    private readonly limiter: RateLimiterAbstract,
    private readonly failureOf: (error: unknown) => unknown = (error) => error
  ) {}

  /** @throws what it fails with */
  async count(caller: string): Promise<Counted> {
    try {
      return counted(await this.limiter.consume(caller), false)
    } catch (outcome) {
      if (outcome instanceof RateLimiterRes) {
        return counted(outcome, true)
      }
      throw this.failureOf(outcome)
    }
  }

  /** Takes one back. */
  async forgive(caller: string): Promise<void> {
    await this.limiter.reward(caller)
  }
}

/** Limits a minute that each node counts for itself: what they cost is less than asking others. */
export function nodeLimiter(name: string, points: number): Limiter {
  return new Limiter(new RateLimiterMemory({ keyPrefix: `${PREFIX}-${name}`, points, duration: MINUTE }))
}

/**
 * Limits an hour that all nodes count together, in Redis where there is one, else in PostgreSQL. Where Redis is away,
 * late or refuses, they throw RelayError 503 `unavailable`: what cannot be counted is not let through.
 */
export function sharedLimiter(store: { database: DataSource; redis?: Redis }, name: string, points: number): Limiter {
  const options = { keyPrefix: `${PREFIX}-${name}`, points, duration: HOUR }
  if (store.redis) {
    return new Limiter(new RateLimiterRedis({ ...options, storeClient: store.redis }), unavailable)
  }
  return new Limiter(
    new RateLimiterPostgres({
      ...options,
      storeClient: store.database,
      storeType: "typeorm",
      tableName: "relay_limit",
      tableCreated: true,
      // The expiry job deletes what is over.
      clearExpiredByTimeout: false,
    })
  )
}

function counted({ consumedPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Counted {
  return { is_over: isOver, count: consumedPoints, retry_after_seconds: Math.ceil(msBeforeNext / 1_000) }
}
