import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { freshSecret } from "../domain/pairing-code"
import type { PairingKeys } from "../domain/pairing-keys"
import { type ActiveCodeRow, beginCode, visible, type VisiblePairingCode } from "./pairing-codes"

export interface NewRelayCode {
  readonly id?: string
  readonly store_id: string
  readonly actor: Actor
  readonly relay_url: string
  /** The relay's, in which the partner will look for the code. */
  readonly slot: string
  /** Base64url of 32 random bytes, as the relay has them. */
  readonly session_id: string
  readonly expires_at: Date
  readonly keys: PairingKeys
}

/** What an attempt at a code is answered with. */
export interface AttemptedCode {
  readonly id: string
  readonly slot: string
  readonly secret: string
  readonly relay_url: string
}

export async function keepRelayCode(manager: EntityManager, input: NewRelayCode): Promise<VisiblePairingCode> {
  const { store_id, actor, slot, keys } = input
  const id = input.id ?? generateEntityId(undefined, "whpair")
  const made = await beginCode(manager, { id, store_id, keys })
  if (made) {
    return made
  }
  const code = { slot, secret: freshSecret() }
  const [row] = await manager.execute<ActiveCodeRow[]>(
    `insert into wholesale_pairing_code
       (id, store_id, transport, relay_url, session_id, slot, lookup_hash, secret_encrypted, expires_at, actor_type,
        actor_id)
     values (?, ?, 'relay', ?, ?, ?, ?, ?, ?, ?, ?)
     returning id, store_id, transport, slot, secret_encrypted, expires_at, attempts, max_attempts`,
    [
      id,
      store_id,
      input.relay_url,
      input.session_id,
      slot,
      keys.lookupHash(code),
      keys.seal(code, { id, store_id }),
      input.expires_at,
      actor.actor_type,
      actor.actor_id,
    ]
  )
  return visible(row, keys)
}

export async function relaySessionOf(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<{ session_id: string; relay_url: string } | undefined> {
  const [row] = await manager.execute<{ session_id: string; relay_url: string }[]>(
    `select session_id, relay_url from wholesale_pairing_code
     where id = ? and store_id = ? and transport = 'relay' and deleted_at is null`,
    [id, store_id]
  )
  return row
}

export async function relaysAwaitingPairing(
  manager: EntityManager
): Promise<{ store_id: string; relay_url: string }[]> {
  return await manager.execute<{ store_id: string; relay_url: string }[]>(
    `select distinct store_id, relay_url from wholesale_pairing_code
     where transport = 'relay' and status = 'active' and expires_at > now() and deleted_at is null
     order by store_id, relay_url`
  )
}

/** The code's row is locked by counting, so that no burst of attempts gets past the limit. */
export async function countAttempt(
  manager: EntityManager,
  { store_id, session_id, keys }: { store_id: string; session_id: string; keys: PairingKeys }
): Promise<AttemptedCode | undefined> {
  const [row] = await manager.execute<
    { id: string; store_id: string; slot: string; secret_encrypted: string; relay_url: string }[]
  >(
    `update wholesale_pairing_code set attempts = attempts + 1, updated_at = now()
     where session_id = ? and store_id = ? and transport = 'relay' and status = 'active' and expires_at > now()
       and attempts < max_attempts and deleted_at is null
     returning id, store_id, slot, secret_encrypted, relay_url`,
    [session_id, store_id]
  )
  return row && { id: row.id, slot: row.slot, secret: keys.open(row.secret_encrypted, row), relay_url: row.relay_url }
}

export async function useCode(
  manager: EntityManager,
  {
    store_id,
    session_id,
    pairing_id,
    partner_id,
  }: { store_id: string; session_id: string; pairing_id: string; partner_id: string }
): Promise<boolean> {
  const used = await manager.execute<{ id: string }[]>(
    `update wholesale_pairing_code
     set status = 'used', secret_encrypted = null, used_by_store_id = ?, pairing_id = ?, used_at = now(),
         updated_at = now()
     where session_id = ? and store_id = ? and transport = 'relay' and status = 'active' and expires_at > now()
       and deleted_at is null
     returning id`,
    [partner_id, pairing_id, session_id, store_id]
  )
  return used.length > 0
}
