import { EntitySchema, type EntitySchemaColumnOptions } from "typeorm"

const bigId: EntitySchemaColumnOptions = { type: "bigint", primary: true, generated: "increment" }
const bytes: EntitySchemaColumnOptions = { type: "bytea" }
const time: EntitySchemaColumnOptions = { type: "timestamptz" }
const now: EntitySchemaColumnOptions = { type: "timestamptz", default: () => "now()" }

/**
 * Where messages for one connection of a store wait. `message_count` and `byte_count` are what its rows in
 * `relay_message` sum to: whoever adds or deletes messages holds this row's lock and keeps them so.
 */
export interface Mailbox {
  readonly id: string
  readonly receive_id: Buffer
  readonly send_id: Buffer
  /** The key that made it and reads it. */
  readonly owner_key: Buffer
  /** By which the owner makes it once. */
  readonly ref: Buffer
  /** The key that first sent to it; no other may from then on. */
  readonly sender_key: Buffer | null
  readonly message_count: number
  readonly byte_count: string
  readonly created_at: Date
  /** When something was last sent to it, to the day; when it was made, until then. */
  readonly used_at: Date
}

export const MailboxEntity = new EntitySchema<Mailbox>({
  name: "relay_mailbox",
  columns: {
    id: bigId,
    receive_id: bytes,
    send_id: bytes,
    owner_key: bytes,
    ref: bytes,
    sender_key: { ...bytes, nullable: true },
    message_count: { type: "integer", default: 0 },
    byte_count: { type: "bigint", default: 0 },
    created_at: now,
    used_at: now,
  },
  uniques: [
    { name: "relay_mailbox_receive_id", columns: ["receive_id"] },
    { name: "relay_mailbox_send_id", columns: ["send_id"] },
    { name: "relay_mailbox_ref", columns: ["owner_key", "ref"] },
  ],
  indices: [{ name: "relay_mailbox_used_at", columns: ["used_at"] }],
})

/**
 * A sealed message. `position` is given under the mailbox's lock, so within a mailbox it is the order of arrival.
 *
 * No foreign key to the mailbox: it would look the mailbox up once more for each message, and whoever writes here
 * holds its row locked anyway.
 */
export interface Message {
  readonly mailbox_id: string
  readonly position: string
  readonly message_id: Buffer
  readonly size: number
  readonly stored_at: Date
  readonly sealed: Buffer
}

export const MessageEntity = new EntitySchema<Message>({
  name: "relay_message",
  columns: {
    mailbox_id: { type: "bigint", primary: true, primaryKeyConstraintName: "relay_message_pkey" },
    position: { type: "bigint", primary: true, generated: "increment", primaryKeyConstraintName: "relay_message_pkey" },
    message_id: bytes,
    size: { type: "integer" },
    stored_at: now,
    sealed: bytes,
  },
  uniques: [{ name: "relay_message_message_id", columns: ["mailbox_id", "message_id"] }],
  indices: [{ name: "relay_message_stored_at", columns: ["stored_at"] }],
})

/** What is left of a message that nobody fetched: enough to see that it happened, nothing of whose it was. */
export interface DeadLetter {
  readonly id: string
  /** A keyed hash of the receive id: whoever knows the id can find its dead letters with the relay's secret. */
  readonly mailbox_hash: Buffer
  readonly size: number
  readonly stored_at: Date
  readonly expired_at: Date
  readonly reason: string
}

export const DeadLetterEntity = new EntitySchema<DeadLetter>({
  name: "relay_dead_letter",
  columns: {
    id: bigId,
    mailbox_hash: bytes,
    size: { type: "integer" },
    stored_at: time,
    expired_at: now,
    reason: { type: "text" },
  },
  indices: [{ name: "relay_dead_letter_expired_at", columns: ["expired_at"] }],
})

export type SlotState = "open" | "used" | "closed"

/** The first two characters of a pairing code, lent to the store that made the code. */
export interface Slot {
  readonly id: string
  readonly slot: string
  readonly session_id: Buffer
  readonly owner_key: Buffer
  /** A keyed hash of the network address it was asked for from. */
  readonly address_hash: Buffer
  readonly state: SlotState
  readonly attempts: number
  readonly created_at: Date
  readonly expires_at: Date
}

export const SlotEntity = new EntitySchema<Slot>({
  name: "relay_slot",
  columns: {
    id: bigId,
    slot: { type: "text" },
    session_id: bytes,
    owner_key: bytes,
    address_hash: bytes,
    state: { type: "text", default: "open" },
    attempts: { type: "integer", default: 0 },
    created_at: now,
    expires_at: time,
  },
  uniques: [{ name: "relay_slot_session_id", columns: ["owner_key", "session_id"] }],
  indices: [
    { name: "relay_slot_open", columns: ["slot"], unique: true, where: "(state = 'open'::text)" },
    { name: "relay_slot_address_hash", columns: ["address_hash"], where: "(state = 'open'::text)" },
    { name: "relay_slot_expires_at", columns: ["expires_at"] },
  ],
})

/** One retailer's try at a slot, with the pairing messages that went to and fro. */
export interface Attempt {
  readonly id: Buffer
  readonly slot_id: string
  readonly guest_key: Buffer
  /** A keyed hash of the network address it came from. */
  readonly address_hash: Buffer
  /** SHA-256 of message 1: the same message again is the same attempt. */
  readonly message_hash: Buffer
  /** The number of the last message that was sent. */
  readonly step: number
  readonly is_closed: boolean
  readonly message_1: Buffer | null
  readonly message_2: Buffer | null
  readonly message_3: Buffer | null
  readonly message_4: Buffer | null
  readonly created_at: Date
  readonly expires_at: Date
}

export const AttemptEntity = new EntitySchema<Attempt>({
  name: "relay_attempt",
  columns: {
    id: { ...bytes, primary: true },
    slot_id: {
      type: "bigint",
      foreignKey: { target: "relay_slot", name: "relay_attempt_slot", onDelete: "CASCADE" },
    },
    guest_key: bytes,
    address_hash: bytes,
    message_hash: bytes,
    step: { type: "smallint", default: 1 },
    is_closed: { type: "boolean", default: false },
    message_1: { ...bytes, nullable: true },
    message_2: { ...bytes, nullable: true },
    message_3: { ...bytes, nullable: true },
    message_4: { ...bytes, nullable: true },
    created_at: now,
    expires_at: time,
  },
  uniques: [{ name: "relay_attempt_message", columns: ["slot_id", "guest_key", "message_hash"] }],
  indices: [{ name: "relay_attempt_expires_at", columns: ["expires_at"] }],
})

/** Points of the limits that all nodes share, in the shape that rate-limiter-flexible reads and writes. */
export interface LimitRow {
  readonly key: string
  readonly points: number
  /** Milliseconds since 1970. */
  readonly expire: string | null
}

export const LimitEntity = new EntitySchema<LimitRow>({
  name: "relay_limit",
  columns: {
    key: { type: "character varying", length: 255, primary: true },
    points: { type: "integer", default: 0 },
    expire: { type: "bigint", nullable: true },
  },
})

/** Random keys that all nodes of a relay share, made by the first one that starts. */
export interface Secret {
  readonly name: string
  readonly secret: Buffer
}

export const SecretEntity = new EntitySchema<Secret>({
  name: "relay_secret",
  columns: { name: { type: "text", primary: true }, secret: bytes },
})

export const ENTITIES = [
  MailboxEntity,
  MessageEntity,
  DeadLetterEntity,
  SlotEntity,
  AttemptEntity,
  LimitEntity,
  SecretEntity,
]
