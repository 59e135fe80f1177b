import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { resolve } from "node:path"

const MAIN = resolve(__dirname, "../../main.ts")
const ROOT = resolve(__dirname, "../../../..")

/** A node in a process of its own, as an operator runs it. */
export interface RelayProcess {
  readonly origin: string
  readonly child: ChildProcess
  /** How it ended: its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  /** What it wrote so far. */
  output(): string
}

export async function startRelayProcess(env: Record<string, string>): Promise<RelayProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, ["-r", "ts-node/register", MAIN], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  const keep = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout.on("data", keep)
  child.stderr.on("data", keep)
  const ended = once(child, "exit").then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals | null)
  return { origin: `http://127.0.0.1:${port}`, child, ended, output: () => output }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
