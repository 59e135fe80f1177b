import { spawn } from "node:child_process"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"

import { watch, type WatchedProcess } from "../watched-process"

const MILLISECONDS_BETWEEN = 50

export interface RelaySettings {
  readonly root: string
  readonly databaseUrl: string
  readonly port: number
  readonly log: string
  /** Further environment variables. */
  readonly variables?: NodeJS.ProcessEnv
}

export interface DemoRelay extends WatchedProcess, Pick<RelaySettings, "log"> {
  /** By which stores know it. */
  readonly url: string
}

/** Starts a relay as an operator does, and answers when it is ready. */
export async function startRelay({ root, databaseUrl, port, log, variables }: RelaySettings): Promise<DemoRelay> {
  const output = openSync(log, "a")
  const main = join(root, "src", "relay-server", "main.ts")
  const child = spawn(process.execPath, ["-r", "ts-node/register", main], {
    cwd: root,
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port), DATABASE_URL: databaseUrl, ...variables },
    stdio: ["ignore", output, output],
    detached: true,
  })
  closeSync(output)
  const relay = { ...watch(child, { name: "The relay", log }), log, url: `http://127.0.0.1:${port}` }
  await Promise.race([untilReady(relay.url), relay.crashed])
  return relay
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false
    )
    if (ready) {
      return
    }
    await delay(MILLISECONDS_BETWEEN)
  }
}
