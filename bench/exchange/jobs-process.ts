import { createPostgresBackend, Queue, Worker } from "bullmq"

import { answer } from "../child"

const NAME = "bench"
const CONCURRENCY = 16
const CONNECTIONS = { connectionString: process.env.DATABASE_URL, schema: "bench_queue", migrate: true, max: 20 }

/** Bare BullMQ on its PostgreSQL backend: empty jobs, added in one call, and nothing else in the process. */
const handlers = {
  /** @returns how many milliseconds they took, their adding counted */
  async run({ count }: { readonly count: number }): Promise<number> {
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()])
    const started = performance.now()
    const done = new Promise<void>((finished) => {
      let left = count
      onJob = () => {
        left -= 1
        if (left === 0) {
          finished()
        }
      }
    })
    await queue.addBulk(Array.from({ length: count }, () => ({ name: "empty", data: {} })))
    await done
    return performance.now() - started
  },
}
export type JobHandlers = typeof handlers

let onJob = () => {}
const defaultJobOptions = { removeOnComplete: true }
const queue = new Queue(NAME, { connection: CONNECTIONS, defaultJobOptions }, createPostgresBackend)
const worker = new Worker(NAME, async () => {}, { connection: CONNECTIONS, concurrency: CONCURRENCY }, createPostgresBackend)
worker.on("completed", () => onJob())

answer(handlers, async () => {
  await worker.close()
  await queue.close()
})
