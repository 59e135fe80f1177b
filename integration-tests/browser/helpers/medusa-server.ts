import { execFile, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { promisify } from "node:util"
import { Client } from "@medusajs/framework/pg"
import { startPostgres, type PostgresServer } from "../../../scripts/postgres"
import { migratedDatabase } from "../../helpers/migrated-database"

const run = promisify(execFile)
const ROOT = join(__dirname, "..", "..", "..")
const CLI = require.resolve("@medusajs/cli/cli.js")
const BOOT_TIMEOUT_MS = 90_000

/** A Medusa server with this plugin and the dashboard, on a database of its own. */
export class MedusaServer {
  private process?: ChildProcess
  private output = ""

  private constructor(
    readonly url: string,
    private readonly postgres: PostgresServer,
    private readonly database: string,
    private readonly environment: NodeJS.ProcessEnv
  ) {}

  /**
   * Makes the database with its tables; `serve` starts the server.
   * @param variables further environment variables of the server
   */
  static async prepare(variables: Readonly<Record<string, string>>): Promise<MedusaServer> {
    const database = `wholesale_browser_${process.pid}`
    const postgres = await startPostgres({
      dataDir: join(ROOT, ".pgdata", "test"),
      discard: true,
      handleSignals: false,
    })
    await postgres.dropDatabase(database)
    const port = await freePort()
    const url = `http://localhost:${port}`
    return new MedusaServer(url, postgres, database, {
      ...process.env,
      ...variables,
      // Development serves the dashboard from its sources, without a build.
      NODE_ENV: "development",
      // What starts the tests keeps quiet by it; the server says by its log that it is ready.
      LOG_LEVEL: "info",
      NODE_OPTIONS: "",
      DATABASE_URL: await migratedDatabase(postgres, database),
      PORT: String(port),
      ADMIN_CORS: url,
      AUTH_CORS: url,
      MEDUSA_DISABLE_TELEMETRY: "true",
    })
  }

  /** Runs a command of Medusa's CLI to its end. */
  async medusa(...args: string[]): Promise<void> {
    await run(process.execPath, [CLI, ...args], {
      cwd: ROOT,
      env: this.environment,
      maxBuffer: 64 * 1024 * 1024,
    })
  }

  /** Starts to serve; done once the server answers. */
  async serve(): Promise<void> {
    const child = spawn(process.execPath, [CLI, "start"], { cwd: ROOT, env: this.environment })
    this.process = child
    process.once("exit", this.kill)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-20_000)
      })
    }
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => failed(this.failure("did not start in time")), BOOT_TIMEOUT_MS)
      child.stdout.on("data", () => {
        if (this.output.includes("Server is ready")) {
          clearTimeout(late)
          ready()
        }
      })
      child.once("exit", () => {
        clearTimeout(late)
        failed(this.failure("ended while it started"))
      })
    })
  }

  /** Does what no page offers, on the server's database. */
  async sql(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.environment.DATABASE_URL })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }

  /** Ends the server and drops its database. */
  async stop(): Promise<void> {
    if (this.process && this.process.exitCode === null) {
      const ended = once(this.process, "exit")
      this.kill()
      await ended
    }
    process.off("exit", this.kill)
    await this.postgres.dropDatabase(this.database)
    await this.postgres.stop()
  }

  private readonly kill = (): void => {
    this.process?.kill("SIGKILL")
  }

  private failure(what: string): Error {
    return new Error(`The server ${what}:\n${this.output}`)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, "listening")
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, "close")
  return port
}
