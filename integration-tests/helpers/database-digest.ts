import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

interface Database {
  raw(sql: string): Promise<{ rows: { digest: string | null; tablename: string }[] }>
}

/**
 * A digest of everything the plugin keeps, table by table: equal digests mean that nothing changed.
 * Idempotency keys are left out, for they remember refusals as well.
 */
export async function databaseDigest(container: MedusaContainer): Promise<Record<string, string | null>> {
  const database = container.resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows: tables } = await database.raw(
    `select tablename from pg_tables where schemaname = 'public' and tablename like 'wholesale\\_%'
      and tablename not in ('wholesale_idempotency_key', 'wholesale_pairing_attempt') order by tablename`
  )
  const digests: Record<string, string | null> = {}
  for (const { tablename } of tables) {
    const { rows } = await database.raw(
      `select md5(string_agg(t::text, '|' order by t::text)) as digest from "${tablename}" t`
    )
    digests[tablename] = rows[0].digest
  }
  return digests
}
