import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { parseArgs } from "node:util"

export const USAGE = `npm run demo [-- options]

  --exit            carry the trade or the replay, print RESULT {json} as the last line, and end; without it the
                    stores stay up after that line
  --cross-platform  the same trade between two backends, each with a database of its own, over a relay that
                    can read none of it; then the relay's database is searched
  --replay FILE     instead of the trade, replay an order export (CSV: InvoiceNo, StockCode, Description, Quantity,
                    InvoiceDate, UnitPrice, CustomerID, Country) in a store of its own, and reconcile
  --reset           empty the demo's databases first
  --port NUMBER     the server's port (9000, or the next one that is free)
  --help            this text

DATABASE_URL and REDIS_URL, where set, are used instead of what the demo starts by itself.`

export interface DemoOptions {
  readonly exit: boolean
  /** Two backends and a relay instead of two stores on one backend. */
  readonly crossPlatform: boolean
  /** Absolute path of an order export. */
  readonly replay: string | undefined
  readonly reset: boolean
  readonly help: boolean
  readonly port: number | undefined
}

/** @throws Error on an option that is not known, a port that is none, a file that is not there, or two that do not go together */
export function readOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      exit: { type: "boolean", default: false },
      "cross-platform": { type: "boolean", default: false },
      replay: { type: "string" },
      reset: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      port: { type: "string" },
    },
  })
  const { exit, reset, help, port, replay, "cross-platform": crossPlatform } = values
  if (crossPlatform && replay !== undefined) {
    throw new Error("--replay takes one store: leave --cross-platform out.")
  }
  return {
    exit,
    crossPlatform,
    reset,
    help,
    port: port === undefined ? undefined : readPort(port),
    replay: replay === undefined ? undefined : readFile(replay),
  }
}

/** npm runs the demo in the repository; the path is meant from where it was typed. */
function readFile(path: string): string {
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), path)
  if (!existsSync(file)) {
    throw new Error(`--replay: there is no file ${file}.`)
  }
  return file
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not "${text}".`)
  }
  return port
}
