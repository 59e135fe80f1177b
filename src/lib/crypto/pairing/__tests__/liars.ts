import { x25519OrNone } from "../../x25519"
import { issueCertificate, type PairingParty } from "../certificate"
import { cpaceScalar } from "../cpace"
import { beginExchange, endExchange, openOpening, sealOpening } from "../exchange"
import { agree, confirmationOf, extendTranscript, type Transcript } from "../key-schedule"
import { writeMessage } from "../message"
import { commitmentTo, type Opening } from "../opening"
import { pairingContext, pairingPassword, type PairingRole, type PairingTerms } from "../terms"

/** What somebody seals under the key that is due, having heard so much. */
export type Sealing = (key: Buffer, heard: Transcript) => Buffer

/** Seals as the protocol has it. */
export const sealingOf =
  (opening: Opening): Sealing =>
  (key, heard) =>
    sealOpening(key, heard, opening)

export const openingOf = (party: PairingParty, role: PairingRole, terms: PairingTerms): Opening => ({
  nonce: cpaceScalar(),
  certificate: issueCertificate({ ...pairingContext(terms), role }, party),
})

const SHARE = [2, 34] as const
const SECOND_FIELD = [34, 66] as const
const CONNECTION_KEY = [33, 65] as const

/** Of two connection keys, zeros where the partner's is of low order. */
const sharedOf = (privateKey: Uint8Array, certificate: Buffer): Buffer =>
  x25519OrNone(privateKey, certificate.subarray(...CONNECTION_KEY)) ?? Buffer.alloc(32)

/** Somebody who knows the code and speaks the protocol as a retailer, but says in message 3 what he likes. */
export function lyingRetailer(terms: PairingTerms, committed: Opening, connectionKey: Uint8Array) {
  const context = pairingContext(terms)
  const commitment = commitmentTo(committed)
  const half = beginExchange({ password: pairingPassword(terms), context, commitment })
  const hear = (second: Buffer) => {
    const [share, sealed] = [second.subarray(...SHARE), second.subarray(SECOND_FIELD[1])]
    const exchange = endExchange({
      role: "retailer",
      scalar: half.scalar,
      context,
      commitment,
      retailer: half.share,
      distributor: share,
    })
    const distributor = openOpening(exchange.keys.sealing.distributor, exchange.transcript, sealed)
    if (!distributor) {
      throw new Error("Whoever answered does not know the code.")
    }
    return { exchange, distributor, transcript: extendTranscript(exchange.transcript, sealed) }
  }
  return {
    message: writeMessage(1, half.share, commitment),
    /** What the distributor opened in message 2. */
    opened: (second: Buffer): Opening => hear(second).distributor,
    /** Message 3 with a right confirmation of that opening, or of one that says what it likes in its place. */
    answer(second: Buffer, opening: Opening, seal: Sealing = sealingOf(opening)): Buffer {
      const { exchange, distributor, transcript } = hear(second)
      const { confirmation } = agree({
        session_key: exchange.session_key,
        shared: sharedOf(connectionKey, distributor.certificate),
        transcript,
        retailer: opening,
        distributor,
      })
      return writeMessage(3, confirmation.retailer, seal(exchange.keys.sealing.retailer, transcript))
    },
  }
}

/** Somebody who knows the code and answers message 1 as a distributor, but opens what he likes in message 2. */
export function lyingDistributor(
  terms: PairingTerms,
  first: Buffer,
  opening: Opening,
  seal: Sealing = sealingOf(opening)
) {
  const context = pairingContext(terms)
  const [share, commitment] = [first.subarray(...SHARE), first.subarray(...SECOND_FIELD)]
  const half = beginExchange({ password: pairingPassword(terms), context, commitment })
  const { session_key, keys, transcript } = endExchange({
    role: "distributor",
    scalar: half.scalar,
    context,
    commitment,
    retailer: share,
    distributor: half.share,
  })
  const sealed = seal(keys.sealing.distributor, transcript)
  const complete = extendTranscript(transcript, sealed)
  /** What the retailer opened in message 3. */
  const opened = (third: Buffer): Opening => {
    const retailer = openOpening(keys.sealing.retailer, complete, third.subarray(SHARE[1]))
    if (!retailer) {
      throw new Error("This is no message 3 of the session.")
    }
    return retailer
  }
  return {
    message: writeMessage(2, half.share, confirmationOf(keys.confirming, complete), sealed),
    opened,
    /** Message 4, once the retailer has opened. */
    conclude(third: Buffer, connectionKey: Uint8Array): Buffer {
      const retailer = opened(third)
      const shared = sharedOf(connectionKey, retailer.certificate)
      const { confirmation } = agree({ session_key, shared, transcript: complete, retailer, distributor: opening })
      return writeMessage(4, confirmation.distributor)
    },
  }
}
