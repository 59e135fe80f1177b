import { open, seal } from "../aead"
import { readCertificate, type PairingCertificate, type PairingParty } from "./certificate"
import { cpaceScalar, cpaceSessionKey, cpaceShare } from "./cpace"
import {
  areEqual,
  beginTranscript,
  codeKeys,
  exchangeId,
  extendTranscript,
  wipe,
  type CodeKeys,
  type Transcript,
} from "./key-schedule"
import { headOf, writeMessage } from "./message"
import { readOpening, writeOpening, type Opening } from "./opening"
import { pairingFailed } from "./pairing-failed"
import type { PairingContext, PairingRole } from "./terms"

const AEAD_NONCE = Buffer.alloc(12)

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

/** @throws WholesaleError 409 `pairing_failed` */
export function openOpening(key: Buffer, transcript: Transcript, sealed: Buffer): Opening {
  const plaintext = open({ key, nonce: AEAD_NONCE, associated: transcript }, sealed)
  const opening = plaintext && readOpening(plaintext)
  if (!opening) {
    throw pairingFailed()
  }
  return opening
}

/**
 * The partner by its certificate. This side's own keys are no partner's: nobody pairs with himself.
 *
 * @throws WholesaleError 409 `pairing_failed`
 */
export function readPartner({
  role,
  context,
  certificate,
  own,
}: {
  /** The partner's. */
  role: PairingRole
  context: PairingContext
  certificate: Buffer
  own: PairingParty
}): PairingCertificate {
  const partner = readCertificate({ ...context, role }, certificate)
  if (
    !partner ||
    areEqual(partner.identity_key, own.identity.public_key) ||
    areEqual(partner.connection_key, own.connection.public_key)
  ) {
    throw pairingFailed()
  }
  return partner
}

/** @throws WholesaleError 409 `pairing_failed` unless both are equal, compared in constant time */
export function requireEqual(given: Buffer, expected: Buffer): void {
  if (!areEqual(given, expected)) {
    throw pairingFailed()
  }
}
