import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import type { RelayNode } from "./relay-node"
import { until } from "./until"

/** A request to a relay that stops for good in the middle, where a SIGKILL then ends it. */
export interface RelayStop {
  /** What it is called here. */
  readonly step: string
  /** Whose it is, as base64url of the public key; anybody's unless given. */
  readonly signer?: string
  /** How it begins, as in `POST /v1/send/`. */
  readonly request: string
  /** Which of those that fit, from 1; the first unless given. */
  readonly nth?: number
  /** After how many of its durable writes: with 0 it has arrived and is not read. Or all was done but to answer. */
  readonly after: number | "all"
}

/** Tells a node of the relay, while it runs, which requests are to stop (`stop-relay-requests.ts`). */
export class RelayStops {
  private readonly folder = mkdtempSync(join(tmpdir(), "wholesale-relay-stops-"))
  private readonly file = join(this.folder, "stops.json")
  private stops: readonly RelayStop[] = []

  constructor() {
    this.clear()
  }

  /** What the node is started with. */
  get options() {
    return { preload: ["stop-relay-requests.ts"], variables: { RELAY_STOPS: this.file } }
  }

  /** A node that is started from here on stops nowhere. */
  clear(): void {
    this.write([])
  }

  add(...stops: readonly RelayStop[]): void {
    this.write([...this.stops, ...stops])
  }

  private write(stops: readonly RelayStop[]): void {
    this.stops = stops
    // The node reads it with each request: it never sees half of it.
    writeFileSync(`${this.file}.new`, JSON.stringify(stops))
    renameSync(`${this.file}.new`, this.file)
  }

  /** Waits until a request stands there. @returns what it made durable before, a name for each write */
  async reached(node: RelayNode, step: string): Promise<readonly string[]> {
    const start = `stopped ${JSON.stringify(step)} `
    return await until(async () => {
      const line = node.output().split("\n").slice(0, -1).find((text) => text.startsWith(start))
      return line === undefined ? undefined : (JSON.parse(line.slice(start.length)) as string[])
    })
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }
}
