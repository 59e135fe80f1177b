import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

interface Transaction {
  raw(sql: string): Promise<{ rows: { snapshot: string }[] }>
}

interface Database {
  transaction<Result>(
    task: (transaction: Transaction) => Promise<Result>,
    options: { isolationLevel: "repeatable read"; readOnly: true }
  ): Promise<Result>
}

/**
 * Reads by several modules, each over a connection of its own, what stood at one moment: people may go on
 * working meanwhile. It writes nothing.
 */
export async function inSnapshot<Result>(
  container: MedusaContainer,
  read: (snapshot: string) => Promise<Result>
): Promise<Result> {
  return await container.resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION).transaction(
    async (transaction) => {
      const { rows: [{ snapshot }] } = await transaction.raw("select pg_export_snapshot() as snapshot")
      return await read(snapshot)
    },
    { isolationLevel: "repeatable read", readOnly: true }
  )
}
