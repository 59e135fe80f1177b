import { fork } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"

import type { SeededStores, Sides } from "./seed"
import type { ServerMessage } from "./server"
import { watch, type WatchedProcess } from "./watched-process"

export interface DemoServer extends WatchedProcess {
  readonly url: string
  readonly seeded: SeededStores
}

export interface ServerSettings {
  readonly root: string
  readonly databaseUrl: string
  readonly port: number
  /** Where what Medusa says goes. */
  readonly log: string
  readonly sides: Sides
  /** Further environment variables. */
  readonly variables?: NodeJS.ProcessEnv
}

/** Starts the server with or without the dashboard, and answers when the stores are made. */
export async function startServer(settings: ServerSettings, { admin }: { admin: boolean }): Promise<DemoServer> {
  const { root, port, log, sides } = settings
  const output = openSync(log, "a")
  const child = fork(join(__dirname, "server.ts"), [root, String(port), sides], {
    cwd: root,
    env: environment(settings, { admin }),
    execArgv: ["-r", "ts-node/register"],
    stdio: ["ignore", output, output, "ipc"],
    // A process group of its own: Ctrl-C reaches the demo alone, which then stops the server in order.
    detached: true,
  })
  closeSync(output)
  const server = watch(child, { name: "The server", log })
  const answered = once(child, "message") as Promise<[ServerMessage]>
  const [message] = await Promise.race([answered, server.crashed])
  if (message.type === "failed") {
    await server.stop()
    throw new Error(message.error)
  }
  return { ...server, url: `http://localhost:${port}`, seeded: message.seeded }
}

function environment({ databaseUrl, variables }: ServerSettings, { admin }: { admin: boolean }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // Serves the dashboard from its sources, and logs in over plain HTTP.
    NODE_ENV: "development",
    DATABASE_URL: databaseUrl,
    MEDUSA_ADMIN_DISABLE: String(!admin),
    MEDUSA_DISABLE_TELEMETRY: "true",
    ...variables,
  }
}
