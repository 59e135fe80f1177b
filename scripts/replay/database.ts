import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** The statements of the replay's own bookkeeping, `?` for every binding. */
export interface Database {
  raw<Row>(statement: string, bindings?: readonly Binding[]): Promise<{ readonly rows: Row[] }>
}

type Binding = string | number | boolean | null | readonly string[]

interface Connection extends Database {
  transaction<Result>(work: (transaction: Database) => Promise<Result>): Promise<Result>
}

/** The connection that all of Medusa's modules share. */
export function connectionOf(container: MedusaContainer): Connection {
  return container.resolve<Connection>(ContainerRegistrationKeys.PG_CONNECTION)
}
