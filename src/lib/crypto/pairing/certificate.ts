import { ed25519Sign, ed25519Verify, type Ed25519KeyPair } from "../ed25519"
import { lengthPrefixed } from "../encoding"
import type { X25519KeyPair } from "../x25519"
import { PROTOCOL, type PairingContext, type PairingRole } from "./terms"

const VERSION = 1
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const LENGTH_BYTES = 4

/** The curve's base point: a key whose signature takes as long to verify as any. */
const NOBODY = Buffer.concat([Buffer.from([0x58]), Buffer.alloc(KEY_BYTES - 1, 0x66)])
const NO_SIGNATURE = Buffer.alloc(SIGNATURE_BYTES)

export const PROFILE_BYTES = 8_192
export const MAILBOXES = 8
export const MAILBOX_BYTES = 255

/** Who pairs: keys and addresses of one side. */
export interface PairingParty {
  /** The store's own, for all its connections. */
  readonly identity: Ed25519KeyPair
  /** Made for this connection, and the first it uses. */
  readonly connection: X25519KeyPair
  /** Where the relay takes messages for this side: at most 8 opaque texts of at most 255 bytes. */
  readonly mailboxes: readonly string[]
  /** What the other side is shown: at most 8,192 bytes that pairing does not look into. */
  readonly profile: Uint8Array
}

/** What a certificate says of its holder. */
export interface PairingCertificate {
  /** Ed25519, 32 bytes. */
  readonly identity_key: Buffer
  /** X25519, 32 bytes. */
  readonly connection_key: Buffer
  readonly mailboxes: readonly string[]
  readonly profile: Buffer
}

interface Holder extends PairingContext {
  readonly role: PairingRole
}

/**
 * `version (1) | identity key (32) | connection key (32) | profile | mailboxes | signature (64)`, profile and each
 * mailbox after its length in 4 bytes. The identity's signature is also on role, channel and session id, so that the
 * certificate is worth nothing in another pairing or in the other role.
 *
 * @throws RangeError for a profile or mailboxes beyond their limits
 */
export function issueCertificate(holder: Holder, { identity, connection, mailboxes, profile }: PairingParty): Buffer {
  if (profile.length > PROFILE_BYTES) {
    throw new RangeError(`A profile in a pairing has at most ${PROFILE_BYTES} bytes, this one ${profile.length}.`)
  }
  if (mailboxes.length > MAILBOXES || mailboxes.some((mailbox) => Buffer.byteLength(mailbox) > MAILBOX_BYTES)) {
    throw new RangeError(`A pairing names at most ${MAILBOXES} mailboxes of at most ${MAILBOX_BYTES} bytes.`)
  }
  const body = Buffer.concat([
    Buffer.from([VERSION]),
    identity.public_key,
    connection.public_key,
    lengthPrefixed(profile, ...mailboxes),
  ])
  return Buffer.concat([body, ed25519Sign(identity, statement(holder, body))])
}

/**
 * What a certificate says; undefined when it is none, or not of this role in this pairing. A signature is verified in
 * any case, so that the work does not tell what was wrong.
 */
export function readCertificate(holder: Holder, certificate: Buffer): PairingCertificate | undefined {
  const body = certificate.subarray(0, -SIGNATURE_BYTES)
  const said = readBody(body)
  const [key, signature] = said ? [said.identity_key, certificate.subarray(-SIGNATURE_BYTES)] : [NOBODY, NO_SIGNATURE]
  return ed25519Verify(key, statement(holder, body), signature) ? said : undefined
}

/** What stands in a certificate before its signature; undefined when it is none. */
function readBody(body: Buffer): PairingCertificate | undefined {
  const keysEnd = 1 + 2 * KEY_BYTES
  if (body.length < keysEnd || body[0] !== VERSION) {
    return undefined
  }
  const [profile, ...mailboxes] = parts(body.subarray(keysEnd)) ?? []
  if (
    !profile ||
    profile.length > PROFILE_BYTES ||
    mailboxes.length > MAILBOXES ||
    mailboxes.some((mailbox) => mailbox.length > MAILBOX_BYTES || !isText(mailbox))
  ) {
    return undefined
  }
  return {
    identity_key: Buffer.from(body.subarray(1, 1 + KEY_BYTES)),
    connection_key: Buffer.from(body.subarray(1 + KEY_BYTES, keysEnd)),
    mailboxes: mailboxes.map((mailbox) => mailbox.toString("utf8")),
    profile: Buffer.from(profile),
  }
}

/** What is signed, under a label that nothing else is signed under. */
function statement({ role, channel, session_id }: Holder, body: Buffer): Buffer {
  return lengthPrefixed(`${PROTOCOL} certificate`, role, channel, session_id, body)
}

/** Parts that were each written after their length; undefined when they do not fill the bytes exactly. */
function parts(bytes: Buffer): Buffer[] | undefined {
  const read: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at + LENGTH_BYTES
    const end = start <= bytes.length ? start + bytes.readUInt32BE(at) : Infinity
    if (end > bytes.length) {
      return undefined
    }
    read.push(bytes.subarray(start, end))
    at = end
  }
  return read
}

const isText = (bytes: Buffer): boolean => Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes)
