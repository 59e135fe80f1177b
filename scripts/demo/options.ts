import { parseArgs } from "node:util"

export const USAGE = `npm run demo [-- options]

  --exit         carry the trade, print RESULT {json} as the last line, and end
  --reset        empty the demo's database first
  --port NUMBER  the server's port (9000, or the next one that is free)
  --help         this text

DATABASE_URL and REDIS_URL, where set, are used instead of what the demo starts by itself.`

export interface DemoOptions {
  readonly exit: boolean
  readonly reset: boolean
  readonly help: boolean
  readonly port: number | undefined
}

/** @throws Error on an option that is not known, or a port that is none */
export function readOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      exit: { type: "boolean", default: false },
      reset: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      port: { type: "string" },
    },
  })
  const { exit, reset, help, port } = values
  return { exit, reset, help, port: port === undefined ? undefined : readPort(port) }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not "${text}".`)
  }
  return port
}
