import { join } from "node:path"
import { Client } from "@medusajs/framework/pg"

import { startPostgres } from "../postgres"

const DATABASE = "medusa_wholesale_demo"
/** Written on a database that was empty when the demo took it: only such a one is used or emptied again. */
const MARK = "medusa-wholesale demo"
const DATABASE_MISSING = "3D000"

export interface DemoDatabase {
  readonly url: string
  /** Leaves the server to others, or shuts it down where nobody else uses it. */
  stop(): Promise<void>
}

/**
 * The demo's database: on the server that the demo starts itself, with data under `.demo`, or the one
 * that `DATABASE_URL` names. `reset` empties it.
 *
 * @throws Error where `DATABASE_URL` names a database that holds tables which are not the demo's
 */
export async function openDemoDatabase(root: string, { reset }: { reset: boolean }): Promise<DemoDatabase> {
  const server = await startPostgres({ dataDir: join(root, ".demo", "postgres"), handleSignals: false })
  try {
    const given = process.env.DATABASE_URL
    const name = (given && decodeURIComponent(new URL(given).pathname.slice(1))) || DATABASE
    const url = server.urlOf(name)
    const client = (await connect(url)) ?? (await connect(await server.ensureDatabase(name)))
    if (!client) {
      throw new Error(`The database ${name} could not be made.`)
    }
    try {
      await claim(client, name)
      if (reset) {
        await empty(client, name)
      }
    } finally {
      await client.end()
    }
    return { url, stop: () => server.stop() }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Undefined where the database does not exist. */
async function connect(url: string): Promise<Client | undefined> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return client
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === DATABASE_MISSING) {
      return undefined
    }
    throw error
  }
}

async function claim(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ mark: string | null; tables: string }>(
    `SELECT shobj_description(oid, 'pg_database') AS mark,
            (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') AS tables
       FROM pg_database WHERE datname = current_database()`
  )
  if (rows[0]?.mark === MARK) {
    return
  }
  if (Number(rows[0]?.tables) > 0) {
    throw new Error(
      `The database ${name} of DATABASE_URL holds tables that are not the demo's. ` +
        "The demo makes admin users with a known password: give it an empty database."
    )
  }
  await client.query(`COMMENT ON DATABASE ${client.escapeIdentifier(name)} IS '${MARK}'`)
}

async function empty(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ nspname: string }>(
    "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
  )
  await client.query("SET lock_timeout = '5s'")
  try {
    for (const { nspname } of rows) {
      await client.query(`DROP SCHEMA ${client.escapeIdentifier(nspname)} CASCADE`)
    }
    await client.query("CREATE SCHEMA public")
  } catch (error) {
    throw new Error(`The database ${name} could not be emptied; does another demo still run on it?`, {
      cause: error,
    })
  }
}
