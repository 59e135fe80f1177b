import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Redis } from "ioredis"

import { until } from "./until"

/** A Redis of a suite's own, on a port of its own, which forgets nothing when it ends. */
export class OwnRedis {
  private readonly folder = mkdtempSync(join(tmpdir(), "wholesale-redis-"))
  private process?: ChildProcess
  private connection?: Redis

  constructor(private readonly port: number) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  get client(): Redis {
    if (!this.connection) {
      throw new Error("Redis was not started.")
    }
    return this.connection
  }

  async start(): Promise<void> {
    const address = ["--port", String(this.port), "--bind", "127.0.0.1"]
    const durable = ["--dir", this.folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always"]
    const child = spawn("redis-server", [...address, ...durable], { stdio: "ignore" })
    this.process = child
    process.once("exit", () => child.kill("SIGKILL"))
    const connection = (this.connection ??= new Redis(this.url, { lazyConnect: true }))
    connection.on("error", () => undefined)
    await until(async () => ((await this.answers()) ? true : undefined))
  }

  async stop(): Promise<void> {
    const { process: child } = this
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit")
      child.kill("SIGTERM")
      await ended
    }
  }

  /** It stays connected to whoever is, and answers nobody until it thaws. */
  freeze(): void {
    this.process?.kill("SIGSTOP")
  }

  thaw(): void {
    this.process?.kill("SIGCONT")
  }

  /** Stops it for good. */
  async end(): Promise<void> {
    this.connection?.disconnect()
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async answers(): Promise<boolean> {
    const probe = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null })
    probe.on("error", () => undefined)
    try {
      await probe.connect()
      return (await probe.ping()) === "PONG"
    } catch {
      return false
    } finally {
      probe.disconnect()
    }
  }
}

/** Away from the ports that the system gives out, and apart from other workers'. */
const PORT = 17_000 + (process.pid % 10_000)

/** A `describe` for what a Redis that comes and goes does: skipped, with the reason printed, where there is none to start. */
export function describeOnOwnRedis(name: string, suite: (redis: OwnRedis) => void): void {
  const reason = process.env.REDIS_URL ? whyNone() : "REDIS_URL is not set: this Redis-only suite is not run"
  if (reason) {
    process.stderr.write(`${name}: ${reason}\n`)
    describe.skip(`${name} (${reason})`, () => suite(new OwnRedis(PORT)))
    return
  }
  describe(name, () => suite(new OwnRedis(PORT)))
}

function whyNone(): string | undefined {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" })
    return undefined
  } catch {
    return "there is no redis-server to stop and to start: this suite is not run"
  }
}
