import type { MedusaRequest } from "@medusajs/framework/http"
import type { Logger } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_IDEMPOTENCY } from "../../modules/wholesale-idempotency"
import type WholesaleIdempotencyModuleService from "../../modules/wholesale-idempotency/service"
import { answerError } from "./answer-error"
import { idempotent } from "./idempotent"
import { parseInput } from "./parse-input"
import { present } from "./present"
import type { RouteAnswer } from "./route-answer"

export const noQuery = z.strictObject({ fields: z.string().optional() })
export const noBody = z.strictObject({})
const pathParameters = z.record(z.string(), z.string())

/** What a request says, parsed. */
export interface ParsedRequest<Body, Query> {
  readonly body: Body
  readonly query: Query
  /** Names the request for what it creates; the same for every retry under one `Idempotency-Key`. */
  readonly request_key: string | undefined
}

interface Request<Body extends z.ZodType, Query extends z.ZodType> {
  readonly body?: Body
  readonly query?: Query
  readonly mutates: boolean
  /**
   * The answer holds a secret, and is not kept to be given again: the handler itself answers the same
   * for the same `request_key`.
   */
  readonly answers_secret?: boolean
  /** `-` for a route above the stores. */
  readonly store_id: string
  readonly actor: Actor
}

/**
 * The second half of every route: path, body and query are parsed, then the handler runs, once for an
 * `Idempotency-Key` where it changes something. What the handler throws is answered, and so kept.
 *
 * @throws WholesaleError 400 `invalid_request`; and as `idempotent` does
 */
export async function handleOnce<Body extends z.ZodType, Query extends z.ZodType>(
  req: MedusaRequest,
  logger: Logger,
  request: Request<Body, Query>,
  handler: (parsed: ParsedRequest<z.output<Body>, z.output<Query>>) => Promise<RouteAnswer>
): Promise<RouteAnswer> {
  const { mutates, store_id, actor } = request
  const { query } = parseRead(req, request.query)
  // Without a schema of its own the type parameter is that of the default.
  const body = parseInput(request.body ?? noBody, mutates ? req.body : {}, "body") as z.output<Body>
  const key = mutates ? header(req, "idempotency-key") : undefined
  const route = `${req.method} ${req.path}`
  const run = async (): Promise<RouteAnswer> => {
    try {
      const answer = await handler({
        body,
        query,
        request_key: key && `${actor.actor_id}:${route}:${key}`,
      })
      return { status: answer.status, body: present(answer.body) as RouteAnswer["body"] }
    } catch (error) {
      return answerError(error, logger)
    }
  }
  if (request.answers_secret) {
    return run()
  }
  return idempotent(
    req.scope.resolve<WholesaleIdempotencyModuleService>(WHOLESALE_IDEMPOTENCY),
    {
      key,
      store_id,
      actor_id: actor.actor_id,
      route,
      input: { body: req.body ?? {}, query: req.query },
    },
    run
  )
}

/**
 * What a request that changes nothing says: its path is looked at, its query parsed.
 *
 * @throws WholesaleError 400 `invalid_request`
 */
export function parseRead<Query extends z.ZodType>(req: MedusaRequest, schema?: Query): { query: z.output<Query> } {
  parseInput(pathParameters, req.params, "path")
  // Without a schema of its own the type parameter is that of the default.
  return { query: parseInput(schema ?? noQuery, req.query, "query") as z.output<Query> }
}

function header(req: MedusaRequest, name: string): string | undefined {
  const value = req.headers[name]
  return Array.isArray(value) ? value[0] : value
}
