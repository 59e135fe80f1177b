import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

type Query = (connection: unknown, query: { sql?: string }) => Promise<unknown>

interface KnexClient {
  _query: Query
}

/**
 * Breaks the database connection at one statement, either before it reaches the database or when its
 * answer is lost on the way back: what a crash between any two statements leaves behind.
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
   * Runs the work with the connection breaking at the statement of that number, from 1.
   * @returns the statement it broke at, undefined where the work needed fewer
   */
  async during(number: number, moment: "before" | "after", work: () => Promise<unknown>): Promise<string | undefined> {
    const { query } = this
    let count = 0
    let broken: string | undefined
    this.prototype._query = async function (connection, statement) {
      count += 1
      // A broken connection rolls back: only the statement's own number breaks, the roll-back goes through.
      if (count !== number) {
        return query.call(this, connection, statement)
      }
      broken = statement.sql ?? "?"
      if (moment === "after") {
        await query.call(this, connection, statement)
      }
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
