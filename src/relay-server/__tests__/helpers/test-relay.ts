import { randomBytes } from "node:crypto"
import { Pool } from "pg"

import { duringOutage } from "../../../../integration-tests/helpers/during-outage"
import { startPostgres, type PostgresServer } from "../../../../scripts/postgres"
import { readRelayConfig, type RelayConfig } from "../../config"
import { startRelay, type RunningRelay } from "../../start-relay"

/** A database of a spec file's own, the nodes that run on it, and a look past them. */
export class TestRelay {
  private readonly nodes: RunningRelay[] = []
  /** Everything that its nodes logged. */
  readonly log: string[] = []

  private constructor(
    readonly url: string,
    private readonly pool: Pool,
    private readonly server: PostgresServer,
    private readonly name: string
  ) {}

  static async create(): Promise<TestRelay> {
    const server = await startPostgres({ dataDir: ".pgdata/test" })
    const name = `relay-${randomBytes(6).toString("hex")}`
    const url = await server.ensureDatabase(name)
    const pool = new Pool({ connectionString: url, max: 1 })
    pool.on("error", () => {})
    return new TestRelay(url, pool, server, name)
  }

  config(env: Record<string, string> = {}, changes: Partial<RelayConfig> = {}): RelayConfig {
    const defaults = { DATABASE_URL: this.url, DATABASE_CONNECTIONS: "4", PORT: "0" }
    return { ...readRelayConfig({ ...defaults, ...env }), ...changes }
  }

  async start(env: Record<string, string> = {}, changes: Partial<RelayConfig> = {}): Promise<RunningRelay> {
    const node = await startRelay(this.config(env, changes), { log: { write: (line) => this.log.push(line) } })
    this.nodes.push(node)
    return node
  }

  /** What a statement finds or changes in the database. */
  async query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, values)).rows
  }

  /** Ends the nodes that run, so that a spec file with many does not take all connections of the server. */
  async closeNodes(): Promise<void> {
    await Promise.all(this.nodes.splice(0).map((node) => node.close()))
  }

  async destroy(): Promise<void> {
    await this.closeNodes()
    await this.pool.end()
    await this.server.dropDatabase(this.name)
  }

  /** Runs while nobody can reach the database: its connections are cut, and it takes no new ones. */
  async duringOutage(work: () => Promise<void>): Promise<void> {
    await duringOutage(this.server, this.name, work)
  }
}
