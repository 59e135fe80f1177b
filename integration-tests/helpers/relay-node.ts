import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"

import { until } from "./until"

const ROOT = join(__dirname, "..", "..")

export interface RelayNodeOptions {
  readonly database_url: string
  readonly port: number
  /** Files of this folder that are loaded before the relay. */
  readonly preload?: readonly string[]
  /** Environment variables; of this process's own only the paths are passed on. */
  readonly variables?: Readonly<Record<string, string>>
}

/** A node of the relay in a process of its own, as an operator runs it. */
export interface RelayNode {
  readonly origin: string
  readonly port: number
  /** What it wrote so far. */
  output(): string
  /** As the kernel ends it: nothing is finished. Resolves when it is gone. */
  kill(): Promise<void>
  /** In order. */
  stop(): Promise<void>
  signal(signal: NodeJS.Signals): void
  /** How it ended: its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** Answers when the node is ready. */
export async function startRelayNode({ database_url, port, preload = [], variables }: RelayNodeOptions): Promise<RelayNode> {
  const preloaded = preload.flatMap((file) => ["-r", join(__dirname, file)])
  const main = join(ROOT, "src", "relay-server", "main.ts")
  const child = spawn(process.execPath, ["-r", "ts-node/register", ...preloaded, main], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: database_url,
      DATABASE_CONNECTIONS: "4",
      PORT: String(port),
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = once(child, "exit").then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals | null)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const node = {
    origin: `http://127.0.0.1:${port}`,
    port,
    output: () => output,
    kill: async () => await end("SIGKILL"),
    stop: async () => await end("SIGTERM"),
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    ended,
  }
  process.once("exit", () => child.kill("SIGKILL"))
  await until(async () => {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The relay ended before it was ready:\n${output}`)
    }
    const answer = await fetch(`${node.origin}/health/ready`).catch(() => undefined)
    return answer?.ok ? true : undefined
  })
  return node
}
