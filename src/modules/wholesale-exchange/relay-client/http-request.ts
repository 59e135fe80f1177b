import { setMaxListeners } from "node:events"
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type RequestOptions } from "node:http"
import { Agent as HttpsAgent, request as httpsRequest } from "node:https"

import { ForbiddenAddress, type ConnectGuard } from "./connect-guard"
import { exchange, NoAnswer, TimedOut, type HttpAnswer, type TimeLimits } from "./http-exchange"
import { RelayError } from "./relay-error"

export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE"
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** How long the relay may wait for news before it answers. */
  readonly wait_seconds: number
  /** Bytes that the answer's body may have; more are not kept. */
  readonly answer_bytes: number
  readonly signal?: AbortSignal
}

export interface HttpOptions {
  readonly origin: string
  readonly guard: ConnectGuard
  /** Others than the standard ones, in milliseconds; `answer` without the relay's waiting. */
  readonly limits?: Partial<TimeLimits>
}

const LIMITS: TimeLimits = { connect: 10_000, send: 60_000, answer: 15_000, body: 30_000 }
const IDLE_CONNECTIONS = 4

/**
 * Requests to one origin over connections that are kept and used again. Redirects are answers like any other,
 * certificates are always verified whatever the environment says, and proxies of the environment are not used.
 */
export class HttpRequests {
  private readonly limits: TimeLimits
  private readonly agent: HttpAgent
  private readonly secure: boolean
  private readonly closing = new AbortController()

  constructor(private readonly options: HttpOptions) {
    this.limits = { ...LIMITS, ...options.limits }
    this.secure = options.origin.startsWith("https:")
    const kept = { keepAlive: true, maxFreeSockets: IDLE_CONNECTIONS }
    this.agent = this.secure ? new HttpsAgent(kept) : new HttpAgent(kept)
    // A listener for each request that runs, however many they are.
    setMaxListeners(0, this.closing.signal)
  }

  /**
   * The answer, of whatever status.
   *
   * Where a kept connection proves to have been closed meanwhile, the request is sent once more over a new one: all
   * that stores ask of a relay does nothing twice.
   *
   * @throws RelayError `unavailable`, `forbidden_address`, or `malformed` for what is no HTTP
   * @throws the signal's reason once it is aborted
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const first = this.open(request, this.agent)
    try {
      return await this.exchange(first, request)
    } catch (error) {
      if (!first.reusedSocket || !WAS_CLOSED.has(codeOf(error) ?? "")) {
        throw this.failure(error, request.signal)
      }
    }
    try {
      return await this.exchange(this.open(request, false), request)
    } catch (error) {
      throw this.failure(error, request.signal)
    }
  }

  /** Ends all that runs, and refuses all that comes, as `unavailable`. */
  close(): void {
    this.closing.abort(new RelayError(this.options.origin, "unavailable", { reason: "closed by this store" }))
    this.agent.destroy()
  }

  private open({ method, path, headers, body }: HttpRequest, agent: HttpAgent | false): ClientRequest {
    const { origin, guard } = this.options
    const options: RequestOptions & { rejectUnauthorized: boolean } = {
      agent,
      method,
      path,
      headers: body.length > 0 ? { ...headers, "content-length": String(body.length) } : headers,
      lookup: guard.lookup,
      // Said here it holds against NODE_TLS_REJECT_UNAUTHORIZED.
      rejectUnauthorized: true,
    }
    return (this.secure ? httpsRequest : httpRequest)(origin, options)
  }

  private async exchange(sent: ClientRequest, request: HttpRequest): Promise<HttpAnswer> {
    return await exchange(sent, {
      body: request.body,
      answer_bytes: request.answer_bytes,
      limits: { ...this.limits, answer: this.limits.answer + request.wait_seconds * 1_000 },
      guard: this.options.guard,
      signals: [this.closing.signal, ...(request.signal ? [request.signal] : [])],
    })
  }

  private failure(error: unknown, signal: AbortSignal | undefined): unknown {
    return error instanceof RelayError || (signal?.aborted && error === signal.reason)
      ? error
      : connectionFailure(this.options.origin, error)
  }
}

/** What a connection ends with that the other side closed while nobody used it. */
const WAS_CLOSED: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE"])

const PARTS: Readonly<Record<keyof TimeLimits, string>> = {
  connect: "no connection in time",
  send: "the request was not taken in time",
  answer: "no answer in time",
  body: "the answer did not end in time",
}

function connectionFailure(origin: string, error: unknown): RelayError {
  if (error instanceof ForbiddenAddress) {
    return new RelayError(origin, "forbidden_address")
  }
  if (error instanceof TimedOut) {
    return new RelayError(origin, "unavailable", { reason: PARTS[error.part] })
  }
  const code = codeOf(error)
  if (error instanceof NoAnswer || code?.startsWith("HPE_")) {
    return new RelayError(origin, "malformed", { reason: "no HTTP answer" })
  }
  return new RelayError(origin, "unavailable", { reason: code })
}

/** The system's or Node's code of an error, as ECONNREFUSED; of its message nothing is taken, it may hold anything. */
function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : undefined
}
