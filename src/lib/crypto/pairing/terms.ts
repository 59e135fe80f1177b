import { parseUrl } from "../../relay/parse-url"
import { lengthPrefixed } from "../encoding"

/** What stands before everything that is hashed, signed or derived in a pairing. */
export const PROTOCOL = "medusa-wholesale pairing v1"

export const SESSION_ID_BYTES = 32

/** As `src/modules/wholesale-connection/domain/pairing-code.ts` has it: without 0, 1, I and O. */
const SLOT = /^[2-9A-HJ-NP-Z]{2}$/
const SECRET = /^[2-9A-HJ-NP-Z]{4}$/

export type PairingRole = "retailer" | "distributor"

/** What both sides know before they pair. */
export interface PairingTerms {
  /** `SSSS` of the code `NN-SSSS`, in any case; told from person to person, never to the relay. */
  readonly secret: string
  /** `NN` of the code, in any case. */
  readonly slot: string
  /** The relay both sides use, by one address: scheme, host and port count, what follows does not. */
  readonly relay: string
  /** 32 random bytes that the distributor made for the slot. */
  readonly session_id: Uint8Array
}

/** What binds a pairing to where it takes place. */
export interface PairingContext {
  /** CPace's channel identifier: protocol, relay and slot. */
  readonly channel: Buffer
  readonly session_id: Buffer
}

/**
 * What stands fixed of a pairing, in the one form that both sides hash.
 *
 * @throws RangeError for a slot, relay or session id that is none
 */
export function pairingContext({ slot, relay, session_id }: Omit<PairingTerms, "secret">): PairingContext {
  if (session_id.length !== SESSION_ID_BYTES) {
    throw new RangeError(`The session id of a pairing has ${SESSION_ID_BYTES} bytes, this one ${session_id.length}.`)
  }
  return {
    channel: lengthPrefixed(PROTOCOL, originOf(relay), codePart(slot, SLOT, "slot")),
    session_id: Buffer.from(session_id),
  }
}

/**
 * CPace's password: the secret in capitals.
 *
 * @throws RangeError for a secret that is none; the message does not repeat it
 */
export function pairingPassword({ secret }: Pick<PairingTerms, "secret">): Buffer {
  return Buffer.from(codePart(secret, SECRET, "secret"), "ascii")
}

function codePart(typed: string, form: RegExp, name: string): string {
  const part = typed.toUpperCase()
  if (!form.test(part)) {
    throw new RangeError(`This is no ${name} of a pairing code.`)
  }
  return part
}

function originOf(relay: string): string {
  const url = parseUrl(relay)
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new RangeError("This is no address of a relay: it begins with https:// or http://.")
  }
  return url.origin
}
