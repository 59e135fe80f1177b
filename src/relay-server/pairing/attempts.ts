import { hash, randomBytes } from "node:crypto"
import type { DataSource, EntityManager } from "typeorm"

import type { Attempt, Slot } from "../database/entities"
import { SLOT_ATTEMPTS } from "./slots"

const ID_BYTES = 16
/** How long a pairing may take from its first message on. */
const ATTEMPT_SECONDS = 5 * 60

/**
 * An attempt `a` at slot `s` that goes on: neither ended nor too old, and the slot still open to it. The attempt that
 * used the slot (its step is 4) goes on until it is too old.
 */
export const ALIVE = `
  not a.is_closed and a.expires_at > now() and (a.step = 4 or (s.state = 'open' and s.expires_at > now()))`

const LOCK_SLOT = `
  select id, owner_key, attempts from relay_slot
  where slot = $1 and session_id = $2 and state = 'open' and expires_at > now()
  for update`

const SAME = `
  select a.id from relay_attempt a join relay_slot s on s.id = a.slot_id
  where s.slot = $1 and s.session_id = $2 and a.guest_key = $3 and a.message_hash = $4 and ${ALIVE}`

const INSERT = `
  insert into relay_attempt (id, slot_id, guest_key, address_hash, message_hash, message_1, expires_at)
  values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => ${ATTEMPT_SECONDS}))
  on conflict do nothing returning id`

const OPENING = `
  select a.id, s.session_id, s.slot, a.message_1
  from relay_slot s join relay_attempt a on a.slot_id = s.id
  where s.owner_key = $1 and s.state = 'open' and a.step = 1 and ${ALIVE}
  order by a.created_at, a.id`

const KEYS_WITH_ATTEMPTS = `
  select distinct s.owner_key
  from relay_slot s join relay_attempt a on a.slot_id = s.id
  where s.owner_key = any($1::bytea[]) and s.state = 'open' and a.step = 1 and ${ALIVE}`

/** What a retailer begins with. */
export interface Opening {
  readonly slot: string
  readonly session_id: Buffer
  readonly guest_key: Buffer
  readonly message: Buffer
}

/** The attempt that this very message began, if it goes on: asked again, nothing is done twice. */
export async function findAttempt(
  database: DataSource | EntityManager,
  { slot, session_id, guest_key, message }: Opening
): Promise<Buffer | undefined> {
  const [same] = await database.query<Pick<Attempt, "id">[]>(SAME, [slot, session_id, guest_key, hashOf(message)])
  return same?.id
}

/**
 * Begins an attempt at a slot that takes one more. All who try at once take turns at the slot's row, so it never
 * takes more than its ten.
 *
 * @returns undefined where no slot of that name and session takes it
 */
export async function beginAttempt(
  database: DataSource,
  opening: Opening & { readonly address_hash: Buffer }
): Promise<{ id: Buffer; owner_key: Buffer } | undefined> {
  const { slot, session_id, guest_key, address_hash, message } = opening
  return await database.transaction(async (manager) => {
    const [found] = await manager.query<Pick<Slot, "id" | "owner_key" | "attempts">[]>(LOCK_SLOT, [slot, session_id])
    if (!found) {
      return undefined
    }
    const same = await findAttempt(manager, opening)
    if (same) {
      return { id: same, owner_key: found.owner_key }
    }
    if (found.attempts >= SLOT_ATTEMPTS) {
      return undefined
    }
    const id = randomBytes(ID_BYTES)
    const values = [id, found.id, guest_key, address_hash, hashOf(message), message]
    const begun = await manager.query<Pick<Attempt, "id">[]>(INSERT, values)
    if (begun.length === 0) {
      // The message began one that is over: it was aborted, or its time has passed.
      return undefined
    }
    await manager.query("update relay_slot set attempts = attempts + 1 where id = $1", [found.id])
    return { id, owner_key: found.owner_key }
  })
}

/** Attempts at the open slots of a key that it has not answered, the oldest first; undefined where there are none. */
export async function unansweredAttempts(
  database: DataSource,
  owner_key: Buffer
): Promise<Record<"attempt_id" | "session_id" | "slot" | "message", string>[] | undefined> {
  const attempts = await database.query<{ id: Buffer; session_id: Buffer; slot: string; message_1: Buffer }[]>(
    OPENING,
    [owner_key]
  )
  if (attempts.length === 0) {
    return undefined
  }
  return attempts.map(({ id, session_id, slot, message_1 }) => ({
    attempt_id: id.toString("base64url"),
    session_id: session_id.toString("base64url"),
    slot,
    message: message_1.toString("base64url"),
  }))
}

/** Of these keys, those with attempts to answer. */
export async function keysWithAttempts(database: DataSource, keys: readonly Buffer[]): Promise<Buffer[]> {
  const found = await database.query<Pick<Slot, "owner_key">[]>(KEYS_WITH_ATTEMPTS, [keys])
  return found.map(({ owner_key }) => owner_key)
}

const hashOf = (message: Buffer): Buffer => hash("sha256", message, "buffer")
