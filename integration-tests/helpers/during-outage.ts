import { Client } from "pg"

import type { PostgresServer } from "../../scripts/postgres"

/** Runs while nobody can reach a database: its connections are cut, and it takes no new ones. */
export async function duringOutage(
  server: Pick<PostgresServer, "url">,
  name: string,
  work: () => Promise<unknown>
): Promise<void> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  const database = client.escapeIdentifier(name)
  try {
    await client.query(`alter database ${database} allow_connections false`)
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name])
    await work()
  } finally {
    await client.query(`alter database ${database} allow_connections true`)
    await client.end()
  }
}
