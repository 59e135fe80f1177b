import { moduleIntegrationTestRunner, type SuiteOptions } from "@medusajs/test-utils"

type Options<Service> = Parameters<typeof moduleIntegrationTestRunner<Service>>[0]
type Database = SuiteOptions["MikroOrmWrapper"]

/**
 * Medusa's own runner, which migrates the module's tables for each test and drops them after it: that takes longer than
 * most tests. Here a spec file makes them once, and each test begins with them empty. What a test does to the tables
 * themselves it must undo.
 */
export function moduleTestRunner<Service>(options: Options<Service>): void {
  moduleIntegrationTestRunner<Service>({
    ...options,
    testSuite: (suite) => {
      // A block of its own: after the runner's, nothing of the database is left to work with.
      describe("", () => {
        keepTables(suite.MikroOrmWrapper)
        options.testSuite(suite)
      })
    },
  })
}

function keepTables(database: Database): void {
  const make = database.setupDatabase.bind(database)
  const drop = database.clearDatabase.bind(database)
  let made = false
  database.setupDatabase = async () => {
    if (made) {
      await empty(database)
      return
    }
    await make()
    made = true
  }
  database.clearDatabase = async () => {}
  afterAll(async () => {
    if (made) {
      await drop()
    }
  })
}

async function empty(database: Database): Promise<void> {
  const manager = database.forkManager()
  const [{ tables }] = await manager.execute<[{ tables: string | null }]>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables
       from pg_tables where schemaname = current_schema() and tablename <> 'mikro_orm_migrations'`
  )
  if (tables) {
    await manager.execute(`truncate ${tables} restart identity cascade`)
  }
}
