import { createPostgresBackend, Queue, Worker, type Job, type Processor } from "bullmq"

/** Where the queues live: Redis where the host has it, else the host's own PostgreSQL in a schema of their own. */
export interface QueueSettings {
  readonly redis_url?: string
  readonly database_url: string
  /** As node-postgres takes it. */
  readonly ssl?: boolean | object
}

/** Apart from every other queue of the host, also of its Redis modules. */
const PREFIX = "medusa-wholesale"
const SCHEMA = "wholesale_queues"

/** A dead process's job comes free after this long; a living one's is extended meanwhile. */
const LOCK_MILLISECONDS = 15_000
const STALLED_MILLISECONDS = 5_000
/** A process that dies over and over must not make a job that is always needed be given up. */
const STALLED_TIMES = 1_000_000

const JOB = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const

/** Of BullMQ's queue what is used here, on either backend. */
export interface WakingQueue {
  readonly name: string
  add(name: string, data: object, options: { jobId: string }): Promise<unknown>
  on(event: "error", listener: (error: Error) => void): unknown
  isPaused(): Promise<boolean>
  close(): Promise<void>
  /** Its own `close` lets go of connections that something can still be said over, and `force` of the others. */
  getBackend(): { close(force: boolean): Promise<void> }
}

/** Of BullMQ's worker what is used here. */
export interface WakingWorker {
  on(event: "error", listener: (error: Error) => void): unknown
  on(event: "failed", listener: (job: Job | undefined, error: Error) => void): unknown
  on(event: "completed", listener: (job: Job, result: unknown) => void): unknown
  /** Takes no more jobs, at once. */
  pause(doNotWaitActive: true): Promise<void>
  /** @param force says nothing more to the queue, not even of jobs that have ended */
  close(force: boolean): Promise<void>
}

export function makeQueue(name: string, settings: QueueSettings): WakingQueue {
  const shared = { prefix: PREFIX, defaultJobOptions: JOB }
  const { redis_url } = settings
  return redis_url
    ? new Queue(name, { ...shared, connection: redisConnection(redis_url) })
    : new Queue(name, { ...shared, connection: pool(settings) }, createPostgresBackend)
}

export function makeWorker(
  name: string,
  processor: Processor,
  { concurrency, ...settings }: QueueSettings & { readonly concurrency: number }
): WakingWorker {
  const shared = {
    prefix: PREFIX,
    concurrency,
    lockDuration: LOCK_MILLISECONDS,
    stalledInterval: STALLED_MILLISECONDS,
    maxStalledCount: STALLED_TIMES,
  }
  const { redis_url } = settings
  return redis_url
    ? new Worker(name, processor, { ...shared, connection: redisConnection(redis_url) })
    : new Worker(name, processor, { ...shared, connection: pool(settings) }, createPostgresBackend)
}

const pool = ({ database_url, ssl }: QueueSettings) => ({
  connectionString: database_url,
  ...(ssl !== undefined && { ssl }),
  schema: SCHEMA,
  migrate: true,
  keepAlive: true,
  max: 2,
})

/** BullMQ makes the connection itself, waits on it for as long as it takes, and comes back when Redis does. */
const redisConnection = (url: string) => ({ url, maxRetriesPerRequest: null })
