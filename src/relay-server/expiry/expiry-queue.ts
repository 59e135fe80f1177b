import { setTimeout as pause } from "node:timers/promises"
import { Queue, Worker, createPostgresBackend, type ConnectionOptions } from "bullmq"

const NAME = "relay-expiry"
const SCHEDULE = "sweep"
/** Of all that BullMQ keeps: a schema in PostgreSQL, or the first part of its keys in Redis. */
const SCHEMA = "relay_queue"
const PREFIX = "medusa-wholesale-relay"
const CONNECTIONS = 2
/** A sweep whose node died is taken over; one that fails fails again until its cause is gone, and is made anew. */
const MAX_STALLED = 1_000
/** What a queue that is away is given to end in order. */
const CLOSE_MS = 5_000

export interface ExpiryOptions {
  readonly database_url: string
  readonly redis_url?: string
  /** How often to sweep, all nodes together. */
  readonly every_ms: number
  readonly sweep: () => Promise<void>
  readonly onFailure: (error: unknown) => void
}

/** What of a queue and its worker is used here, on either backend. */
interface Parts {
  readonly queue: Pick<Queue, "getJobScheduler" | "upsertJobScheduler" | "waitUntilReady" | "close"> & Heard
  readonly worker: Pick<Worker, "waitUntilReady" | "close"> & Heard
  /** Lets go of connections over which nothing can be ended. */
  letGo(): Promise<void>
}

type Work = () => Promise<void>

interface Heard {
  on(event: "error", listener: (error: Error) => void): unknown
}

/**
 * The repeating job that sweeps (`sweep.ts`). All nodes put the same schedule into the queue and each works at it, so
 * there is one sweep at a time, whichever node does it and however many there are. Each looks now and then whether the
 * schedule is still there: a Redis that lost what it held has none.
 *
 * @throws when the queue's database does not answer
 */
export async function startExpiry(options: ExpiryOptions): Promise<{ close(): Promise<void> }> {
  const work = async (): Promise<void> => {
    await options.sweep().catch((error: unknown) => {
      options.onFailure(error)
      throw error
    })
  }
  const { queue, worker, letGo } = options.redis_url
    ? onRedis(options.redis_url, work)
    : onPostgres(options.database_url, work)
  queue.on("error", options.onFailure)
  worker.on("error", options.onFailure)
  const closing = new AbortController()
  const close = async (): Promise<void> => {
    closing.abort()
    const late = new AbortController()
    const ended = worker.close().then(() => queue.close())
    // Both wait for a Redis that is away, for as long as it is.
    await Promise.race([ended, passes(CLOSE_MS, late.signal).then((isLate) => (isLate ? letGo() : undefined))])
    late.abort()
  }
  const schedule = async (): Promise<void> => {
    const kept = { removeOnComplete: true, removeOnFail: true }
    await queue.upsertJobScheduler(SCHEDULE, { every: options.every_ms }, { name: SCHEDULE, opts: kept })
  }
  const keepSchedule = async (): Promise<void> => {
    while (await passes(options.every_ms, closing.signal)) {
      try {
        if (!(await queue.getJobScheduler(SCHEDULE))) {
          await schedule()
        }
      } catch (error) {
        options.onFailure(error)
      }
    }
  }
  try {
    await queue.waitUntilReady()
    await worker.waitUntilReady()
    await schedule()
  } catch (error) {
    await close()
    throw error
  }
  void keepSchedule()
  return { close }
}

/** @returns false as soon as the signal ends it */
const passes = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  pause(milliseconds, true, { signal }).catch(() => false)

function onPostgres(connectionString: string, work: Work): Parts {
  const connection = { connectionString, schema: SCHEMA, max: CONNECTIONS, migrate: true }
  return {
    queue: new Queue(NAME, { connection }, createPostgresBackend),
    worker: new Worker(NAME, work, { connection, maxStalledCount: MAX_STALLED }, createPostgresBackend),
    letGo: async () => {},
  }
}

function onRedis(url: string, work: Work): Parts {
  const connection: ConnectionOptions = { url, maxRetriesPerRequest: null }
  const queue = new Queue(NAME, { connection, prefix: PREFIX })
  const worker = new Worker(NAME, work, { connection, prefix: PREFIX, maxStalledCount: MAX_STALLED })
  const letGo = async (): Promise<void> => {
    const clients = [queue.backend.client, worker.backend.client, worker.backend.blockingClient]
    await Promise.all(clients.map(async (client) => (await client)?.disconnect()))
  }
  return { queue, worker, letGo }
}
