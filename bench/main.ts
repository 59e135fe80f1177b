import { fork, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Client } from "@medusajs/framework/pg"

import { startPostgres, type PostgresServer } from "../scripts/postgres"
import type { Measurements, MeasureMessage } from "./measure"
import { measureReplay } from "./replaying"
import { report, writeReport } from "./report"

const ROOT = join(__dirname, "..")
const PAGE = join(ROOT, "docs", "benchmarks.md")
const TEMPLATE = "wholesale_bench"
const LINES_SHOWN = 30

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
    made.push(`${TEMPLATE}_${name}`)
    return await copyDatabase(server, TEMPLATE, `${TEMPLATE}_${name}`)
  }
  try {
    say("Migrating")
    made.push(TEMPLATE)
    await migrate(await server.ensureDatabase(TEMPLATE), log)
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

async function migrate(databaseUrl: string, log: string): Promise<void> {
  const output = openSync(log, "a")
  const program = [require.resolve("@medusajs/cli/cli.js"), "db:migrate", "--execute-safe-links"]
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: environment(databaseUrl),
    stdio: ["ignore", output, output],
  })
  const [status] = (await once(child, "exit")) as [number | null]
  closeSync(output)
  if (status !== 0) {
    throw new Error(`medusa db:migrate ended with status ${status}.\n${tail(log)}`)
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
    child.once("exit", (status) => failed(new Error(`The bench ended with status ${status}.\n${tail(log)}`)))
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

async function copyDatabase(server: PostgresServer, from: string, to: string): Promise<string> {
  await server.dropDatabase(to)
  await onServer(server, (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(to)} TEMPLATE ${client.escapeIdentifier(from)}`)
  )
  return server.urlOf(to)
}

async function versionOf(server: PostgresServer): Promise<string> {
  return await onServer(server, async (client) => {
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version")
    return rows[0].server_version
  })
}

async function onServer<Result>(server: PostgresServer, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: server.urlOf("postgres") })
  await client.connect()
  try {
    return await work(client)
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

function tail(log: string): string {
  return `The end of ${log}:\n${readFileSync(log, "utf8").trimEnd().split("\n").slice(-LINES_SHOWN).join("\n")}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
