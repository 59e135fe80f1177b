import type { FastifyReply, FastifyRequest } from "fastify"

import { RelayError, malformed, tooLarge, unavailable } from "../relay-error"
import { errorCode } from "./log"

/** SQLSTATE classes and codes, and errors of sockets, that mean that the database is away or overloaded, not wrong. */
const AWAY = /^(08|53|57|40|25P03|55P03|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH)/

/** How the messages of pg and TypeORM begin that say, without a code, that connections are gone or cannot be had. */
const AWAY_MESSAGES = [
  "Connection terminated",
  "timeout exceeded when trying to connect",
  "Client has encountered a connection error",
  "Cannot use a pool after",
  "Query read timeout",
  "Driver not Connected",
  "The client is closed",
]

/**
 * Answers what went wrong: refusals as they are, what Fastify found wrong with a request as one of them, a database
 * that is away as 503. Only what nobody foresaw is a 500, and is logged.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error)
  if (refusal === undefined) {
    request.log.error({ err: error }, "unforeseen")
    return reply.code(500).send({ code: "unforeseen", message: "Something went wrong at the relay." })
  }
  if (refusal.status === 503) {
    request.log.warn({ err: refusal.cause }, "unavailable")
  }
  return sendRefusal(reply, refusal)
}

export function sendRefusal(reply: FastifyReply, { status, code, message, fields }: RelayError): FastifyReply {
  if (fields.retry_after_seconds !== undefined) {
    reply.header("retry-after", fields.retry_after_seconds)
  }
  return reply.code(status).send({ code, message, ...fields })
}

function asRefusal(error: unknown): RelayError | undefined {
  if (error instanceof RelayError) {
    return error
  }
  if (isDatabaseAway(error)) {
    return unavailable(error)
  }
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined
  if (status === 413) {
    return tooLarge()
  }
  return typeof status === "number" && status >= 400 && status < 500
    ? malformed("request", "a request of HTTP")
    : undefined
}

function isDatabaseAway(error: unknown): boolean {
  const code = errorCode(error)
  if ((code !== undefined && AWAY.test(code)) || isFatal(error)) {
    return true
  }
  return error instanceof Error && AWAY_MESSAGES.some((begin) => error.message.startsWith(begin))
}

/** What PostgreSQL ends a connection with, whatever its reason. */
function isFatal(error: unknown): boolean {
  if (typeof error !== "object" || error === null) {
    return false
  }
  return "driverError" in error ? isFatal(error.driverError) : "severity" in error && error.severity === "FATAL"
}
