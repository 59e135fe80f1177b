import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { endOf } from "../migrate"

const SECONDS_TO_STOP = 15

/** A process that the demo started and that is to run until the demo ends it. */
export interface WatchedProcess {
  /** Settles when it ends without having been asked to: always by an error that shows its log. */
  readonly crashed: Promise<never>
  stop(): Promise<void>
}

export function watch(child: ChildProcess, { name, log }: { name: string; log: string }): WatchedProcess {
  const ended = once(child, "exit")
  const crashed = ended.then(([status, signal]): never => {
    throw new Error(`${name} ended (${signal ?? `status ${status}`}).\n${endOf(log)}`)
  })
  // Who waits for it has a promise of its own.
  crashed.catch(() => undefined)
  return { crashed, stop: async () => await end(child, ended) }
}

/** The path of an emptied log file under `.demo`. */
export function openLog(root: string, name: string): string {
  const log = join(root, ".demo", `${name}.log`)
  mkdirSync(dirname(log), { recursive: true })
  writeFileSync(log, "")
  return log
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
