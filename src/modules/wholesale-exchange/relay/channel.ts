import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { InferTypeOf } from "@medusajs/framework/types"

import type { Ed25519KeyPair } from "../../../lib/crypto/ed25519"
import { readSession, writeSession, type SessionState } from "../../../lib/crypto/session/state"
import type { WholesaleRelayChannel } from "../models/relay-channel"
import type { Vault } from "./vault"

export type ChannelRow = InferTypeOf<typeof WholesaleRelayChannel>

/**
 * What is said over a channel still counts, as SQL over its table. Who is out of step says so until people end the
 * channel: the partner may have seen nothing of it.
 */
export const STANDS =
  "(status in ('open', 'closing') or (status = 'desync' and closing_at is null and session_sealed is not null))"

/** The same of a channel whose session is at hand. */
export const stands = ({ status, closing_at }: Pick<ChannelRow, "status" | "closing_at">): boolean =>
  status === "open" || status === "closing" || (status === "desync" && closing_at === null)

/** A channel, locked until the transaction ends, with its keys. */
export interface OpenChannel {
  readonly row: ChannelRow
  readonly session: SessionState
}

export interface NewChannel
  extends Pick<
    ChannelRow,
    | "id"
    | "store_id"
    | "role"
    | "relay_url"
    | "partner_id"
    | "partner_identity_key"
    | "verifier"
    | "receive_id"
    | "send_id"
  > {
  readonly send_key: Ed25519KeyPair
  readonly session: SessionState
}

const TABLE = "wholesale_relay_channel"
const DATES = [
  "epoch_started_at",
  "gap_asked_at",
  "desync_at",
  "last_in_at",
  "last_out_at",
  "partner_time",
  "unopened_since",
  "heartbeat_due_at",
  "sending_until",
  "send_after",
  "closing_at",
] as const

/** Stores a channel that pairing made; the same again changes nothing. */
export async function insertChannel(manager: EntityManager, vault: Vault, channel: NewChannel): Promise<void> {
  const { session, send_key, ...row } = channel
  await manager.execute(
    `insert into wholesale_relay_channel
       (id, store_id, pairing_id, role, relay_url, partner_id, partner_identity_key, verifier, receive_id, send_id,
        send_public_key, send_private_key_sealed, session_sealed, epoch_started_at, heartbeat_due_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), now())
     on conflict (id) do nothing`,
    [
      row.id,
      row.store_id,
      session.connection_id,
      row.role,
      row.relay_url,
      row.partner_id,
      row.partner_identity_key,
      row.verifier,
      row.receive_id,
      row.send_id,
      send_key.public_key.toString("base64url"),
      await vault.seal(manager, send_key.private_key.toString("base64url"), fieldOf(row, "send_private_key_sealed")),
      await vault.seal(manager, writeSession(session), fieldOf(row, "session_sealed")),
    ]
  )
}

/** By its own id or by its mailbox; undefined where there is none, or its keys are destroyed. */
export async function lockChannel(
  manager: EntityManager,
  vault: Vault,
  { store_id, ...by }: { store_id: string } & ({ id: string } | { receive_id: string })
): Promise<OpenChannel | undefined> {
  const [column, value] = "id" in by ? ["id", by.id] : ["receive_id", by.receive_id]
  const [found] = await manager.execute<ChannelRow[]>(
    `select * from wholesale_relay_channel
     where ${column} = ? and store_id = ? and deleted_at is null for update`,
    [value, store_id]
  )
  if (!found?.session_sealed) {
    return undefined
  }
  const row = withDates(found)
  const session = await vault.open(manager, found.session_sealed, fieldOf(row, "session_sealed"))
  return { row, session: readSession(session) }
}

/** What a step changes besides the session and what follows from it. */
export type ChannelChange = Partial<
  Pick<
    ChannelRow,
    | "status"
    | "gap_asked_at"
    | "desync_reason"
    | "desync_at"
    | "last_in_at"
    | "refused_count"
    | "unopened_count"
    | "unopened_since"
    | "known_sequence"
    | "closing_at"
  >
>

/** Writes the session, and what is seen of it, in the transaction that locked the channel. */
export async function writeChannel(
  manager: EntityManager,
  vault: Vault,
  { row, session }: OpenChannel,
  change: ChannelChange = {}
): Promise<void> {
  const { epoch, epoch_started_ms, sent, acknowledged, received, partner_time_ms } = session
  const written: Record<string, unknown> = {
    ...change,
    session_sealed: await vault.seal(manager, writeSession(session), fieldOf(row, "session_sealed")),
    epoch,
    epoch_started_at: new Date(epoch_started_ms),
    sent_sequence: sent.sequence,
    acknowledged_sequence: acknowledged,
    received_sequence: received.sequence,
    partner_time: partner_time_ms ? new Date(partner_time_ms) : null,
  }
  const columns = Object.keys(written)
  await manager.execute(
    `update wholesale_relay_channel
     set ${columns.map((column) => `${column} = ?`).join(", ")}, updated_at = now() where id = ?`,
    [...columns.map((column) => written[column]), row.id]
  )
}

/** What the channel's mailbox at the partner is written to with. */
export async function openSendKey(
  manager: EntityManager,
  vault: Vault,
  row: ChannelRow
): Promise<Ed25519KeyPair | undefined> {
  if (!row.send_private_key_sealed) {
    return undefined
  }
  const opened = await vault.open(manager, row.send_private_key_sealed, fieldOf(row, "send_private_key_sealed"))
  return { public_key: Buffer.from(row.send_public_key, "base64url"), private_key: Buffer.from(opened, "base64url") }
}

function fieldOf({ id, store_id }: Pick<ChannelRow, "id" | "store_id">, column: string) {
  return { table: TABLE, column, row_id: id, store_id }
}

/** The driver hands timestamps back as dates or as texts, depending on who opened the connection. */
export function withDates(row: ChannelRow): ChannelRow {
  const dates = Object.fromEntries(DATES.map((name) => [name, row[name] && new Date(row[name])]))
  return { ...row, ...dates }
}
