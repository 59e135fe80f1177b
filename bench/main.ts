import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Client } from "@medusajs/framework/pg"

import { migrate } from "../scripts/migrate"
import { startPostgres, type PostgresServer } from "../scripts/postgres"
import { startChild, type Child } from "./child"
import { measureDocuments } from "./documents"
import { measureExchange } from "./exchange/measure-exchange"
import { exchangeTables } from "./exchange/report"
import type { MeasureHandlers } from "./measure"
import { isPart, machineLine, PARTS, writePart, type Part } from "./page"
import { measureReplay } from "./replaying"
import { documentsTable, listingsTable, receivablesTable, replayTable, salesTable } from "./report"

const ROOT = join(__dirname, "..")
const PAGE = join(ROOT, "docs", "benchmarks.md")
const TEMPLATE = "wholesale_bench"

/** What the parts of the bench share. */
interface Workplace {
  readonly root: string
  readonly folder: string
  readonly log: string
  /** A migrated database that nobody uses yet. */
  newDatabase(name: string): Promise<string>
  emptyDatabase(name: string): Promise<string>
}

interface Options {
  readonly parts: readonly Part[]
  readonly rounds: number
  readonly replay_documents: number
  readonly write: boolean
}

/**
 * `npm run bench [-- --only PART] [--rounds N] [--replay-documents N] [--write]`: measures side by side
 * what the plugin does and what it is compared with, on databases of its own, and prints the ratios.
 * `--write` puts them into docs/benchmarks.md; `--only` measures, and writes, one part: sales, listings,
 * replay, exchange, documents or receivables.
 */
async function main(): Promise<void> {
  const { parts, write, ...options } = readOptions()
  const folder = mkdtempSync(join(tmpdir(), "wholesale-bench-"))
  const log = join(folder, "medusa.log")
  const server = await startPostgres({ dataDir: join(ROOT, ".pgdata", "bench"), discard: true })
  const made: string[] = []
  const unused = async (name: string): Promise<string> => {
    const database = `${TEMPLATE}_${name}`
    made.push(database)
    await server.dropDatabase(database)
    return database
  }
  const place: Workplace = {
    root: ROOT,
    folder,
    log,
    newDatabase: async (name) => await server.copyDatabase(TEMPLATE, await unused(name)),
    emptyDatabase: async (name) => await server.ensureDatabase(await unused(name)),
  }
  try {
    say("Migrating")
    made.push(TEMPLATE)
    await migrate({ root: ROOT, databaseUrl: await server.ensureDatabase(TEMPLATE), log })
    const machine = machineLine({ postgres: await versionOf(server), rounds: options.rounds })
    for (const part of parts) {
      const results = `${machine}\n\n${await measure(part, place, options)}`
      say(`\n${results}\n`)
      if (write) {
        writePart(PAGE, part, results)
      }
    }
  } finally {
    for (const name of made.reverse()) {
      await server.dropDatabase(name)
    }
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      rounds: { type: "string", default: "5" },
      "replay-documents": { type: "string", default: "50" },
      write: { type: "boolean", default: false },
    },
  })
  const { only, rounds, write } = values
  if (only !== undefined && !isPart(only)) {
    throw new Error(`There is no part ${only}: it is one of ${PARTS.join(", ")}.`)
  }
  return {
    parts: only === undefined ? PARTS : [only],
    rounds: Number(rounds),
    replay_documents: Number(values["replay-documents"]),
    write: write ?? false,
  }
}

/** The part's table. */
async function measure(
  part: Part,
  place: Workplace,
  { rounds, replay_documents }: Omit<Options, "parts" | "write">
): Promise<string> {
  switch (part) {
    case "sales":
      return salesTable(await onMedusa(place, part, async (medusa, at) => await medusa.ask("sales", { ...at, rounds })))
    case "listings":
      return listingsTable(await onMedusa(place, part, async (medusa, at) => await medusa.ask("listings", at)))
    case "replay":
      return replayTable(await measureReplay(replay_documents, place, say))
    case "exchange":
      return exchangeTables(await measureExchange({ ...place, rounds, redis_url: process.env.REDIS_URL }, say))
    case "documents":
      return documentsTable(await measureDocuments(rounds, say))
    case "receivables":
      return receivablesTable(
        await onMedusa(place, part, async (medusa, at) => await medusa.ask("receivables", { ...at, rounds }))
      )
  }
}

/** A process that may become a Medusa server, on a database of its own. */
async function onMedusa<Result>(
  { root, log, newDatabase }: Workplace,
  part: Part,
  work: (medusa: Child<MeasureHandlers>, at: { directory: string; port: number }) => Promise<Result>
): Promise<Result> {
  const env = environment(await newDatabase(part))
  const medusa = startChild<MeasureHandlers>(join(__dirname, "measure.ts"), { env, log, say })
  const result = await work(medusa, { directory: root, port: await freePort() })
  await medusa.end()
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
  // With it end the processes that it started.
  process.exit(1)
})
