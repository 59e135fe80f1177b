import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync, readFileSync } from "node:fs"

const LINES_SHOWN = 40

export interface MigrateInput {
  /** Of the app whose migrations and links run. */
  readonly root: string
  readonly databaseUrl: string
  /** What it prints is added to this file. */
  readonly log: string
}

/**
 * `medusa db:migrate` in a process of its own, as an app that installs the plugin runs it.
 *
 * @throws Error with the end of the log where it fails
 */
export async function migrate({ root, databaseUrl, log }: MigrateInput): Promise<void> {
  const output = openSync(log, "a")
  const child = spawn(process.execPath, [require.resolve("@medusajs/cli/cli.js"), "db:migrate", "--execute-safe-links"], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "development",
      DATABASE_URL: databaseUrl,
      MEDUSA_ADMIN_DISABLE: "true",
      MEDUSA_DISABLE_TELEMETRY: "true",
    },
    stdio: ["ignore", output, output],
  })
  closeSync(output)
  const [status] = (await once(child, "exit")) as [number | null]
  if (status !== 0) {
    throw new Error(`medusa db:migrate ended with status ${status}.\n${endOf(log)}`)
  }
}

/** The last lines of a log, to be shown with an error. */
export function endOf(log: string): string {
  return `The end of ${log}:\n${readFileSync(log, "utf8").trimEnd().split("\n").slice(-LINES_SHOWN).join("\n")}`
}
