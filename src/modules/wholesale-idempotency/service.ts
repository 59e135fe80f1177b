import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { derivedId } from "../../lib/ids/derived-id"
import { transactionOf } from "../../lib/sql/transaction"
import { WholesaleIdempotencyKey } from "./models/idempotency-key"

/** Which request is meant: a key is an actor's own, on one route of one store (`-` where there is none). */
export interface RequestSlot {
  readonly store_id: string
  readonly actor_id: string
  readonly route: string
  readonly key: string
}

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

export type Begun = { readonly state: "started" } | ({ readonly state: "replay" } & Answer)

/**
 * How long a request may run before its key may be taken over, which happens when the process that
 * ran it died. Longer than any request takes.
 */
const LEASE_SECONDS = 60

/** A row may vanish between two looks at it, when its request is given up. */
const ATTEMPTS = 5

interface KeyRow {
  request_hash: string
  status: "running" | "done"
  response_status: number
  response_body: string
  leased: boolean
}

/** Keeps the first answer of every request that carries an `Idempotency-Key`, and gives it again. */
class WholesaleIdempotencyModuleService extends MedusaService({ WholesaleIdempotencyKey }) {
  /**
   * Starts the request, or gives the answer that it had before. Of any number of identical requests
   * at the same instant exactly one starts. Must be committed before the request's work begins, so it
   * is called outside any transaction of that work.
   *
   * @throws WholesaleError 422 `idempotency_key_reused` where the key stands for another request
   * @throws WholesaleError 409 `idempotency_key_in_use` while the first runs
   */
  @InjectTransactionManager()
  async begin(
    { request_hash, ...slot }: RequestSlot & { readonly request_hash: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Begun> {
    const manager = transactionOf(sharedContext)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await start(manager, slot, request_hash)) {
        return { state: "started" }
      }
      const standing = await lockStanding(manager, slot)
      if (standing) {
        return await settle(manager, slot, request_hash, standing)
      }
    }
    throw inUse(slot)
  }

  /**
   * Keeps the answer of a request that `begin` started. Where the request was taken over, the first
   * answer stands.
   */
  @InjectTransactionManager()
  async finish(
    { status, body, ...slot }: RequestSlot & Answer,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await transactionOf(sharedContext).execute(
      `update wholesale_idempotency_key
       set status = 'done', response_status = ?, response_body = ?, updated_at = now()
       where id = ? and status = 'running'`,
      [status, JSON.stringify(body), rowId(slot)]
    )
  }

  /** Gives up a request that `begin` started, so that its key may be tried again at once. */
  @InjectTransactionManager()
  async abandon(
    slot: RequestSlot,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await transactionOf(sharedContext).execute(
      "delete from wholesale_idempotency_key where id = ? and status = 'running'",
      [rowId(slot)]
    )
  }

  /**
   * Forgets keys that were last touched before a time; their next use is a first one.
   *
   * @returns how many
   */
  @InjectTransactionManager()
  async forget(
    { before }: { before: Date },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<number> {
    const forgotten = await transactionOf(sharedContext).execute<{ id: string }[]>(
      `delete from wholesale_idempotency_key
       where updated_at < ? and lease_until < clock_timestamp() returning id`,
      [before]
    )
    return forgotten.length
  }
}

function rowId({ store_id, actor_id, route, key }: RequestSlot): string {
  return derivedId("whidem", store_id, actor_id, route, key)
}

/** Waits for whoever inserts the same row at the moment; false where the row is there. */
async function start(manager: EntityManager, slot: RequestSlot, requestHash: string): Promise<boolean> {
  const { store_id, actor_id, route, key } = slot
  const started = await manager.execute(
    `insert into wholesale_idempotency_key
       (id, store_id, actor_id, route, key, request_hash, status, lease_until)
     values (?, ?, ?, ?, ?, ?, 'running', clock_timestamp() + make_interval(secs => ?))
     on conflict (id) do nothing returning id`,
    [rowId(slot), store_id, actor_id, route, key, requestHash, LEASE_SECONDS]
  )
  return started.length > 0
}

async function lockStanding(manager: EntityManager, slot: RequestSlot): Promise<KeyRow | undefined> {
  const [row] = await manager.execute<KeyRow[]>(
    `select request_hash, status, response_status, response_body, lease_until > clock_timestamp() as leased
     from wholesale_idempotency_key where id = ? for update`,
    [rowId(slot)]
  )
  return row
}

async function settle(
  manager: EntityManager,
  slot: RequestSlot,
  requestHash: string,
  standing: KeyRow
): Promise<Begun> {
  if (standing.request_hash !== requestHash) {
    throw new WholesaleError(
      422,
      "idempotency_key_reused",
      `Idempotency-Key ${slot.key} was used for another request on ${slot.route}: take a new key.`,
      { key: slot.key, route: slot.route }
    )
  }
  if (standing.status === "done") {
    const body = JSON.parse(standing.response_body) as Answer["body"]
    return { state: "replay", status: standing.response_status, body }
  }
  if (standing.leased) {
    throw inUse(slot)
  }
  await manager.execute(
    `update wholesale_idempotency_key
     set lease_until = clock_timestamp() + make_interval(secs => ?), updated_at = now() where id = ?`,
    [LEASE_SECONDS, rowId(slot)]
  )
  return { state: "started" }
}

function inUse({ key, route }: RequestSlot): WholesaleError {
  return new WholesaleError(
    409,
    "idempotency_key_in_use",
    `The request with Idempotency-Key ${key} on ${route} still runs: ask again in a moment.`,
    { key, route }
  )
}

export default WholesaleIdempotencyModuleService
