import { createHash, createHmac, timingSafeEqual } from "node:crypto"

import { deriveKey } from "../derive-key"
import { lengthPrefixed } from "../encoding"
import type { Opening } from "./opening"
import { PROTOCOL, type PairingContext, type PairingRole } from "./terms"
import { verifierOf } from "./verifier"

const CONNECTION_ID_BYTES = 16

/** A hash of everything both sides have said so far: 32 bytes. */
export type Transcript = Buffer

export const beginTranscript = ({ channel, session_id }: PairingContext): Transcript =>
  hashOf("transcript", channel, session_id)

/** The transcript with what was said next. */
export const extendTranscript = (transcript: Transcript, ...said: readonly Uint8Array[]): Transcript =>
  hashOf("transcript", transcript, ...said)

/** The session id of one exchange of CPace: the attempts at a slot share the slot's, their commitments differ. */
export const exchangeId = ({ session_id }: PairingContext, commitment: Uint8Array): Buffer =>
  hashOf("exchange", session_id, commitment)

/** Keys of who knows the code. Each seals or confirms one message. */
export interface CodeKeys {
  readonly confirming: Buffer
  readonly sealing: Readonly<Record<PairingRole, Buffer>>
}

/**
 * @param sessionKey CPace's, 64 bytes
 * @param transcript up to the distributor's share
 */
export function codeKeys(sessionKey: Uint8Array, transcript: Transcript): CodeKeys {
  const derive = (purpose: string): Buffer =>
    deriveKey({ secret: sessionKey, salt: transcript, purpose: `${PROTOCOL} ${purpose}` })
  return {
    confirming: derive("confirm code"),
    sealing: { retailer: derive("seal retailer"), distributor: derive("seal distributor") },
  }
}

/** What both sides have in common once each knows the other's opening. */
export interface Agreement {
  /** 32 bytes. */
  readonly root_key: Buffer
  readonly connection_id: string
  readonly verifier: string
  /** What each side says last: it holds the code and its certificate's connection key. 32 bytes. */
  readonly confirmation: Readonly<Record<PairingRole, Buffer>>
}

/**
 * Keys of who knows the code and holds the connection key that his certificate names. Without the second, a
 * certificate from another pairing could be shown by somebody it does not belong to.
 *
 * @param shared X25519 of the two connection keys, 32 bytes; overwritten
 * @param transcript up to the distributor's sealed opening; the openings follow. Nothing of message 3 enters but what
 * its commitment fixed, so that the retailer's side cannot try out verifiers once it has seen the distributor's nonce.
 */
export function agree({
  session_key,
  shared,
  transcript,
  retailer,
  distributor,
}: {
  session_key: Uint8Array
  shared: Buffer
  transcript: Transcript
  retailer: Opening
  distributor: Opening
}): Agreement {
  const secret = lengthPrefixed(session_key, shared)
  const openings = [distributor.nonce, distributor.certificate, retailer.nonce, retailer.certificate]
  const complete = extendTranscript(transcript, ...openings)
  const derive = (purpose: string, bytes?: number): Buffer =>
    deriveKey({ secret, salt: complete, purpose: `${PROTOCOL} ${purpose}`, bytes })
  const confirm = (purpose: string): Buffer => {
    const key = derive(purpose)
    try {
      return confirmationOf(key, complete)
    } finally {
      wipe(key)
    }
  }
  try {
    return {
      root_key: derive("root key"),
      connection_id: derive("connection id", CONNECTION_ID_BYTES).toString("hex"),
      verifier: verifierOf({ transcript: complete, retailer: retailer.nonce, distributor: distributor.nonce }),
      confirmation: { retailer: confirm("confirm retailer"), distributor: confirm("confirm distributor") },
    }
  } finally {
    wipe(shared, secret)
  }
}

/** HMAC-SHA256 of the transcript, 32 bytes. Unlike the AEAD's tag it fits one key alone. */
export function confirmationOf(key: Uint8Array, transcript: Transcript): Buffer {
  return createHmac("sha256", key).update(transcript).digest()
}

/** Equality in a time that does not tell how much agrees. */
export function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Overwrites secrets that are needed no longer. */
export function wipe(...secrets: readonly Buffer[]): void {
  secrets.forEach((secret) => secret.fill(0))
}

function hashOf(purpose: string, ...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(lengthPrefixed(`${PROTOCOL} ${purpose}`, ...parts)).digest()
}
