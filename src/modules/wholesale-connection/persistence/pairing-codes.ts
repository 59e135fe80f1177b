import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { asWholesaleError, notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import {
  ACTIVE_CODES_PER_STORE,
  freshPairingCode,
  PairingCode,
  writePairingCode,
} from "../domain/pairing-code"
import { pairingCodeMachine, PairingCodeStatus } from "../domain/pairing-code-machine"
import type { PairingKeys } from "../domain/pairing-keys"

/** Another process may take the slot chosen here first; that this happens so often in a row is no accident. */
const SLOT_TRIES = 20

/** A code as its own store sees it. */
export interface VisiblePairingCode {
  readonly id: string
  /** `NN-SSSS` */
  readonly code: string
  readonly transport: string
  readonly expires_at: Date
  /** Wrong guesses so far; at `max_attempts` the code cannot be used any more. */
  readonly attempts: number
  readonly max_attempts: number
}

export interface ActiveCodeRow {
  id: string
  store_id: string
  transport: string
  slot: string
  secret_encrypted: string
  expires_at: Date | string
  attempts: number
  max_attempts: number
}

/**
 * Makes a code in a free slot. Codes of one store are made one after another, so that the ration
 * holds.
 */
export async function createCode(
  manager: EntityManager,
  input: { id?: string; store_id: string; actor: Actor; minutes: number; keys: PairingKeys }
): Promise<VisiblePairingCode> {
  const { store_id, actor, minutes, keys } = input
  const id = input.id ?? generateEntityId(undefined, "whpair")
  const made = await beginCode(manager, { id, store_id, keys })
  if (made) {
    return made
  }
  for (let tries = 0; tries < SLOT_TRIES; tries++) {
    const code = freshPairingCode(await takenSlots(manager))
    if (!code) {
      break
    }
    const row = await insertCode(manager, { id, store_id, actor, minutes, keys, code })
    if (row) {
      return visible(row, keys)
    }
  }
  throw new WholesaleError(
    429,
    "pairing_slots_taken",
    "All pairing codes of this backend are in use. Try again when some have expired.",
    { valid_minutes: minutes }
  )
}

/**
 * Readies a store for another code, codes of one store being made one after another.
 *
 * @returns the code of that id, where it is there already
 * @throws WholesaleError 409 `not_allowed` where it was, and can no longer be used
 * @throws WholesaleError 429 `pairing_codes_rationed`
 */
export async function beginCode(
  manager: EntityManager,
  { id, store_id, keys }: { id: string; store_id: string; keys: PairingKeys }
): Promise<VisiblePairingCode | undefined> {
  await manager.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", [
    `wholesale_pairing_code:${store_id}`,
  ])
  const made = await codeStatus(manager, store_id, id)
  if (made) {
    const codes = await activeCodes(manager, { store_id, keys })
    const code = codes.find((active) => active.id === id)
    if (code) {
      return code
    }
    throw codeNotAllowed(id, made === "active" ? "expired" : made, "use")
  }
  await expireCodes(manager)
  await assertRation(manager, store_id)
  return undefined
}

/**
 * The codes of a store that can still be used, the one that expires first at the top. One that was
 * sealed under another server key can neither be read nor entered, and is left out.
 */
export async function activeCodes(
  manager: EntityManager,
  { store_id, keys }: { store_id: string; keys: PairingKeys }
): Promise<VisiblePairingCode[]> {
  const rows = await manager.execute<ActiveCodeRow[]>(
    `select id, store_id, transport, slot, secret_encrypted, expires_at, attempts, max_attempts
     from wholesale_pairing_code
     where store_id = ? and status = 'active' and expires_at > now() and deleted_at is null
     order by expires_at, id`,
    [store_id]
  )
  return rows.flatMap((row) => {
    try {
      return [visible(row, keys)]
    } catch (error) {
      if (asWholesaleError(error)?.code === "secret_unreadable") {
        return []
      }
      throw error
    }
  })
}

/** @throws WholesaleError 404, or 409 `not_allowed` unless the code is active */
export async function cancelCode(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<void> {
  const cancelled = await manager.execute<{ id: string }[]>(
    `update wholesale_pairing_code
     set status = 'cancelled', secret_encrypted = null, updated_at = now()
     where id = ? and store_id = ? and status = 'active' and deleted_at is null returning id`,
    [id, store_id]
  )
  if (cancelled.length) {
    return
  }
  const status = await codeStatus(manager, store_id, id)
  throw status ? codeNotAllowed(id, status, "cancel") : notFound("pairing code", id)
}

/** Closes the codes whose time is over and erases their secrets; rows at work elsewhere are left to the next call. */
export async function expireCodes(manager: EntityManager): Promise<number> {
  const expired = await manager.execute<{ id: string }[]>(
    `with due as (
       select id from wholesale_pairing_code
       where status = 'active' and expires_at <= now() and deleted_at is null
       order by id for update skip locked
     )
     update wholesale_pairing_code as code
     set status = 'expired', secret_encrypted = null, updated_at = now()
     from due where code.id = due.id returning code.id`
  )
  return expired.length
}

async function assertRation(manager: EntityManager, storeId: string): Promise<void> {
  const [{ active, next_free_at }] = await manager.execute<
    { active: number; next_free_at: Date | string | null }[]
  >(
    `select count(*)::int as active, min(expires_at) as next_free_at from wholesale_pairing_code
     where store_id = ? and status = 'active' and expires_at > now() and deleted_at is null`,
    [storeId]
  )
  if (active >= ACTIVE_CODES_PER_STORE) {
    throw new WholesaleError(
      429,
      "pairing_codes_rationed",
      `The store has ${active} active pairing codes, which is as many as it may have. Cancel one, or wait until one expires.`,
      {
        active,
        limit: ACTIVE_CODES_PER_STORE,
        next_free_at: next_free_at ? new Date(next_free_at).toISOString() : null,
      }
    )
  }
}

async function takenSlots(manager: EntityManager): Promise<Set<string>> {
  const rows = await manager.execute<{ slot: string }[]>(
    "select slot from wholesale_pairing_code where transport = 'local' and status = 'active' and deleted_at is null"
  )
  return new Set(rows.map(({ slot }) => slot))
}

async function insertCode(
  manager: EntityManager,
  input: {
    id: string
    store_id: string
    actor: Actor
    minutes: number
    keys: PairingKeys
    code: PairingCode
  }
): Promise<ActiveCodeRow | undefined> {
  const { id, store_id, actor, minutes, keys, code } = input
  const [row] = await manager.execute<ActiveCodeRow[]>(
    `insert into wholesale_pairing_code
       (id, store_id, slot, lookup_hash, secret_encrypted, expires_at, actor_type, actor_id)
     values (?, ?, ?, ?, ?, now() + make_interval(mins => ?), ?, ?)
     on conflict do nothing
     returning id, store_id, transport, slot, secret_encrypted, expires_at, attempts, max_attempts`,
    [
      id,
      store_id,
      code.slot,
      keys.lookupHash(code),
      keys.seal(code, { id, store_id }),
      minutes,
      actor.actor_type,
      actor.actor_id,
    ]
  )
  return row
}

async function codeStatus(
  manager: EntityManager,
  storeId: string,
  id: string
): Promise<PairingCodeStatus | undefined> {
  const [row] = await manager.execute<{ status: PairingCodeStatus }[]>(
    "select status from wholesale_pairing_code where id = ? and store_id = ? and deleted_at is null",
    [id, storeId]
  )
  return row?.status
}

export function visible(row: ActiveCodeRow, keys: PairingKeys): VisiblePairingCode {
  const { id, transport, slot, attempts, max_attempts } = row
  const code = writePairingCode({ slot, secret: keys.open(row.secret_encrypted, row) })
  return { id, code, transport, expires_at: new Date(row.expires_at), attempts, max_attempts }
}

function codeNotAllowed(id: string, status: PairingCodeStatus, event: "use" | "cancel"): WholesaleError {
  return eventNotAllowed({
    document: pairingCodeMachine.document,
    id,
    status,
    event,
    allowedEvents: pairingCodeMachine.allowedEvents(status),
  })
}
