import { fork } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Client } from "@medusajs/framework/pg"

import { endOf, migrate } from "../scripts/migrate"
import { startPostgres, type PostgresServer } from "../scripts/postgres"
import type { Measurements, MeasureMessage } from "./measure"
import { measureReplay } from "./replaying"
import { report, writeReport } from "./report"

const ROOT = join(__dirname, "..")
const PAGE = join(ROOT, "docs", "benchmarks.md")
const TEMPLATE = "wholesale_bench"

/**
 * `npm run bench [-- --rounds N] [--replay-documents N] [--write]`: measures side by side what the plugin
 * does and what core does with the same lines, on databases of its own, and prints the ratios. `--write`
 * puts them into docs/benchmarks.md.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      "replay-documents": { type: "string", default: "50" },
      write: { type: "boolean", default: false },
    },
  })
  const rounds = Number(values.rounds)
  const folder = mkdtempSync(join(tmpdir(), "wholesale-bench-"))
  const log = join(folder, "medusa.log")
  const server = await startPostgres({ dataDir: join(ROOT, ".pgdata", "bench"), discard: true })
  const made: string[] = []
  const newDatabase = async (name: string): Promise<string> => {
    const database = `${TEMPLATE}_${name}`
    made.push(database)
    await server.dropDatabase(database)
    return await server.copyDatabase(TEMPLATE, database)
  }
  try {
    say("Migrating")
    made.push(TEMPLATE)
    await migrate({ root: ROOT, databaseUrl: await server.ensureDatabase(TEMPLATE), log })
    const measurements = await measure(await newDatabase("sales"), rounds, log)
    const replays = await measureReplay(
      Number(values["replay-documents"]),
      { root: ROOT, folder, log, newDatabase },
      say
    )
    const results = report(measurements, replays, { postgres: await versionOf(server), rounds })
    say(`\n${results}`)
    if (values.write) {
      writeReport(PAGE, results)
    }
  } finally {
    for (const name of made.reverse()) {
      await server.dropDatabase(name)
    }
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In a process of its own, so that nothing else disturbs its heap. */
async function measure(databaseUrl: string, rounds: number, log: string): Promise<Measurements> {
  const output = openSync(log, "a")
  const child = fork(join(__dirname, "measure.ts"), [ROOT, String(await freePort()), String(rounds)], {
    cwd: ROOT,
    env: environment(databaseUrl),
    execArgv: ["-r", "ts-node/register"],
    stdio: ["ignore", output, output, "ipc"],
  })
  closeSync(output)
  const ended = once(child, "exit")
  const result = await new Promise<Measurements>((done, failed) => {
    child.on("message", (message: MeasureMessage) => {
      if (message.type === "line") {
        say(message.text)
      } else if (message.type === "failed") {
        failed(new Error(message.error))
      } else {
        done(message.result)
      }
    })
    child.once("exit", (status) => failed(new Error(`The bench ended with status ${status}.\n${endOf(log)}`)))
  })
  child.disconnect()
  await ended
  return result
}

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "development",
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "warn",
    MEDUSA_ADMIN_DISABLE: "true",
    MEDUSA_DISABLE_TELEMETRY: "true",
    // No sweeper comes between two rounds.
    MEDUSA_WORKER_MODE: "server",
  }
}

async function versionOf(server: PostgresServer): Promise<string> {
  const client = new Client({ connectionString: server.urlOf("postgres") })
  await client.connect()
  try {
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version")
    return rows[0].server_version
  } finally {
    await client.end()
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once("error", failed)
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => done(typeof address === "object" && address ? address.port : 0))
    })
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
