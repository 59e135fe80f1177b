import { DataSource } from "typeorm"

import { ENTITIES } from "./entities"
import { CreateRelay1796000000000 } from "./migrations/1796000000000-create-relay"
import { MailboxUsedAt1796100000000 } from "./migrations/1796100000000-mailbox-used-at"

const CONNECT_MS = 5_000
const STATEMENT_MS = 20_000
const IDLE_TRANSACTION_MS = 10_000
/** Spells `WHRL`. */
const MIGRATION_LOCK = 0x5748524c

export interface DatabaseOptions {
  readonly url: string
  readonly connections: number
  /** Called when a connection that nobody uses breaks; the pool replaces it by itself. */
  readonly onLostConnection: (error: Error) => void
}

/**
 * The relay's database, its tables brought up to date. What a statement was given never gets into a log: TypeORM's
 * own logging is off, and its errors, which carry parameters, are told by `errorFacts` alone.
 *
 * @throws when PostgreSQL does not answer within five seconds
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  await migrate(options)
  const timeouts = { statement_timeout: STATEMENT_MS, idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS }
  return await dataSource(options, timeouts).initialize()
}

/**
 * Nodes that start at once take turns, so each migration runs once; one that dies meanwhile leaves the lock with its
 * connection. A migration may take as long as it needs.
 */
async function migrate(options: DatabaseOptions): Promise<void> {
  const database = await dataSource({ ...options, connections: 2 }, {}).initialize()
  try {
    const lock = database.createQueryRunner()
    await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK])
    await database.runMigrations()
    await lock.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK])
    await lock.release()
  } finally {
    await database.destroy()
  }
}

function dataSource(
  { url, connections, onLostConnection }: DatabaseOptions,
  timeouts: Record<string, number>
): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    entities: ENTITIES,
    migrations: [CreateRelay1796000000000, MailboxUsedAt1796100000000],
    migrationsTableName: "relay_migration",
    migrationsTransactionMode: "all",
    installExtensions: false,
    logging: false,
    applicationName: "medusa-wholesale-relay",
    poolSize: connections,
    connectTimeoutMS: CONNECT_MS,
    poolErrorHandler: onLostConnection,
    extra: { keepAlive: true, ...timeouts },
  })
}
