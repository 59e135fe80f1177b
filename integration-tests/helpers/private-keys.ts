import type { CuriousDatabase } from "../../scripts/fixture/curious-database"
import { unwrapDataKey, type WrappedDataKey } from "../../src/lib/crypto/vault/data-key"
import { parseMasterKey } from "../../src/lib/crypto/vault/master-key"
import { openSecret } from "../../src/lib/crypto/vault/secret"

const SEALED = "_sealed"
/** What a session has that opens or seals: its root, keys of epochs, and the private part of an offer. */
const SESSION_SECRETS: ReadonlySet<string> = new Set(["root", "key", "private_key"])

/**
 * Every private key, each once, that a backend keeps, as somebody reads them who has its database and its master key: the master
 * key, data keys, and all that is in any column of any table that is named as sealed ones are.
 */
export async function privateKeysOf(database: CuriousDatabase, masterKey: string): Promise<Buffer[]> {
  const master = parseMasterKey(masterKey)
  const wrapped = await database.rows<WrappedDataKey>("select id, store_id, master_key_id, wrapped from wholesale_data_key")
  const dataKeys = wrapped.map((row) => unwrapDataKey([master], row))
  const columns = await database.rows<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and column_name like '%${SEALED}' and data_type = 'text' order by 1, 2`
  )
  const keys = [master.key, ...dataKeys.map(({ key }) => key)]
  for (const { table, column } of columns) {
    const rows = await database.rows<{ row_id: string; store_id: string; sealed: string }>(
      `select id as row_id, store_id, "${column}" as sealed from "${table}" where "${column}" is not null`
    )
    keys.push(...rows.flatMap(({ sealed, ...row }) => keysIn(openSecret(dataKeys, sealed, { table, column, ...row }))))
  }
  return [...new Map(keys.map((key) => [key.toString("hex"), key])).values()]
}

/** A key alone is base64url; a session is JSON, with keys in base64 in it. */
function keysIn(secret: string): Buffer[] {
  if (!secret.startsWith("{")) {
    return [Buffer.from(secret, "base64url")]
  }
  const keys: Buffer[] = []
  JSON.parse(secret, (name, value: unknown) => {
    if (SESSION_SECRETS.has(name) && typeof value === "string") {
      keys.push(Buffer.from(value, "base64"))
    }
    return value
  })
  return keys
}
