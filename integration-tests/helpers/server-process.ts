import { spawn } from "node:child_process"
import { once } from "node:events"
import { resolve } from "node:path"
import { createInterface } from "node:readline"

/** A second server process on the test's database, with Medusa's in-memory modules of its own. */
export interface ServerProcess {
  /** Resolves once the process has booted and stands at the barrier. */
  readonly ready: Promise<void>
  /** Opens the barrier; answers what the process prints after `RESULT `. */
  go<Result>(): Promise<Result>
  /** Gives one task more to a process that reads them line by line, as JSON, until `end`; answers as `go` does. */
  ask<Result>(task: unknown): Promise<Result>
  end(): void
  /** Resolves when the process has ended: its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/**
 * Runs a script of this folder under `medusa exec`. The script says `READY`, waits for a line on
 * standard input, and prints `RESULT {json}`; its one argument is the task as JSON.
 */
export function startServerProcess(databaseUrl: string, script: string, task: unknown): ServerProcess {
  const child = spawn(
    process.execPath,
    [require.resolve("@medusajs/cli/cli.js"), "exec", resolve(__dirname, script), JSON.stringify(task)],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl, MEDUSA_ADMIN_DISABLE: "true" },
      stdio: ["pipe", "pipe", "pipe"],
    }
  )
  const ended = once(child, "exit").then(
    ([code, signal]) => (signal ?? code) as number | NodeJS.Signals | null
  )
  let output = ""
  child.stderr.on("data", (chunk) => {
    output += chunk
  })
  const lines = createInterface(child.stdout)
  const line = (start: string) =>
    new Promise<string>((found, failed) => {
      lines.on("line", (text) => {
        output += `${text}\n`
        if (text.startsWith(start)) {
          found(text.slice(start.length))
        }
      })
      lines.once("close", () => failed(new Error(`The process ended without ${start}:\n${output}`)))
    })
  const answer = async <Result>(send: () => void) => {
    const result = line("RESULT ")
    send()
    return JSON.parse(await result) as Result
  }
  return {
    ready: line("READY").then(() => undefined),
    go: <Result>() => answer<Result>(() => child.stdin.end("go\n")),
    ask: <Result>(given: unknown) => answer<Result>(() => child.stdin.write(`${JSON.stringify(given)}\n`)),
    end: () => child.stdin.end(),
    ended,
  }
}
