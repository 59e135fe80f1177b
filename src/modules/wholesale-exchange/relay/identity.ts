import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { InferTypeOf } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import { generateEd25519, type Ed25519KeyPair } from "../../../lib/crypto/ed25519"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { storableText } from "../domain/storable"
import type { WholesaleRelayIdentity } from "../models/relay-identity"
import { STANDS } from "./channel"
import type { Vault } from "./vault"

export type RelayIdentityRow = InferTypeOf<typeof WholesaleRelayIdentity>

/** A store's private keys, in memory only. */
export interface RelayKeys {
  /** What it signs documents and certificates with. */
  readonly identity: Ed25519KeyPair
  /** What it signs requests to relays with. */
  readonly mailbox: Ed25519KeyPair
}

const TABLE = "wholesale_relay_identity"
const DATES = ["answered_at", "failed_at"] as const

/**
 * The store's identity; made at the first call, with keys of its own for partners and for relays. Later
 * calls change the relay only.
 */
export async function setRelay(
  manager: EntityManager,
  vault: Vault,
  { store_id, relay_url }: { store_id: string; relay_url: string }
): Promise<RelayIdentityRow> {
  const id = generateEntityId(undefined, "whrid")
  const [identity, mailbox] = [generateEd25519(), generateEd25519()]
  const seal = async (column: string, { private_key }: Ed25519KeyPair) =>
    await vault.seal(manager, private_key.toString("base64url"), { table: TABLE, column, row_id: id, store_id })
  const [row] = await manager.execute<RelayIdentityRow[]>(
    `insert into wholesale_relay_identity
       (id, store_id, relay_url, identity_public_key, identity_private_key_sealed, mailbox_public_key,
        mailbox_private_key_sealed)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (store_id) where deleted_at is null do update set
       relay_url = excluded.relay_url, answered_at = null, failed_at = null, failure = null, updated_at = now()
     returning *`,
    [
      id,
      store_id,
      relay_url,
      identity.public_key.toString("base64url"),
      await seal("identity_private_key_sealed", identity),
      mailbox.public_key.toString("base64url"),
      await seal("mailbox_private_key_sealed", mailbox),
    ]
  )
  return withDates(row)
}

export async function findIdentity(manager: EntityManager, storeId: string): Promise<RelayIdentityRow | undefined> {
  const [row] = await manager.execute<RelayIdentityRow[]>(
    "select * from wholesale_relay_identity where store_id = ? and deleted_at is null",
    [storeId]
  )
  return row && withDates(row)
}

/** @throws WholesaleError 409 `relay_not_set` */
export async function requireIdentity(manager: EntityManager, storeId: string): Promise<RelayIdentityRow> {
  const identity = await findIdentity(manager, storeId)
  if (!identity) {
    throw new WholesaleError(
      409,
      "relay_not_set",
      "This store has no relay yet, by which it would reach partners on other platforms: set its address on the relay page.",
      { store_id: storeId }
    )
  }
  return identity
}

/**
 * Every relay that a store is to be reached by now: its own, and those of the connections that stand. Out of step they
 * do: what the partner says meanwhile would fill the mailbox.
 */
export async function relaysToPoll(manager: EntityManager): Promise<{ store_id: string; relay_url: string }[]> {
  return await manager.execute<{ store_id: string; relay_url: string }[]>(
    `select store_id, relay_url from wholesale_relay_identity where deleted_at is null
     union
     select store_id, relay_url from wholesale_relay_channel
     where ${STANDS} and deleted_at is null
     order by store_id, relay_url`
  )
}

export async function openKeys(manager: EntityManager, vault: Vault, row: RelayIdentityRow): Promise<RelayKeys> {
  const pair = async (column: string, publicKey: string, sealed: string): Promise<Ed25519KeyPair> => {
    const field = { table: TABLE, column, row_id: row.id, store_id: row.store_id }
    return {
      public_key: Buffer.from(publicKey, "base64url"),
      private_key: Buffer.from(await vault.open(manager, sealed, field), "base64url"),
    }
  }
  return {
    identity: await pair("identity_private_key_sealed", row.identity_public_key, row.identity_private_key_sealed),
    mailbox: await pair("mailbox_private_key_sealed", row.mailbox_public_key, row.mailbox_private_key_sealed),
  }
}

/** Remembers how the relay did; written at most every ten seconds while nothing changes. */
export async function noteRelay(
  manager: EntityManager,
  { store_id, failure }: { store_id: string; failure: string | null }
): Promise<void> {
  await (failure === null
    ? manager.execute(
        `update wholesale_relay_identity set answered_at = clock_timestamp(), failure = null, updated_at = now()
         where store_id = ? and deleted_at is null
           and (failure is not null or answered_at is null or answered_at < clock_timestamp() - interval '10 seconds')`,
        [store_id]
      )
    : manager.execute(
        `update wholesale_relay_identity set failed_at = clock_timestamp(), failure = ?, updated_at = now()
         where store_id = ? and deleted_at is null`,
        [storableText(failure).slice(0, 500), store_id]
      ))
}

/** The driver hands timestamps back as dates or as texts, depending on who opened the connection. */
function withDates(row: RelayIdentityRow): RelayIdentityRow {
  const dates = Object.fromEntries(DATES.map((name) => [name, row[name] && new Date(row[name])]))
  return { ...row, ...dates }
}
