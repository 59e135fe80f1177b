import type { FastifyReply, FastifyRequest, FastifyServerOptions } from "fastify"
import { LogController } from "fastify"

import type { LogLevel } from "../config"

/** Where log lines go instead of the standard output. */
export interface LogSink {
  write(line: string): void
}

/**
 * Logs that can be shown to anybody: what a request holds is in none of them. Urls hold ids, errors of a database
 * hold parameters, errors of a parser hold what it read; so only the route's pattern is logged, and of an error its
 * name, code and place. Fastify's own request lines are off.
 */
export function logOptions(level: LogLevel, sink?: LogSink): Pick<FastifyServerOptions, "logger" | "logController"> {
  return {
    logger: {
      level,
      ...(sink && { stream: sink }),
      serializers: {
        req: () => ({}),
        res: () => ({}),
        err: errorFacts,
      },
    },
    logController: new LogController({ disableRequestLogging: true }),
  }
}

export interface ErrorFacts {
  readonly [fact: string]: unknown
  readonly type: string
  /** The error's code; its own message may quote what somebody sent. */
  readonly message: string
  /** The files and lines alone. */
  readonly stack: string
}

/** What may be told of an error. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: "", stack: "" }
  }
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  return { type: error.name, message: errorCode(error) ?? "", stack: places.join("\n") }
}

/** The code of an error, or of the driver's error that TypeORM wraps. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) {
    return undefined
  }
  if ("driverError" in error) {
    return errorCode(error.driverError)
  }
  return "code" in error && typeof error.code === "string" ? error.code : undefined
}

/** One line a request, after it was answered. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  request.log.info({
    method: request.method,
    route: request.routeOptions.url ?? "unknown",
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    bytes_in: Buffer.isBuffer(request.body) ? request.body.length : 0,
    bytes_out: Number(reply.getHeader("content-length") ?? 0),
  })
}
