import { join } from "node:path"

import { FIXTURE_PASSWORD } from "../fixture/trading-stores"
import { migrate } from "../migrate"
import type { ReplayFigures } from "../replay/process"
import { startReplay } from "../replay/start-replay"
import { openDemoDatabase } from "./database"
import { readOptions, USAGE, type DemoOptions } from "./options"
import { choosePort, openLog, startServer, type DemoServer, type ServerSettings } from "./server-process"
import { Terminal } from "./terminal"
import { carryTrade } from "./trade"

const ROOT = join(__dirname, "..", "..")
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

class Interrupted extends Error {
  constructor(readonly status: number) {
    super("Interrupted.")
  }
}

/**
 * `npm run demo`: two stores on one backend carry a whole trade, or the history of a file is replayed.
 * Status 0 only if all of it went well.
 */
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
  if (options.replay) {
    return await serveAndReplay(settings, { ...options, replay: options.replay }, terminal, interrupted)
  }

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
    const traders = [
      { ...distributor, role: "who sells" },
      { ...retailer, role: "who buys" },
    ]
    return await stayUp(server, traders, terminal, interrupted)
  } finally {
    await server.stop()
  }
}

async function serveAndReplay(
  settings: ServerSettings,
  { replay: file, exit }: DemoOptions & { readonly replay: string },
  terminal: Terminal,
  interrupted: Promise<never>
): Promise<number> {
  terminal.heading(`History is replayed from ${file}`)
  const replay = startReplay({ ...settings, file, folder: join(ROOT, ".demo") }, (line) => terminal.line(line))
  let figures: ReplayFigures
  try {
    figures = await Promise.race([replay.figures, interrupted])
  } finally {
    await replay.stop()
  }
  if (exit || !figures.reconciled) {
    terminal.line(`RESULT ${JSON.stringify(figures)}`)
    return figures.reconciled ? 0 : 1
  }
  const server = await startServer(settings, { admin: true })
  try {
    const traders = [{ name: figures.store.name, email: figures.email, role: "whose history it is" }]
    return await stayUp(server, traders, terminal, interrupted)
  } finally {
    await server.stop()
  }
}

interface Login {
  readonly name: string
  readonly email: string
  readonly role: string
}

async function stayUp(
  server: DemoServer,
  logins: readonly Login[],
  terminal: Terminal,
  interrupted: Promise<never>
): Promise<number> {
  terminal.heading(`Log in at ${server.url}/app with the password ${FIXTURE_PASSWORD}`)
  logins.forEach(({ name, email, role }) => terminal.line(`     ${email.padEnd(27)} for ${name}, ${role}`))
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
