import { AsyncLocalStorage } from "node:async_hooks"
import { readFileSync } from "node:fs"
import { Server, ServerResponse, type IncomingMessage } from "node:http"
import { Client } from "pg"

import { RELAY_HEADERS } from "../../src/lib/relay/request-signature"
import { DurableWrites } from "./durable-writes"
import type { RelayStop } from "./relay-stops"

/**
 * Loaded before a relay. The requests that the file RELAY_STOPS names (`RelayStops`), each the first time that one fits,
 * stop for good where it says; the process then says `stopped "<step>" ["<write>", …]`. What they hold, as a
 * connection to the database, is gone with the process.
 */
interface Stopping extends RelayStop {
  readonly writes: string[]
}

const NEVER = new Promise<never>(() => undefined)
const file = process.env.RELAY_STOPS ?? ""
const requests = new AsyncLocalStorage<Stopping>()
const durable = new DurableWrites()
/** How many fitted so far. */
const fitted = new Map<string, number>()

function stopOf({ method, url, headers }: IncomingMessage): Stopping | undefined {
  const stops = JSON.parse(readFileSync(file, "utf8")) as RelayStop[]
  const fitting = stops.filter(
    ({ request, signer }) =>
      `${method} ${url}`.startsWith(request) && (signer === undefined || headers[RELAY_HEADERS.key] === signer)
  )
  for (const { step } of fitting) {
    fitted.set(step, (fitted.get(step) ?? 0) + 1)
  }
  const stop = fitting.find(({ step, nth = 1 }) => fitted.get(step) === nth)
  return stop && { ...stop, writes: [] }
}

function say({ step, writes }: Stopping): void {
  process.stdout.write(`stopped ${JSON.stringify(step)} ${JSON.stringify(writes)}\n`)
}

type Emit = (this: Server, event: string, ...given: unknown[]) => boolean
const emit: Emit = Server.prototype.emit
Server.prototype.emit = function (this: Server, event: string, ...given: unknown[]) {
  const stop = event === "request" ? stopOf(given[0] as IncomingMessage) : undefined
  if (!stop) {
    return emit.call(this, event, ...given)
  }
  if (stop.after !== 0) {
    return requests.run(stop, () => emit.call(this, event, ...given))
  }
  say(stop)
  return true
}

type Query = (this: Client, ...given: unknown[]) => unknown
const query = Client.prototype.query as Query
Client.prototype.query = function (this: Client, ...given: unknown[]) {
  const stop = requests.getStore()
  if (!stop) {
    return query.apply(this, given)
  }
  return stop.writes.length === stop.after ? NEVER : follow(stop, this, given)
} as typeof Client.prototype.query

async function follow(stop: Stopping, client: Client, given: readonly unknown[]): Promise<unknown> {
  const rows = await query.apply(client, [...given])
  const [statement] = given as [string | { readonly text: string }]
  const write = durable.madeBy(client, typeof statement === "string" ? statement : statement.text)
  if (write === undefined) {
    return rows
  }
  stop.writes.push(write)
  if (stop.writes.length !== stop.after) {
    return rows
  }
  say(stop)
  return await NEVER
}

const writeHead = ServerResponse.prototype.writeHead
ServerResponse.prototype.writeHead = function (this: ServerResponse, ...head: Parameters<typeof writeHead>) {
  const stop = requests.getStore()
  if (!stop) {
    return writeHead.apply(this, head)
  }
  say(stop)
  this.end = () => this
  return this
} as typeof writeHead
