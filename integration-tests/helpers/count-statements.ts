import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

interface KnexClient {
  _query(connection: unknown, query: { sql?: string }): Promise<unknown>
}

/** Every statement that is sent to the database during the work, whichever module sends it. */
export async function statementsDuring(
  container: MedusaContainer,
  work: () => Promise<unknown>
): Promise<string[]> {
  let { client: prototype } = container.resolve<{ client: KnexClient }>(ContainerRegistrationKeys.PG_CONNECTION)
  while (!Object.hasOwn(prototype, "_query")) {
    prototype = Object.getPrototypeOf(prototype) as KnexClient
  }
  const statements: string[] = []
  const send = prototype._query
  prototype._query = function (this: KnexClient, connection, query) {
    statements.push(query.sql ?? "")
    return send.call(this, connection, query)
  }
  try {
    await work()
  } finally {
    prototype._query = send
  }
  return statements
}
