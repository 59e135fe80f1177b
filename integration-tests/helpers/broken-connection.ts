import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { DurableWrites } from "./durable-writes"

/** A client of `pg`, as Knex hands it to its queries. */
interface DatabaseConnection {
  once(event: "end", listener: () => void): void
  connection: { stream: { destroy(): void } }
}

type Query = (connection: DatabaseConnection, query: { sql?: string }) => Promise<unknown>

interface KnexClient {
  _query: Query
}

/**
 * Cuts a connection to the database at one statement, either before the statement is sent or when its
 * answer is on the way back: PostgreSQL then rolls back what was not committed, as after a crash.
 */
export class BrokenConnection {
  private readonly prototype: KnexClient
  private readonly query: Query

  constructor(container: MedusaContainer) {
    const { client } = container.resolve<{ client: KnexClient }>(ContainerRegistrationKeys.PG_CONNECTION)
    let prototype = client
    while (!Object.hasOwn(prototype, "_query")) {
      prototype = Object.getPrototypeOf(prototype) as KnexClient
    }
    this.prototype = prototype
    this.query = prototype._query
  }

  /**
   * Runs the work with its connection cut at the statement of that number, from 1. `committed`: when the answer to what
   * made something durable is on the way back, and only those are counted. After any other statement it is the same as
   * before it: the statement fails, and of its transaction nothing stands.
   * @returns the statement it was cut at, undefined where the work needed fewer
   */
  async during(number: number, moment: "before" | "after" | "committed", work: () => Promise<unknown>): Promise<string | undefined> {
    const { query } = this
    const durable = new DurableWrites()
    const counts = (connection: DatabaseConnection, sql: string) =>
      durable.madeBy(connection, sql) !== undefined || moment !== "committed"
    let count = 0
    let broken: string | undefined
    this.prototype._query = async function (connection, statement) {
      const sql = statement.sql ?? "?"
      if (moment === "before") {
        count += 1
        if (count !== number) {
          return query.call(this, connection, statement)
        }
      } else {
        const answer = await query.call(this, connection, statement)
        count += counts(connection, sql) ? 1 : 0
        if (count !== number || broken !== undefined) {
          return answer
        }
      }
      broken = sql
      const ended = new Promise<void>((done) => connection.once("end", done))
      connection.connection.stream.destroy()
      await ended
      throw new Error(`The connection broke ${moment} statement ${number}.`)
    }
    try {
      await work().catch((error: unknown) => {
        if (broken === undefined) {
          throw error
        }
      })
    } finally {
      this.prototype._query = query
    }
    return broken
  }
}
