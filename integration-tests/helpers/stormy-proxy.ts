import { once } from "node:events"
import {
  Agent,
  createServer,
  request as ask,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { setTimeout as pause } from "node:timers/promises"

import { RELAY_HEADERS } from "../../src/lib/relay/request-signature"

/** What a request meets on its way to the relay. */
export type Weather =
  | "clear"
  /** 429 with a Retry-After. */
  | "limited"
  /** 503 with a Retry-After. */
  | "away"
  /** It is never answered. */
  | "silent"
  /** The relay does what it is asked; the answer never comes. */
  | "cut off"
  /** The answer comes a few bytes at a time. */
  | "slow"
  /** 200 and JSON that says something else. */
  | "garbled"
  /** 200 and a page of somebody else's. */
  | "captive"

export interface Met {
  readonly weather: Weather
  /** Whose key it is signed with, method and path. */
  readonly request: string
  /** When it was answered, in milliseconds. */
  readonly at: number
}

export const RETRY_AFTER_SECONDS = 1
const PIECE_BYTES = 64

/** Between stores and a relay, on this machine: what is asked goes on to the relay, as the weather lets it. */
export class StormyProxy {
  readonly met: Met[] = []
  /** The port of the relay's node that requests go to. */
  node = 0
  private weather: (path: string) => Weather = () => "clear"
  private readonly sockets = new Set<Socket>()
  // Each request its own connection, so that none outlives the node it leads to.
  private readonly agent = new Agent({ keepAlive: false })

  private constructor(private readonly server: Server) {
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket)
      socket.once("close", () => this.sockets.delete(socket))
    })
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.serve(request, response).catch(() => response.destroy())
    })
  }

  static async open(): Promise<StormyProxy> {
    const server = createServer()
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return new StormyProxy(server)
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** From now on; what is under way is broken off, so that it meets the new weather as well. */
  change(weather: Weather | ((path: string) => Weather)): void {
    this.weather = typeof weather === "function" ? weather : () => weather
    this.met.length = 0
    this.sockets.forEach((socket) => socket.destroy())
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy())
    this.server.close()
    await once(this.server, "close")
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ""
    const weather = this.weather(path)
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) {
      parts.push(part)
    }
    const gone = new AbortController()
    response.once("close", () => gone.abort())
    const answer = await this.answered(weather, request, { body: Buffer.concat(parts), signal: gone.signal })
    const signer = request.headers[RELAY_HEADERS.key] ?? "nobody"
    this.met.push({ weather, request: `${signer} ${request.method} ${path}`, at: Date.now() })
    if (!answer) {
      return
    }
    if (weather === "cut off") {
      response.destroy()
      return
    }
    response.writeHead(answer.status, answer.headers)
    if (weather === "slow") {
      for (let at = 0; at < answer.body.length && !response.destroyed; at += PIECE_BYTES) {
        response.write(answer.body.subarray(at, at + PIECE_BYTES))
        await pause(1)
      }
    }
    response.end(weather === "slow" ? undefined : answer.body)
  }

  /** Undefined for an answer that never comes. */
  private async answered(weather: Weather, request: IncomingMessage, asked: Asked): Promise<Answer | undefined> {
    switch (weather) {
      case "limited":
      case "away":
        return refusal(weather)
      case "silent":
        return undefined
      case "garbled":
        return json(200, { accepted: "many", attempts: 7 })
      case "captive":
        return { status: 200, headers: { "content-type": "text/html" }, body: Buffer.from("<h1>Welcome</h1>") }
      default:
        return await this.forwarded(request, asked)
    }
  }

  private async forwarded({ method, url, headers }: IncomingMessage, { body, signal }: Asked): Promise<Answer> {
    const { node: port, agent } = this
    const forwarded = ask({ host: "127.0.0.1", port, agent, method, path: url, headers, signal })
    forwarded.end(body)
    const [answer] = (await once(forwarded, "response")) as [IncomingMessage]
    const parts: Buffer[] = []
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part)
    }
    const { connection: _, "transfer-encoding": __, ...kept } = answer.headers
    return { status: answer.statusCode ?? 502, headers: kept, body: Buffer.concat(parts) }
  }
}

interface Asked {
  readonly body: Buffer
  /** Ends when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

function refusal(weather: "limited" | "away"): Answer {
  const [status, code] = weather === "limited" ? [429, "rate_limited"] : [503, "unavailable"]
  const answer = json(status, { code, message: "Not now.", retry_after_seconds: RETRY_AFTER_SECONDS })
  return { ...answer, headers: { ...answer.headers, "retry-after": String(RETRY_AFTER_SECONDS) } }
}

const json = (status: number, content: object): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify(content)),
})
