import { join } from "node:path"

import { migrate } from "../migrate"
import type { ReplayFigures } from "../replay/process"
import { startReplay } from "../replay/start-replay"
import { openDemoDatabases } from "./database"
import type { DemoRun } from "./demo-run"
import { choosePort } from "./ports"
import { startServer, type ServerSettings } from "./server-process"
import { stayUp } from "./stay-up"
import { logIn } from "./steps/traders"
import { databaseName } from "./terminal"
import { carryTrade } from "./trade"
import { openLog } from "./watched-process"

/** Two stores on one backend trade, or the history of a file is replayed. @returns the exit status */
export async function runOnOneBackend(run: DemoRun): Promise<number> {
  const { root, options, terminal, interrupted } = run
  const databases = await openDemoDatabases(root, [""], options)
  try {
    const { url: databaseUrl } = databases.of[""]
    const port = await choosePort(options.port)
    const settings = { root, databaseUrl, port, log: openLog(root, `server-${port}`), sides: "both" } as const
    terminal.heading("A backend starts")
    terminal.step("Database", databaseName(databaseUrl))
    await Promise.race([migrate(settings), interrupted])
    terminal.step("Migrated", "by medusa db:migrate")
    return options.replay ? await serveAndReplay(settings, options.replay, run) : await serveAndTrade(settings, run)
  } finally {
    await databases.stop()
  }
}

async function serveAndTrade(settings: ServerSettings, { options, terminal, interrupted }: DemoRun): Promise<number> {
  const server = await startServer(settings, { admin: !options.exit })
  try {
    const { url, crashed, seeded } = server
    const [distributor, retailer] = seeded.stores
    terminal.step("Medusa", `listens on ${url}; its log is ${settings.log}`)
    terminal.step(
      seeded.made_now ? "Stores made" : "Stores found",
      `${distributor.name} and ${retailer.name}, ${distributor.articles.length} articles each`
    )
    const businesses = { distributor: { url, store: distributor }, retailer: { url, store: retailer } }
    const trading = logIn(businesses, "local", terminal).then(carryTrade)
    const { result } = await Promise.race([trading, crashed, interrupted])
    if (options.exit) {
      terminal.result(result)
      return 0
    }
    const logins = [
      { ...distributor, url, role: "who sells" },
      { ...retailer, url, role: "who buys" },
    ]
    return await stayUp(logins, { terminal, ending: Promise.race([crashed, interrupted]), result })
  } finally {
    await server.stop()
  }
}

async function serveAndReplay(
  settings: ServerSettings,
  file: string,
  { root, options: { exit }, terminal, interrupted }: DemoRun
): Promise<number> {
  terminal.heading(`History is replayed from ${file}`)
  const replay = startReplay({ ...settings, file, folder: join(root, ".demo") }, (line) => terminal.line(line))
  let figures: ReplayFigures
  try {
    figures = await Promise.race([replay.figures, interrupted])
  } finally {
    await replay.stop()
  }
  if (exit || !figures.reconciled) {
    terminal.result(figures)
    return figures.reconciled ? 0 : 1
  }
  const server = await startServer(settings, { admin: true })
  try {
    const { url, crashed } = server
    const logins = [{ name: figures.store.name, email: figures.email, url, role: "whose history it is" }]
    return await stayUp(logins, { terminal, ending: Promise.race([crashed, interrupted]), result: figures })
  } finally {
    await server.stop()
  }
}
