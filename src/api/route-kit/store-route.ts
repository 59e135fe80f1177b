import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { StoreRow } from "./admin-session"
import { answerError } from "./answer-error"
import { PORTAL, requireFlag, type FlagRequirement } from "./flag-gate"
import { handleOnce, type noBody, type noQuery, type ParsedRequest } from "./handle-once"
import type { RouteAnswer } from "./route-answer"
import { buyerOf, customerOf, storeOfKey, type Buyer } from "./store-session"

type Schema = z.ZodType

/** What a handler of the portal gets: everything already proved and parsed. */
export interface StoreContext<Body, Query> extends Buyer, ParsedRequest<Body, Query> {
  readonly container: MedusaContainer
  readonly store: StoreRow
  readonly actor: Actor
  readonly params: Readonly<Record<string, string>>
}

export interface StoreRouteSpec<Body extends Schema, Query extends Schema> {
  readonly body?: Body
  readonly query?: Query
  readonly handler: (
    context: StoreContext<z.output<Body>, z.output<Query>>
  ) => Promise<RouteAnswer>
}

export type StoreRoute = ((req: AuthenticatedMedusaRequest, res: MedusaResponse) => Promise<void>) & {
  /** Read by the test that walks all routes. */
  readonly gate: { readonly flags: FlagRequirement; readonly mutates: boolean }
}

/** A route of the portal that changes nothing. */
export function storeRead<Query extends Schema = typeof noQuery>(
  spec: Omit<StoreRouteSpec<typeof noBody, Query>, "body">
): StoreRoute {
  return route<typeof noBody, Query>(spec, false)
}

/** A route of the portal that changes something: its body is strict and it takes an `Idempotency-Key`. */
export function storeWrite<Body extends Schema = typeof noBody>(
  spec: Omit<StoreRouteSpec<Body, typeof noQuery>, "query">
): StoreRoute {
  return route<Body, typeof noQuery>(spec, true)
}

function route<Body extends Schema, Query extends Schema>(
  spec: StoreRouteSpec<Body, Query>,
  mutates: boolean
): StoreRoute {
  const handle = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
    const logger = req.scope.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    const answer = await prove(spec, mutates, req, logger).catch((error: unknown) =>
      answerError(error, logger)
    )
    res.status(answer.status).json(answer.body)
  }
  return Object.assign(handle, { gate: { flags: PORTAL, mutates } })
}

/**
 * The order of checks is part of the API: publishable key (by core), login, store, flag, employee, body;
 * rows and states follow.
 */
async function prove<Body extends Schema, Query extends Schema>(
  spec: StoreRouteSpec<Body, Query>,
  mutates: boolean,
  req: AuthenticatedMedusaRequest,
  logger: Logger
): Promise<RouteAnswer> {
  const proven = await provenBuyer(req)
  const { store, actor } = proven
  return handleOnce(req, logger, { ...spec, mutates, store_id: store.id, actor }, (parsed) =>
    spec.handler({ ...parsed, ...proven, container: req.scope, params: req.params })
  )
}

/**
 * Who buys, of which store, for which account: what every route of the portal proves before it reads the request.
 *
 * @throws WholesaleError 401 `unauthorized`, 404 `store_not_found`, 403 `feature_disabled`, `not_an_employee`
 */
export async function provenBuyer(
  req: AuthenticatedMedusaRequest
): Promise<Buyer & { readonly store: StoreRow; readonly actor: Actor }> {
  const actor = customerOf(req)
  const store = await storeOfKey(req)
  await requireFlag(req.scope.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE), store.id, PORTAL)
  return { ...(await buyerOf(req, store, actor.actor_id)), store, actor }
}
