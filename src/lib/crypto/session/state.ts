import { WholesaleError } from "../../errors/wholesale-error"
import { deriveDirectionKey, directionKey, kidOf, type DirectionKey, type Role } from "../envelope/direction-key"
import { HASH_BYTES } from "../envelope/layout"

const VERSION = 1
const ROOT_BYTES = 32

/** A direction's key in a state; both base64. */
export interface StoredKey {
  readonly epoch: number
  readonly key: string
  readonly kid: string
}

/** How far a direction has come in its sequence. */
export interface Progress {
  /** 0 before the first message. */
  readonly sequence: number
  /** SHA-256 of that sealed message, base64; of zeros before the first. */
  readonly hash: string
}

/**
 * What one side knows of a connection: plain JSON, keys and hashes in base64. Whoever reads it reads
 * the connection's messages, so it is stored sealed. Each function here takes a state and gives the
 * next; the caller stores that in one transaction with the message it belongs to, under a lock on the
 * connection. A state that was never stored has never been.
 */
export interface SessionState {
  readonly version: typeof VERSION
  /** The pairing's id, the same on both sides. */
  readonly connection_id: string
  readonly role: Role
  /** The epoch this side sends in. */
  readonly epoch: number
  /** Of that epoch; an earlier one is nowhere. */
  readonly root: string
  /** When this side began the epoch, milliseconds since 1970. */
  readonly epoch_started_ms: number
  /** Messages this side sealed in the epoch, those beside the sequence too. */
  readonly epoch_messages: number
  readonly sending: StoredKey
  /** Newest epoch first; one, or two until the last message of the older epoch was received in order. */
  readonly receiving: readonly (StoredKey & {
    /** The last of the epoch, as far as a message of the next one has told it. */
    readonly last_sequence: number | null
  })[]
  /** The X25519 key pair of an offer to rekey that is not answered. */
  readonly offer: { readonly epoch: number; readonly public_key: string; readonly private_key: string } | null
  /** The last message sealed in sequence, and the last clock sent, which never goes back. */
  readonly sent: Progress & { readonly time_ms: number }
  /** The last message received in order. */
  readonly received: Progress
  /** Up to where the partner has applied what was sent. */
  readonly acknowledged: number
  /**
   * The newest clock among the partner's messages. It stands still while nothing new comes in, also
   * where old messages are repeated; so it tells, by this side's clock, that the partner has gone silent.
   */
  readonly partner_time_ms: number
}

/**
 * The state that pairing begins with, in epoch 0.
 *
 * @param root_key 32 bytes that only the two sides know
 * @param connection_id the pairing's id, the same on both sides
 * @throws RangeError for a root key of another length
 */
export function startSession({
  root_key,
  role,
  connection_id,
  now_ms,
}: {
  root_key: Uint8Array
  role: Role
  connection_id: string
  now_ms: number
}): SessionState {
  if (root_key.length !== ROOT_BYTES) {
    throw new RangeError(`A root key has ${ROOT_BYTES} bytes, this one ${root_key.length}.`)
  }
  const none: Progress = { sequence: 0, hash: Buffer.alloc(HASH_BYTES).toString("base64") }
  return {
    version: VERSION,
    connection_id,
    role,
    ...epochKeys({ root: root_key, role, connection_id, epoch: 0, now_ms }),
    offer: null,
    sent: { ...none, time_ms: 0 },
    received: none,
    acknowledged: 0,
    partner_time_ms: 0,
  }
}

/** What a state has of an epoch when it begins. */
export function epochKeys({
  root,
  role,
  connection_id,
  epoch,
  now_ms,
}: {
  root: Uint8Array
  role: Role
  connection_id: string
  epoch: number
  now_ms: number
}): Pick<SessionState, "epoch" | "root" | "epoch_started_ms" | "epoch_messages" | "sending" | "receiving"> {
  const stored = (sender: Role): StoredKey => {
    const key = deriveDirectionKey(root, { connection_id, sender, epoch })
    return { epoch, key: key.toString("base64"), kid: kidOf(key).toString("base64") }
  }
  return {
    epoch,
    root: Buffer.from(root).toString("base64"),
    epoch_started_ms: now_ms,
    epoch_messages: 0,
    sending: stored(role),
    receiving: [{ ...stored(partnerOf(role)), last_sequence: null }],
  }
}

export const partnerOf = (role: Role): Role => (role === "distributor" ? "retailer" : "distributor")

/** What this side seals with. */
export const sendingKey = ({ connection_id, role, sending }: SessionState): DirectionKey =>
  ready(connection_id, role, sending)

/** What this side opens with. */
export const receivingKeys = ({ connection_id, role, receiving }: SessionState): DirectionKey[] =>
  receiving.map((key) => ready(connection_id, partnerOf(role), key))

function ready(connection_id: string, sender: Role, { epoch, key, kid }: StoredKey): DirectionKey {
  return directionKey({ connection_id, sender, epoch }, Buffer.from(key, "base64"), Buffer.from(kid, "base64"))
}

/** The text a state is stored as, sealed. */
export const writeSession = (state: SessionState): string => JSON.stringify(state)

/**
 * The state that `writeSession` was given. The text was sealed by this plugin, so that only its version
 * is in question.
 *
 * @throws WholesaleError 500 `session_unreadable` for one of another version
 */
export function readSession(text: string): SessionState {
  const state = JSON.parse(text) as Pick<SessionState, "version">
  if (!isReadable(state)) {
    throw new WholesaleError(
      500,
      "session_unreadable",
      `The connection's keys are of version ${String(state.version)}, and this release of medusa-wholesale reads ` +
        `version ${VERSION}: run the release that wrote them, or pair again.`,
      { version: state.version, read_version: VERSION }
    )
  }
  return state
}

const isReadable = (state: Pick<SessionState, "version">): state is SessionState => state.version === VERSION
