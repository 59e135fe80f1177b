import { Queue, Worker, createPostgresBackend, type ConnectionOptions } from "bullmq"

const NAME = "relay-expiry"
const SCHEDULE = "sweep"
/** Of all that BullMQ keeps: a schema in PostgreSQL, or the first part of its keys in Redis. */
const SCHEMA = "relay_queue"
const PREFIX = "medusa-wholesale-relay"
const CONNECTIONS = 2
/** A sweep whose node died is taken over; one that fails fails again until its cause is gone, and is made anew. */
const MAX_STALLED = 1_000

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
  readonly queue: Pick<Queue, "upsertJobScheduler" | "waitUntilReady" | "close"> & Heard
  readonly worker: Pick<Worker, "waitUntilReady" | "close"> & Heard
}

type Work = () => Promise<void>

interface Heard {
  on(event: "error", listener: (error: Error) => void): unknown
}

/**
 * The repeating job that sweeps (`sweep.ts`). All nodes put the same schedule into the queue and each works at it, so
 * there is one sweep at a time, whichever node does it and however many there are.
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
  const { queue, worker } = options.redis_url
    ? onRedis(options.redis_url, work)
    : onPostgres(options.database_url, work)
  queue.on("error", options.onFailure)
  worker.on("error", options.onFailure)
  const close = async (): Promise<void> => {
    await worker.close()
    await queue.close()
  }
  try {
    await queue.waitUntilReady()
    await worker.waitUntilReady()
    const kept = { removeOnComplete: true, removeOnFail: true }
    await queue.upsertJobScheduler(SCHEDULE, { every: options.every_ms }, { name: SCHEDULE, opts: kept })
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}

function onPostgres(connectionString: string, work: Work): Parts {
  const connection = { connectionString, schema: SCHEMA, max: CONNECTIONS, migrate: true }
  return {
    queue: new Queue(NAME, { connection }, createPostgresBackend),
    worker: new Worker(NAME, work, { connection, maxStalledCount: MAX_STALLED }, createPostgresBackend),
  }
}

function onRedis(url: string, work: Work): Parts {
  const connection: ConnectionOptions = { url, maxRetriesPerRequest: null }
  return {
    queue: new Queue(NAME, { connection, prefix: PREFIX }),
    worker: new Worker(NAME, work, { connection, prefix: PREFIX, maxStalledCount: MAX_STALLED }),
  }
}
