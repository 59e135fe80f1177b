import { join } from "node:path"
import { Client } from "@medusajs/framework/pg"

import { startPostgres, type PostgresServer } from "../postgres"

const DATABASE = "medusa_wholesale_demo"
/** Written on a database that was empty when the demo took it: only such a one is used or emptied again. */
const MARK = "medusa-wholesale demo"
const DATABASE_MISSING = "3D000"

export interface DemoDatabase {
  readonly name: string
  readonly url: string
  /** Whether it holds no table yet. */
  readonly is_empty: boolean
}

export interface DemoDatabases<Part extends string> {
  /** What the names of all of them begin with. */
  readonly name: string
  readonly of: Readonly<Record<Part, DemoDatabase>>
  /** Gives a database that is empty all that is in another one, which nobody may be using. */
  fill(empty: Part, from: Part): Promise<void>
  /** Leaves the server to others, or shuts it down where nobody else uses it. */
  stop(): Promise<void>
}

/**
 * The demo's databases, one for each part, whose name is added to the common one: on the server that the
 * demo starts itself, with data under `.demo`, or on the one of `DATABASE_URL`, whose database gives the
 * common name. `reset` empties them.
 *
 * @throws Error where one of them holds tables which are not the demo's
 */
export async function openDemoDatabases<Part extends string>(
  root: string,
  parts: readonly Part[],
  { reset }: { reset: boolean }
): Promise<DemoDatabases<Part>> {
  const server = await startPostgres({ dataDir: join(root, ".demo", "postgres"), handleSignals: false })
  try {
    const given = process.env.DATABASE_URL
    const name = (given && decodeURIComponent(new URL(given).pathname.slice(1))) || DATABASE
    const opened: [Part, DemoDatabase][] = []
    for (const part of parts) {
      opened.push([part, await openDatabase(server, part === "" ? name : `${name}_${part}`, reset)])
    }
    const of = Object.fromEntries(opened) as Record<Part, DemoDatabase>
    return {
      name,
      of,
      fill: async (empty, from) => await fill(server, of[empty], of[from]),
      stop: () => server.stop(),
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function openDatabase(server: PostgresServer, name: string, reset: boolean): Promise<DemoDatabase> {
  const url = server.urlOf(name)
  const client = (await connect(url)) ?? (await connect(await server.ensureDatabase(name)))
  if (!client) {
    throw new Error(`The database ${name} could not be made.`)
  }
  try {
    const tables = await claim(client, name)
    if (reset) {
      await empty(client, name)
    }
    return { name, url, is_empty: reset || tables === 0 }
  } finally {
    await client.end()
  }
}

async function fill(server: PostgresServer, empty: DemoDatabase, from: DemoDatabase): Promise<void> {
  await server.dropDatabase(empty.name)
  const client = await connect(await server.copyDatabase(from.name, empty.name))
  if (!client) {
    throw new Error(`The database ${empty.name} could not be made.`)
  }
  try {
    await mark(client)
  } finally {
    await client.end()
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

/** @returns how many tables it has */
async function claim(client: Client, name: string): Promise<number> {
  const { rows } = await client.query<{ mark: string | null; tables: string }>(
    `SELECT shobj_description(oid, 'pg_database') AS mark,
            (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') AS tables
       FROM pg_database WHERE datname = current_database()`
  )
  const tables = Number(rows[0]?.tables)
  if (rows[0]?.mark === MARK) {
    return tables
  }
  if (tables > 0) {
    throw new Error(
      `The database ${name} of DATABASE_URL holds tables that are not the demo's. ` +
        "The demo makes admin users with a known password: give it an empty database."
    )
  }
  await mark(client)
  return tables
}

async function mark(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name")
  await client.query(`COMMENT ON DATABASE ${client.escapeIdentifier(rows[0].name)} IS '${MARK}'`)
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
