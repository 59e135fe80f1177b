import { randomBytes } from "node:crypto"

import { issueCertificate, type PairingParty } from "./certificate"
import {
  beginExchange,
  endExchange,
  forgetExchange,
  meetPartner,
  sealOpening,
  type Exchange,
} from "./exchange"
import { areEqual, confirmationOf, extendTranscript, wipe, type Transcript } from "./key-schedule"
import { readMessage, writeMessage } from "./message"
import { commitmentTo, NONCE_BYTES, type Opening } from "./opening"
import { pairingFailed } from "./pairing-failed"
import { sessionFrom, type PairingSession, type PairingStep } from "./session"
import { pairingContext, pairingPassword, type PairingContext, type PairingTerms } from "./terms"

/**
 * The distributor's side of a pairing, which waits for message 1 of `initiatePairing`.
 *
 * Its first reply tells whoever sent message 1 whether he guessed the code, and he need not say more: count the
 * attempt at the code before that reply is sent, not when the session fails. Its second reply comes with the pairing,
 * before the retailer has it: until the retailer's first message comes in over the connection, keep the reply and send
 * it again where it is asked for.
 *
 * @param party left as it is until the session is over
 * @throws RangeError for terms or a party that are none
 */
export function respondToPairing(terms: PairingTerms, party: PairingParty): PairingSession {
  const context = pairingContext(terms)
  const certificate = issueCertificate({ ...context, role: "distributor" }, party)
  return sessionFrom(awaitShare({ context, party, certificate, password: pairingPassword(terms) }))
}

function awaitShare({
  context,
  party,
  certificate,
  password,
}: {
  context: PairingContext
  party: PairingParty
  certificate: Buffer
  password: Buffer
}): PairingStep {
  return {
    take(message) {
      const [share, commitment] = readMessage(1, message)
      const half = beginExchange({ password, context, commitment })
      try {
        const exchange = endExchange({
          role: "distributor",
          scalar: half.scalar,
          context,
          commitment,
          retailer: share,
          distributor: half.share,
        })
        const opening = { nonce: randomBytes(NONCE_BYTES), certificate }
        const sealed = sealOpening(exchange.keys.sealing.distributor, exchange.transcript, opening)
        const transcript = extendTranscript(exchange.transcript, sealed)
        const confirmation = confirmationOf(exchange.keys.confirming, transcript)
        return {
          reply: writeMessage(2, half.share, confirmation, sealed),
          next: awaitOpening({ context, party, opening, commitment, exchange, transcript }),
        }
      } finally {
        wipe(half.scalar)
      }
    },
    forget: () => wipe(password),
  }
}

function awaitOpening({
  context,
  party,
  opening,
  commitment,
  exchange,
  transcript,
}: {
  context: PairingContext
  party: PairingParty
  opening: Opening
  commitment: Buffer
  exchange: Exchange
  transcript: Transcript
}): PairingStep {
  return {
    take(message) {
      const [confirmation, sealed] = readMessage(3, message)
      const {
        partner,
        opening: answer,
        agreement,
      } = meetPartner({
        role: "retailer",
        context,
        own: party,
        opening,
        session_key: exchange.session_key,
        key: exchange.keys.sealing.retailer,
        associated: transcript,
        sealed,
        transcript,
      })
      const { root_key, connection_id, verifier } = agreement
      const isCommitted = areEqual(commitmentTo(answer), commitment)
      const isConfirmed = areEqual(confirmation, agreement.confirmation.retailer)
      if (!partner || !isCommitted || !isConfirmed) {
        wipe(root_key)
        throw pairingFailed()
      }
      return {
        reply: writeMessage(4, agreement.confirmation.distributor),
        pairing: { partner, root_key, connection_id, verifier },
      }
    },
    forget() {
      forgetExchange(exchange)
      wipe(opening.nonce)
    },
  }
}
