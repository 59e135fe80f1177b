import { randomBytes } from "node:crypto"
import type { Socket } from "node:net"
import { fastify, type FastifyInstance } from "fastify"

import { RELAY_HEADERS } from "../../lib/relay/request-signature"
import type { LogLevel } from "../config"
import type { RequestLimits } from "../limits/request-limits"
import { notFound, unavailable } from "../relay-error"
import { answerError } from "./answer-error"
import { logAnswer, logOptions, type LogSink } from "./log"
import { expectSignature, verifySignature } from "./signer"

/** Of a request whose route says nothing else. */
const BODY_BYTES = 64 * 1024
const HEADER_BYTES = 8 * 1024
/** Longer than load balancers keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000
const REQUESTS_PER_CONNECTION = 10_000
/** A connection on which nothing moves for so long is closed; the longest wait is 25 s. */
const STALLED_MS = 60_000
const LONGEST_ID = 64

export interface ServerOptions {
  readonly log_level: LogLevel
  readonly log?: LogSink
  readonly trust_proxy: readonly string[] | number
  readonly request_timeout_ms: number
  readonly isClosing: () => boolean
}

/**
 * Fastify as a relay wants it: bodies stay bytes until their signature has been verified, sizes and times are
 * capped, every answer tells the relay's clock, and whatever is not there gets one answer.
 *
 * Routes that `signedRoutes` adds are for signers; others are open.
 */
export function buildServer(options: ServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    ...logOptions(options.log_level, options.log),
    genReqId: () => randomBytes(8).toString("hex"),
    trustProxy: trustProxy(options.trust_proxy),
    bodyLimit: BODY_BYTES,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_CONNECTION,
    connectionTimeout: STALLED_MS,
    requestTimeout: options.request_timeout_ms,
    http: {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: options.request_timeout_ms,
      connectionsCheckingInterval: Math.min(options.request_timeout_ms, 5_000),
    },
    routerOptions: { maxParamLength: LONGEST_ID },
    frameworkErrors: (_error, request, reply) => answerError(notFound(), request, reply),
    clientErrorHandler: refuseConnection,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body))
  app.decorateRequest("signer")
  app.addHook("onRequest", async () => {
    if (options.isClosing()) {
      throw unavailable()
    }
  })
  app.addHook("onSend", async (_request, reply) => {
    reply.header(RELAY_HEADERS.time, String(Date.now()))
    if (options.isClosing()) {
      reply.header("connection", "close")
    }
  })
  app.addHook("onResponse", async (request, reply) => logAnswer(request, reply))
  app.setErrorHandler(answerError)
  return app
}

/**
 * Routes that only signers reach, and the answer to whatever has no route.
 *
 * @param options.origins those that stores address the relay by
 */
export function signedRoutes(
  app: FastifyInstance,
  { origins, limits }: { origins: () => readonly string[]; limits: RequestLimits },
  routes: (signed: FastifyInstance) => void
): void {
  const verify = verifySignature(origins)
  void app.register(async (signed) => {
    signed.addHook("onRequest", async (request) => {
      await limits.countAddress(request)
      expectSignature(request)
    })
    signed.addHook("preValidation", async (request) => {
      verify(request)
      await limits.countKey(request)
    })
    routes(signed)
    signed.setNotFoundHandler(async () => {
      throw notFound()
    })
  })
}

/** What is no HTTP, or does not arrive in time. The bytes that came are logged nowhere. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const status = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request"
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

function trustProxy(proxies: readonly string[] | number): string[] | ((address: string, hop: number) => boolean) {
  return typeof proxies === "number" ? (_address, hop) => hop < proxies : [...proxies]
}
