import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"

import { endOf } from "../migrate"
import type { ReplayFigures, ReplayMessage } from "./process"

export interface ReplaySource {
  /** The repository, which is the Medusa app. */
  readonly root: string
  readonly databaseUrl: string
  /** Absolute path of the export. */
  readonly file: string
  /** Where the list of refused rows goes. */
  readonly folder: string
  /** Where what Medusa says goes. */
  readonly log: string
}

export interface RunningReplay {
  /** @throws Error that shows the end of the log, where the replay breaks off */
  readonly figures: Promise<ReplayFigures>
  /** Ends it unless it has ended. */
  stop(): Promise<void>
}

/** Megabytes of heap after which Node collects what is not used any more, whatever the machine has. */
const HEAP_MEGABYTES = 256

/** Replays an export in a process of its own, on a migrated database; `say` gets every line of its progress. */
export function startReplay({ root, databaseUrl, file, folder, log }: ReplaySource, say: (line: string) => void): RunningReplay {
  const output = openSync(log, "a")
  const medusa = require.resolve("@medusajs/cli/cli.js")
  const program = [`--max-old-space-size=${HEAP_MEGABYTES}`, medusa, "exec", join(__dirname, "process.ts"), file, folder]
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "development",
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: "warn",
      MEDUSA_ADMIN_DISABLE: "true",
      MEDUSA_DISABLE_TELEMETRY: "true",
    },
    stdio: ["ignore", output, output, "ipc"],
  })
  closeSync(output)
  let figures: ReplayFigures | undefined
  child.on("message", (message: ReplayMessage) => {
    if (message.type === "line") {
      say(message.text)
    } else {
      figures = message.result
    }
  })
  const ended = once(child, "close").then(([status]) => {
    if (!figures) {
      throw new Error(`The replay ended with status ${status}.\n${endOf(log)}`)
    }
    return figures
  })
  const settled = ended.then(
    () => undefined,
    () => undefined
  )
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM")
    await settled
  }
  return { figures: ended, stop }
}
