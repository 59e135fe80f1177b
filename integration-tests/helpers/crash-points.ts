import { AsyncLocalStorage } from "node:async_hooks"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { DurableWrites } from "./durable-writes"

/** A client of `pg`, as Knex hands it to its queries. */
interface DatabaseConnection {
  connection: { stream: { destroy(): void } }
}

type Query = (connection: DatabaseConnection, query: { sql?: string }) => Promise<unknown>

interface KnexClient {
  _query: Query
  pool: { max: number }
}

/** One piece of work, followed through everything it awaits. */
interface Run {
  /** It stops for good right after the write of this number; 0 for never. */
  readonly stopAfter: number
  /** What it has made durable, a name for each: the first writing statement of a transaction. */
  readonly writes: string[]
  stopped: boolean
  stop(): void
}

export interface RunOutcome {
  readonly writes: readonly string[]
  readonly stopped: boolean
  /** What it ended with, where it failed. */
  readonly error?: unknown
}

const NEVER = new Promise<never>(() => undefined)

/**
 * Lets work stop in the middle as a killed process stops, so that one `kill -9` of the process crashes
 * any number of verbs, each at another boundary.
 *
 * A boundary is a write that has become durable: the COMMIT of a transaction that wrote, or a write
 * outside of one. Right after the chosen one is acknowledged the run gets no answer from the database
 * any more, to this statement or a later one, and its connections are cut: nothing follows, no error,
 * no compensation, no event. What the process still holds in memory for it ends with the process.
 */
export class CrashPoints {
  private readonly runs = new AsyncLocalStorage<Run>()
  private readonly durable = new DurableWrites()
  /** Writes that belong to no run: work that escaped would go on after its crash. */
  readonly strays: string[] = []
  private watching = 0

  constructor(container: MedusaContainer) {
    const { client } = container.resolve<{ client: KnexClient }>(ContainerRegistrationKeys.PG_CONNECTION)
    // Runs that stopped never hand their connections back.
    client.pool.max = 1_000
    let prototype = client
    while (!Object.hasOwn(prototype, "_query")) {
      prototype = Object.getPrototypeOf(prototype) as KnexClient
    }
    const send = prototype._query
    const follow = (connection: DatabaseConnection, sql: string) => this.durable.madeBy(connection, sql)
    const runOf = () => this.runs.getStore()
    const stray = (write: string) => this.watching > 0 && this.strays.push(write)
    prototype._query = async function (this: KnexClient, connection, query) {
      const run = runOf()
      if (run?.stopped) {
        connection.connection.stream.destroy()
        return NEVER
      }
      const answer = await send.call(this, connection, query)
      const write = follow(connection, query.sql ?? "")
      if (write === undefined) {
        return answer
      }
      if (!run) {
        stray(write)
        return answer
      }
      if (!stopsAfter(run, write)) {
        return answer
      }
      connection.connection.stream.destroy()
      return NEVER
    }
  }

  /** A boundary as well: what another server has done for the run, once it has answered. */
  async answered<Answer>(what: string, asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked
    const run = this.runs.getStore()
    return run && (run.stopped || stopsAfter(run, what)) ? await NEVER : answer
  }

  /** Resolves when the work has ended, whatever became of it, or has stopped after its write of that number. */
  async run(stopAfter: number, work: () => Promise<unknown>): Promise<RunOutcome> {
    this.watching += 1
    const outcome = await new Promise<RunOutcome>((resolve) => {
      const run: Run = {
        stopAfter,
        writes: [],
        stopped: false,
        stop: () => resolve({ writes: run.writes, stopped: true }),
      }
      const end = (error?: unknown) => resolve({ writes: run.writes, stopped: false, error })
      void this.runs.run(run, () => work().then(() => end(), end))
    })
    this.watching -= 1
    return outcome
  }
}

/** Counts what a run has made durable. @returns whether it ends there */
function stopsAfter(run: Run, write: string): boolean {
  run.writes.push(write)
  if (run.writes.length !== run.stopAfter) {
    return false
  }
  run.stopped = true
  run.stop()
  return true
}
