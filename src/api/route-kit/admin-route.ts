import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { WHOLESALE_IDEMPOTENCY } from "../../modules/wholesale-idempotency"
import type WholesaleIdempotencyModuleService from "../../modules/wholesale-idempotency/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { answerError } from "./answer-error"
import { FlagRequirement, requireFlag } from "./flag-gate"
import { idempotent } from "./idempotent"
import { parseInput } from "./parse-input"
import { present } from "./present"
import type { RouteAnswer } from "./route-answer"
import { resolveAdminSession, type AdminSession, type StoreRow } from "./admin-session"

type Schema = z.ZodType

/** What a handler gets: everything already proved and parsed. */
export interface AdminContext<Body, Query, Store = StoreRow> extends Omit<AdminSession, "store"> {
  readonly container: MedusaContainer
  readonly store: Store
  readonly params: Readonly<Record<string, string>>
  readonly body: Body
  readonly query: Query
  /** Names the request for what it creates; the same for every retry under one `Idempotency-Key`. */
  readonly request_key: string | undefined
}

export interface AdminRouteSpec<Body extends Schema, Query extends Schema, Store = StoreRow> {
  /** At least one must be on for the store; none for routes that flags do not gate. */
  readonly flags?: FlagRequirement
  readonly body?: Body
  readonly query?: Query
  readonly handler: (
    context: AdminContext<z.output<Body>, z.output<Query>, Store>
  ) => Promise<RouteAnswer>
}

export type AdminRoute = ((req: AuthenticatedMedusaRequest, res: MedusaResponse) => Promise<void>) & {
  /** Read by the test that walks all routes. */
  readonly gate: { readonly flags: FlagRequirement; readonly mutates: boolean }
}

const noQuery = z.strictObject({ fields: z.string().optional() })
const noBody = z.strictObject({})

/** A route of one store that changes nothing. */
export function adminRead<Query extends Schema = typeof noQuery>(
  spec: Omit<AdminRouteSpec<typeof noBody, Query>, "body">
): AdminRoute {
  return route<typeof noBody, Query, StoreRow>(spec, false, chosenStore)
}

/** A route of one store that changes something: its body is strict and it takes an `Idempotency-Key`. */
export function adminWrite<Body extends Schema = typeof noBody>(
  spec: Omit<AdminRouteSpec<Body, typeof noQuery>, "query">
): AdminRoute {
  return route<Body, typeof noQuery, StoreRow>(spec, true, chosenStore)
}

/** A route above the stores that changes nothing; one may act for no store at all. */
export function platformRead<Query extends Schema = typeof noQuery>(
  spec: Omit<AdminRouteSpec<typeof noBody, Query, StoreRow | undefined>, "body" | "flags">
): AdminRoute {
  return route<typeof noBody, Query, StoreRow | undefined>(spec, false, ({ store }) => store)
}

/** A route above the stores that changes something. */
export function platformWrite<Body extends Schema = typeof noBody>(
  spec: Omit<AdminRouteSpec<Body, typeof noQuery, StoreRow | undefined>, "query" | "flags">
): AdminRoute {
  return route<Body, typeof noQuery, StoreRow | undefined>(spec, true, ({ store }) => store)
}

function chosenStore(session: AdminSession): StoreRow {
  if (!session.store) {
    throw session.storeError
  }
  return session.store
}

function route<Body extends Schema, Query extends Schema, Store extends StoreRow | undefined>(
  spec: AdminRouteSpec<Body, Query, Store>,
  mutates: boolean,
  storeOf: (session: AdminSession) => Store
): AdminRoute {
  const handle = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
    const logger = req.scope.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    const answer = await prove(spec, mutates, storeOf, req, logger).catch((error: unknown) =>
      answerError(error, logger)
    )
    res.status(answer.status).json(answer.body)
  }
  return Object.assign(handle, { gate: { flags: spec.flags ?? [], mutates } })
}

/** The order of checks is part of the API: login (by core), store, flag, body; rows and states follow. */
async function prove<Body extends Schema, Query extends Schema, Store extends StoreRow | undefined>(
  spec: AdminRouteSpec<Body, Query, Store>,
  mutates: boolean,
  storeOf: (session: AdminSession) => Store,
  req: AuthenticatedMedusaRequest,
  logger: Logger
): Promise<RouteAnswer> {
  const session = await resolveAdminSession(req)
  const store = storeOf(session)
  if (spec.flags?.length && store) {
    await requireFlag(req.scope.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE), store.id, spec.flags)
  }

  const body = parseInput(spec.body ?? noBody, mutates ? req.body : {}, "body") as z.output<Body>
  const query = parseInput(spec.query ?? noQuery, req.query, "query") as z.output<Query>
  const key = mutates ? header(req, "idempotency-key") : undefined
  const routeName = `${req.method} ${req.path}`
  const run = async (): Promise<RouteAnswer> => {
    try {
      const answer = await spec.handler({
        ...session,
        container: req.scope,
        store,
        params: req.params,
        body,
        query,
        request_key: key && `${session.actor.actor_id}:${routeName}:${key}`,
      })
      return { status: answer.status, body: present(answer.body) as RouteAnswer["body"] }
    } catch (error) {
      return answerError(error, logger)
    }
  }
  return idempotent(
    req.scope.resolve<WholesaleIdempotencyModuleService>(WHOLESALE_IDEMPOTENCY),
    {
      key,
      store_id: store?.id ?? "-",
      actor_id: session.actor.actor_id,
      route: routeName,
      input: { body: req.body ?? {}, query: req.query },
    },
    run
  )
}

export function header(req: { headers: Record<string, string | string[] | undefined> }, name: string) {
  const value = req.headers[name]
  return Array.isArray(value) ? value[0] : value
}
