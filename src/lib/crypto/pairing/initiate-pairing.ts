import { randomBytes } from "node:crypto"

import { issueCertificate, type PairingParty } from "./certificate"
import {
  beginExchange,
  endExchange,
  forgetExchange,
  meetPartner,
  NOBODYS_KEY,
  requireEqual,
  sealOpening,
  type Half,
} from "./exchange"
import { areEqual, confirmationOf, extendTranscript, wipe } from "./key-schedule"
import { readMessage, writeMessage } from "./message"
import { commitmentTo, NONCE_BYTES, type Opening } from "./opening"
import { pairingFailed } from "./pairing-failed"
import { sessionFrom, type Pairing, type PairingSession, type PairingStep } from "./session"
import { pairingContext, pairingPassword, type PairingContext, type PairingTerms } from "./terms"

/**
 * The retailer's side of a pairing: `message` goes to the distributor, whose answer the session takes, and so on.
 *
 * | | | |
 * |---|---|---|
 * | 1 | retailer | share, commitment to its nonce and certificate |
 * | 2 | distributor | share, confirmation of the code; sealed: nonce and certificate |
 * | 3 | retailer | confirmation of code and connection key; sealed: nonce and certificate, as committed to |
 * | 4 | distributor | confirmation of code and connection key |
 *
 * docs/security.md has it byte by byte. Whoever answers message 1 instead of the distributor has one guess at the
 * code, so each call is an attempt to be limited.
 *
 * @param party left as it is until the session is over
 * @throws RangeError for terms or a party that are none
 */
export function initiatePairing(
  terms: PairingTerms,
  party: PairingParty
): { readonly message: Buffer; readonly session: PairingSession } {
  const context = pairingContext(terms)
  const password = pairingPassword(terms)
  const certificate = issueCertificate({ ...context, role: "retailer" }, party)
  const opening = { nonce: randomBytes(NONCE_BYTES), certificate }
  const commitment = commitmentTo(opening)
  const half = beginExchange({ password, context, commitment })
  return {
    message: writeMessage(1, half.share, commitment),
    session: sessionFrom(awaitAnswer({ context, party, opening, commitment, half })),
  }
}

function awaitAnswer({
  context,
  party,
  opening,
  commitment,
  half,
}: {
  context: PairingContext
  party: PairingParty
  opening: Opening
  commitment: Buffer
  half: Half
}): PairingStep {
  return {
    take(message) {
      const [share, confirmation, sealed] = readMessage(2, message)
      const exchange = endExchange({
        role: "retailer",
        scalar: half.scalar,
        context,
        commitment,
        retailer: half.share,
        distributor: share,
      })
      try {
        const { session_key, keys } = exchange
        const transcript = extendTranscript(exchange.transcript, sealed)
        const isConfirmed = areEqual(confirmation, confirmationOf(keys.confirming, transcript))
        const { partner, agreement } = meetPartner({
          role: "distributor",
          context,
          own: party,
          opening,
          session_key,
          // What is not confirmed is not opened: a sealed text may open under several keys, a confirmation fits one.
          key: isConfirmed ? keys.sealing.distributor : NOBODYS_KEY,
          associated: exchange.transcript,
          sealed,
          transcript,
        })
        if (!isConfirmed || !partner) {
          wipe(agreement.root_key)
          throw pairingFailed()
        }
        const { root_key, connection_id, verifier } = agreement
        const reply = writeMessage(
          3,
          agreement.confirmation.retailer,
          sealOpening(keys.sealing.retailer, transcript, opening)
        )
        const pairing = { partner, root_key, connection_id, verifier }
        return { reply, answered_by: partner, next: awaitConfirmation(pairing, agreement.confirmation.distributor) }
      } finally {
        forgetExchange(exchange)
      }
    },
    forget: () => wipe(half.scalar, opening.nonce),
  }
}

function awaitConfirmation(pairing: Pairing, expected: Buffer): PairingStep {
  let confirmed = false
  return {
    take(message) {
      const [confirmation] = readMessage(4, message)
      requireEqual(confirmation, expected)
      confirmed = true
      return { pairing }
    },
    forget() {
      if (!confirmed) {
        wipe(pairing.root_key)
      }
      wipe(expected)
    },
  }
}
