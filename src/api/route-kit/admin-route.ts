import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { answerError } from "./answer-error"
import { FlagRequirement, requireFlag } from "./flag-gate"
import { handleOnce, type noBody, type noQuery, type ParsedRequest } from "./handle-once"
import type { RouteAnswer } from "./route-answer"
import { resolveAdminSession, type AdminSession, type StoreRow } from "./admin-session"

type Schema = z.ZodType

/** What a handler gets: everything already proved and parsed. */
export interface AdminContext<Body, Query, Store = StoreRow>
  extends Omit<AdminSession, "store">,
    ParsedRequest<Body, Query> {
  readonly container: MedusaContainer
  readonly store: Store
  readonly params: Readonly<Record<string, string>>
}

export interface AdminRouteSpec<Body extends Schema, Query extends Schema, Store = StoreRow> {
  /** At least one must be on for the store; none for routes that flags do not gate. */
  readonly flags?: FlagRequirement
  readonly body?: Body
  readonly query?: Query
  /** The answer is not kept under the `Idempotency-Key`; see `handleOnce`. */
  readonly answers_secret?: boolean
  readonly handler: (
    context: AdminContext<z.output<Body>, z.output<Query>, Store>
  ) => Promise<RouteAnswer>
}

export type AdminRoute = ((req: AuthenticatedMedusaRequest, res: MedusaResponse) => Promise<void>) & {
  /** Read by the test that walks all routes. */
  readonly gate: { readonly flags: FlagRequirement; readonly mutates: boolean }
}

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

/**
 * Who asks, for which store, with a flag that opens it: what every route proves before it reads the request.
 *
 * @throws WholesaleError 404 `store_not_found`, 403 `feature_disabled`
 */
export async function provenSession<Store extends StoreRow | undefined>(
  req: AuthenticatedMedusaRequest,
  flags: FlagRequirement | undefined,
  storeOf: (session: AdminSession) => Store
): Promise<Omit<AdminSession, "store"> & { readonly store: Store }> {
  const session = await resolveAdminSession(req)
  const store = storeOf(session)
  if (flags?.length && store) {
    await requireFlag(req.scope.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE), store.id, flags)
  }
  return { ...session, store }
}

export function chosenStore(session: AdminSession): StoreRow {
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
  const { store, ...session } = await provenSession(req, spec.flags, storeOf)
  return handleOnce(
    req,
    logger,
    { ...spec, mutates, store_id: store?.id ?? "-", actor: session.actor },
    (parsed) =>
      spec.handler({ ...session, ...parsed, container: req.scope, store, params: req.params })
  )
}
