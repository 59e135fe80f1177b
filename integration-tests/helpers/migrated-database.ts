import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { migrate } from "../../scripts/migrate"
import type { PostgresServer } from "../../scripts/postgres"

const ROOT = join(__dirname, "..", "..")

/** A new database with the plugin's tables; a copy of the one of `npm test` where that made one. @returns its URL */
export async function migratedDatabase(server: PostgresServer, name: string): Promise<string> {
  const { MIGRATED_DATABASE } = process.env
  if (MIGRATED_DATABASE) {
    return await server.copyDatabase(MIGRATED_DATABASE, name)
  }
  const databaseUrl = await server.ensureDatabase(name)
  const folder = mkdtempSync(join(tmpdir(), "wholesale-migrate-"))
  try {
    await migrate({ root: ROOT, databaseUrl, log: join(folder, "log") })
  } finally {
    rmSync(folder, { recursive: true })
  }
  return databaseUrl
}
