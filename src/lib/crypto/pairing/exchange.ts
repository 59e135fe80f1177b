import { randomBytes } from "node:crypto"

import { open, seal } from "../aead"
import { x25519OrNone } from "../x25519"
import { readCertificate, type PairingCertificate, type PairingParty } from "./certificate"
import { cpaceScalar, cpaceSessionKey, cpaceShare } from "./cpace"
import {
  agree,
  areEqual,
  beginTranscript,
  codeKeys,
  exchangeId,
  extendTranscript,
  wipe,
  type Agreement,
  type CodeKeys,
  type Transcript,
} from "./key-schedule"
import { headOf, writeMessage } from "./message"
import { readOpening, writeOpening, type Opening } from "./opening"
import { pairingFailed } from "./pairing-failed"
import type { PairingContext, PairingRole } from "./terms"

const AEAD_NONCE = Buffer.alloc(12)
const NOTHING = Buffer.alloc(0)
const SHARED_BYTES = 32

/** What is opened with this does not open, whoever sealed it; it costs what opening costs. */
export const NOBODYS_KEY = randomBytes(32)

/** In the place of a shared secret where there is none: what comes of it nobody can work out. */
const NOBODYS_SECRET = randomBytes(SHARED_BYTES)

/** This side's half of CPace. */
export interface Half {
  /** Secret. */
  readonly scalar: Buffer
  readonly share: Buffer
}

/** Begins CPace under the code's secret; overwrites the password. */
export function beginExchange({
  password,
  context,
  commitment,
}: {
  password: Buffer
  context: PairingContext
  commitment: Buffer
}): Half {
  const scalar = cpaceScalar()
  const share = cpaceShare(
    { password, channel: context.channel, session_id: exchangeId(context, commitment) },
    scalar
  )
  wipe(password)
  return { scalar, share }
}

/** What CPace leaves once both shares are known. */
export interface Exchange {
  /** CPace's, 64 bytes. Secret. */
  readonly session_key: Buffer
  readonly keys: CodeKeys
  /** Up to the distributor's share. */
  readonly transcript: Transcript
}

/**
 * Ends CPace: what is said with the shares are the head of their message and, on the retailer's side, the commitment.
 *
 * @throws Error when the partner's share is none
 */
export function endExchange({
  role,
  scalar,
  context,
  commitment,
  retailer,
  distributor,
}: {
  role: PairingRole
  scalar: Buffer
  context: PairingContext
  commitment: Buffer
  /** Share. */
  retailer: Buffer
  /** Share. */
  distributor: Buffer
}): Exchange {
  const session_key = cpaceSessionKey({
    scalar,
    partner: role === "retailer" ? "responder" : "initiator",
    session_id: exchangeId(context, commitment),
    initiator: { share: retailer, associated: Buffer.concat([headOf(1), commitment]) },
    responder: { share: distributor, associated: headOf(2) },
  })
  const first = extendTranscript(beginTranscript(context), writeMessage(1, retailer, commitment))
  const transcript = extendTranscript(first, headOf(2), distributor)
  return { session_key, keys: codeKeys(session_key, transcript), transcript }
}

export function forgetExchange({ session_key, keys }: Exchange): void {
  wipe(session_key, keys.confirming, keys.sealing.retailer, keys.sealing.distributor)
}

/** Seals an opening under a key that seals nothing else, whose nonce may therefore be zeros. */
export function sealOpening(key: Buffer, transcript: Transcript, opening: Opening): Buffer {
  const plaintext = writeOpening(opening)
  try {
    return seal({ key, nonce: AEAD_NONCE, associated: transcript }, plaintext)
  } finally {
    wipe(plaintext)
  }
}

/** Undefined for what does not open, or is no opening then. */
export function openOpening(key: Buffer, transcript: Transcript, sealed: Buffer): Opening | undefined {
  const plaintext = open({ key, nonce: AEAD_NONCE, associated: transcript }, sealed)
  return plaintext && readOpening(plaintext)
}

/** What comes of the opening that the partner sealed. */
export interface Meeting {
  /** Undefined where anything is wrong with it; nothing else that is here is worth anything then. */
  readonly partner?: PairingCertificate
  /** The partner's. */
  readonly opening: Opening
  readonly agreement: Agreement
}

/**
 * Opens what the partner sealed, reads its certificate and agrees with it. This side's own keys are no partner's: nobody
 * pairs with himself.
 *
 * Whatever is wrong, the work is the same: this side's own opening and keys take the place of what is none, and whether
 * the partner is one is told at the end.
 */
export function meetPartner({
  role,
  context,
  own,
  opening,
  session_key,
  key,
  associated,
  sealed,
  transcript,
}: {
  /** The partner's. */
  role: PairingRole
  context: PairingContext
  own: PairingParty
  /** This side's own. */
  opening: Opening
  session_key: Buffer
  /** What the partner sealed under, and up to where it had heard then. */
  key: Buffer
  associated: Transcript
  sealed: Buffer
  /** Up to the distributor's sealed opening. */
  transcript: Transcript
}): Meeting {
  const opened = openOpening(key, associated, sealed)
  const certificate = readCertificate({ ...context, role }, opened?.certificate ?? NOTHING)
  const { identity_key, connection_key } = certificate ?? {
    identity_key: own.identity.public_key,
    connection_key: own.connection.public_key,
  }
  const isOwnIdentity = areEqual(identity_key, own.identity.public_key)
  const isOwnConnection = areEqual(connection_key, own.connection.public_key)
  const shared = x25519OrNone(own.connection.private_key, connection_key)
  const theirs = opened ?? opening
  const agreement = agree({
    session_key,
    // A copy, for it is overwritten.
    shared: shared ?? Buffer.from(NOBODYS_SECRET),
    transcript,
    retailer: role === "retailer" ? theirs : opening,
    distributor: role === "retailer" ? opening : theirs,
  })
  const partner = isOwnIdentity || isOwnConnection || !shared ? undefined : certificate
  return { partner, opening: theirs, agreement }
}

/** @throws WholesaleError 409 `pairing_failed` unless both are equal, compared in constant time */
export function requireEqual(given: Buffer, expected: Buffer): void {
  if (!areEqual(given, expected)) {
    throw pairingFailed()
  }
}
