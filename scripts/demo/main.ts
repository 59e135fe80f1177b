import { join } from "node:path"

import { FIXTURE_PASSWORD } from "../fixture/trading-stores"
import { openDemoDatabase } from "./database"
import { readOptions, USAGE, type DemoOptions } from "./options"
import { choosePort, migrate, openLog, startServer, type DemoServer } from "./server-process"
import { Terminal } from "./terminal"
import { carryTrade } from "./trade"

const ROOT = join(__dirname, "..", "..")
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

class Interrupted extends Error {
  constructor(readonly status: number) {
    super("Interrupted.")
  }
}

/** `npm run demo`: two stores on one backend carry a whole trade. Status 0 only if all of it went well. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const terminal = new Terminal()
  if (options.help) {
    terminal.line(USAGE)
    return 0
  }
  const interrupted = onSignal()
  interrupted.catch(() => undefined)

  const database = await openDemoDatabase(ROOT, options)
  try {
    return await serveAndTrade(database.url, options, terminal, interrupted)
  } finally {
    await database.stop()
  }
}

async function serveAndTrade(
  databaseUrl: string,
  options: DemoOptions,
  terminal: Terminal,
  interrupted: Promise<never>
): Promise<number> {
  const port = await choosePort(options.port)
  const settings = { root: ROOT, databaseUrl, port, log: openLog(ROOT, port) }
  terminal.heading("A backend starts")
  terminal.step("Database", databaseName(databaseUrl))
  await Promise.race([migrate(settings), interrupted])
  terminal.step("Migrated", "by medusa db:migrate")

  const server = await startServer(settings, { admin: !options.exit })
  try {
    const { distributor, retailer, made_now } = server.stores
    terminal.step("Medusa", `listens on ${server.url}; its log is ${settings.log}`)
    terminal.step(
      made_now ? "Stores made" : "Stores found",
      `${distributor.name} and ${retailer.name}, ${distributor.articles.length} articles each`
    )
    const result = await Promise.race([
      carryTrade(server.url, server.stores, terminal),
      server.crashed,
      interrupted,
    ])
    if (options.exit) {
      terminal.line(`RESULT ${JSON.stringify(result)}`)
      return 0
    }
    return await stayUp(server, terminal, interrupted)
  } finally {
    await server.stop()
  }
}

async function stayUp(server: DemoServer, terminal: Terminal, interrupted: Promise<never>): Promise<number> {
  const { distributor, retailer } = server.stores
  terminal.heading(`Log in at ${server.url}/app with the password ${FIXTURE_PASSWORD}`)
  terminal.line(`     ${distributor.email}   for ${distributor.name}, who sells`)
  terminal.line(`     ${retailer.email}      for ${retailer.name}, who buys`)
  terminal.line("\nThe first page takes a while: the dashboard is served from its sources. Ctrl-C ends the demo.")
  try {
    return await Promise.race([server.crashed, interrupted])
  } catch (error) {
    if (error instanceof Interrupted) {
      return 0
    }
    throw error
  }
}

/** Settles on the first signal, or when npm is ended, which passes none on: what was started is stopped in order. */
function onSignal(): Promise<never> {
  const startedBy = process.ppid
  return new Promise((_, interrupt) => {
    for (const [signal, status] of Object.entries(SIGNALS)) {
      process.on(signal, () => interrupt(new Interrupted(status)))
    }
    if (process.env.npm_lifecycle_event) {
      const watch = () => process.ppid !== startedBy && interrupt(new Interrupted(SIGNALS.SIGHUP))
      setInterval(watch, 1_000).unref()
    }
  })
}

function databaseName(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `PostgreSQL on ${hostname}:${port || 5432}${pathname}`
}

main().then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    process.exitCode = error instanceof Interrupted ? error.status : 1
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  }
)
