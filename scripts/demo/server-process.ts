import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, openSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { dirname, join } from "node:path"

import { endOf } from "../migrate"
import type { SeededStores } from "./seed"
import type { ServerMessage } from "./server"

const DEFAULT_PORT = 9000
const PORTS_TRIED = 100
const SECONDS_TO_STOP = 15

export interface DemoServer {
  readonly url: string
  readonly stores: SeededStores
  /** Settles when the server ends without having been asked to: always by an error that shows its log. */
  readonly crashed: Promise<never>
  stop(): Promise<void>
}

export interface ServerSettings {
  readonly root: string
  readonly databaseUrl: string
  readonly port: number
  /** Where what Medusa says goes. */
  readonly log: string
}

/** `port` where it is free, else the next free one; only `port` when a person asked for it. */
export async function choosePort(asked: number | undefined): Promise<number> {
  const last = asked ?? DEFAULT_PORT + PORTS_TRIED - 1
  for (let port = asked ?? DEFAULT_PORT; port <= last; port++) {
    if (await isFree(port)) {
      return port
    }
  }
  throw new Error(asked ? `Port ${asked} is taken.` : `No port from ${DEFAULT_PORT} to ${last} is free.`)
}

/** The path of an emptied log file under `.demo`. */
export function openLog(root: string, port: number): string {
  const log = join(root, ".demo", `server-${port}.log`)
  mkdirSync(dirname(log), { recursive: true })
  writeFileSync(log, "")
  return log
}

/** Starts the server with or without the dashboard, and answers when the stores are made. */
export async function startServer(settings: ServerSettings, { admin }: { admin: boolean }): Promise<DemoServer> {
  const { root, databaseUrl, port, log } = settings
  const output = openSync(log, "a")
  const child = fork(join(__dirname, "server.ts"), [root, String(port)], {
    cwd: root,
    env: environment(databaseUrl, { admin }),
    execArgv: ["-r", "ts-node/register"],
    stdio: ["ignore", output, output, "ipc"],
    // A process group of its own: Ctrl-C reaches the demo alone, which then stops the server in order.
    detached: true,
  })
  const ended = once(child, "exit")
  let stopping = false
  const crashed = ended.then(([status, signal]): never => {
    throw new Error(`The server ended (${signal ?? `status ${status}`}).\n${endOf(log)}`)
  })
  const stop = async (): Promise<void> => {
    stopping = true
    await end(child, ended)
  }
  const answered = once(child, "message") as Promise<[ServerMessage]>
  const [message] = await Promise.race([answered, crashed])
  crashed.catch(() => stopping)
  if (message.type === "failed") {
    await stop()
    throw new Error(message.error)
  }
  return { url: `http://localhost:${port}`, stores: message.stores, crashed, stop }
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return
  }
  child.kill("SIGTERM")
  const timer = setTimeout(() => child.kill("SIGKILL"), SECONDS_TO_STOP * 1000)
  await ended
  clearTimeout(timer)
}

function environment(databaseUrl: string, { admin }: { admin: boolean }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // Serves the dashboard from its sources, and logs in over plain HTTP.
    NODE_ENV: "development",
    DATABASE_URL: databaseUrl,
    MEDUSA_ADMIN_DISABLE: String(!admin),
    MEDUSA_DISABLE_TELEMETRY: "true",
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once("error", () => done(false))
    probe.listen(port, () => probe.close(() => done(true)))
  })
}
