import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

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
   * Runs the work with its connection cut at the statement of that number, from 1.
   * @returns the statement it was cut at, undefined where the work needed fewer
   */
  async during(number: number, moment: "before" | "after", work: () => Promise<unknown>): Promise<string | undefined> {
    const { query } = this
    let count = 0
    let broken: string | undefined
    this.prototype._query = async function (connection, statement) {
      count += 1
      if (count !== number) {
        return query.call(this, connection, statement)
      }
      broken = statement.sql ?? "?"
      if (moment === "after") {
        await query.call(this, connection, statement)
      }
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
