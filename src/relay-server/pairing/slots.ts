import type { DataSource, EntityManager } from "typeorm"

import type { RelayQuotas } from "../config"
import { SlotEntity, type Slot } from "../database/entities"
import { drawSlotName } from "./slot-names"

/** Attempts that one slot takes. */
export const SLOT_ATTEMPTS = 10

export type SlotAnswer =
  | { readonly state: "open"; readonly slot: string; readonly expires_at: Date }
  | { readonly state: "rationed"; readonly retry_after_seconds: number }
  /** There was one for this session, and it is over. */
  | { readonly state: "gone" }

interface OpenSlot {
  readonly slot: string
  readonly is_own: boolean
  readonly is_of_address: boolean
  readonly seconds_left: number
}

const CLOSE_EXPIRED = "update relay_slot set state = 'closed' where state = 'open' and expires_at <= now()"

const ALL_OPEN = `
  select slot, owner_key = $1 as is_own, address_hash = $2 as is_of_address,
    extract(epoch from expires_at - now())::float as seconds_left
  from relay_slot where state = 'open'`

const INSERT = `
  insert into relay_slot (slot, session_id, owner_key, address_hash, expires_at)
  values ($1, $2, $3, $4, now() + make_interval(secs => $5))
  returning expires_at`

/** Whether a slot takes attempts. */
const TAKES_ATTEMPTS = `state = 'open' and expires_at > now() and attempts < ${SLOT_ATTEMPTS}`

/**
 * Lends a slot for a pairing session, one that nobody has, at random; the same key and session again get the same
 * one. Slots are lent one after another, so that no two get past a ration together.
 */
export async function openSlot(
  database: DataSource,
  input: Pick<Slot, "owner_key" | "session_id" | "address_hash"> & { ttl_seconds: number; quotas: RelayQuotas }
): Promise<SlotAnswer> {
  return await database.transaction(async (manager) => {
    await manager.query("select pg_advisory_xact_lock(hashtext('relay_slot'))")
    await manager.query(CLOSE_EXPIRED)
    const { owner_key, session_id } = input
    const existing = await manager.getRepository(SlotEntity).findOneBy({ owner_key, session_id })
    if (existing) {
      return existing.state === "open" ? openAnswer(existing) : { state: "gone" }
    }
    return await lendSlot(manager, input)
  })
}

async function lendSlot(
  manager: EntityManager,
  { owner_key, session_id, address_hash, ttl_seconds, quotas }: Parameters<typeof openSlot>[1]
): Promise<SlotAnswer> {
  const open = await manager.query<OpenSlot[]>(ALL_OPEN, [owner_key, address_hash])
  const own = open.filter(({ is_own }) => is_own)
  const neighbours = open.filter(({ is_of_address }) => is_of_address)
  if (own.length >= quotas.slots_per_key) {
    return rationedUntilFirst(own)
  }
  if (neighbours.length >= quotas.slots_per_address) {
    return rationedUntilFirst(neighbours)
  }
  const slot = drawSlotName(new Set(open.map((taken) => taken.slot)))
  if (slot === undefined) {
    return rationedUntilFirst(open)
  }
  const [inserted] = await manager.query<Pick<Slot, "expires_at">[]>(INSERT, [
    slot,
    session_id,
    owner_key,
    address_hash,
    ttl_seconds,
  ])
  return inserted ? openAnswer({ slot, ...inserted }) : { state: "gone" }
}

/** The session to pair in at a slot that takes attempts. */
export async function sessionAt(database: DataSource, slot: string): Promise<Buffer | undefined> {
  const [found] = await database.query<Pick<Slot, "session_id">[]>(
    `select session_id from relay_slot where slot = $1 and ${TAKES_ATTEMPTS}`,
    [slot]
  )
  return found?.session_id
}

/**
 * Closes an open slot of this key, and with it every attempt at it.
 *
 * @returns the ids of the attempts that ended so; undefined where there is no such slot
 */
export async function closeSlot(
  database: DataSource,
  { owner_key, session_id }: Pick<Slot, "owner_key" | "session_id">
): Promise<Buffer[] | undefined> {
  return await database.transaction(async (manager) => {
    const [closed] = await manager.query<[Pick<Slot, "id">[], number]>(
      `update relay_slot set state = 'closed'
       where owner_key = $1 and session_id = $2 and state = 'open' and expires_at > now() returning id`,
      [owner_key, session_id]
    )
    const slot = closed[0]
    return slot && (await attemptsAt(manager, slot.id))
  })
}

/** The ids of all attempts at a slot. */
export async function attemptsAt(manager: EntityManager, slotId: string): Promise<Buffer[]> {
  const attempts = await manager.query<{ id: Buffer }[]>("select id from relay_attempt where slot_id = $1", [slotId])
  return attempts.map(({ id }) => id)
}

function rationedUntilFirst(slots: readonly OpenSlot[]): SlotAnswer {
  return { state: "rationed", retry_after_seconds: Math.min(...slots.map(({ seconds_left }) => seconds_left)) }
}

const openAnswer = ({ slot, expires_at }: Pick<Slot, "slot" | "expires_at">): SlotAnswer => ({
  state: "open",
  slot,
  expires_at,
})
