import { Client } from "@medusajs/framework/pg"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

type Options = Parameters<typeof medusaIntegrationTestRunner>[0]

const { DATABASE_URL, MIGRATED_DATABASE } = process.env

/**
 * Medusa's own runner. Where `npm test` has migrated a database (`MIGRATED_DATABASE`, on the server of
 * `DATABASE_URL`), the spec file starts on a copy of it; the runner then finds nothing left to migrate.
 */
export function integrationTestRunner(options: Options): void {
  if (!MIGRATED_DATABASE) {
    medusaIntegrationTestRunner(options)
    return
  }
  const dbName = `medusa-wholesale-test-${process.pid}-${Date.now()}`
  medusaIntegrationTestRunner({
    ...options,
    dbName,
    hooks: { beforeServerStart: () => copyDatabase(MIGRATED_DATABASE, dbName) },
  })
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const client = new Client({ connectionString: DATABASE_URL })
  await client.connect()
  try {
    await client.query(
      `CREATE DATABASE ${client.escapeIdentifier(to)} TEMPLATE ${client.escapeIdentifier(from)}`
    )
  } finally {
    await client.end()
  }
}
