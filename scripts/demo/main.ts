import { join } from "node:path"

import { runAcrossPlatforms } from "./cross-platform/run"
import { Interrupted, onSignal } from "./interruption"
import { runOnOneBackend } from "./on-one-backend"
import { readOptions, USAGE } from "./options"
import { Terminal } from "./terminal"

const ROOT = join(__dirname, "..", "..")

/**
 * `npm run demo`: two stores carry a whole trade, on one backend or across two, or the history of a file
 * is replayed. Status 0 only if all of it went well.
 */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const terminal = new Terminal()
  if (options.help) {
    terminal.line(USAGE)
    return 0
  }
  const interrupted = onSignal()
  interrupted.catch(() => undefined)
  const run = { root: ROOT, options, terminal, interrupted }
  return await (options.crossPlatform ? runAcrossPlatforms(run) : runOnOneBackend(run))
}

main().then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    process.exitCode = error instanceof Interrupted ? error.status : 1
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  }
)
