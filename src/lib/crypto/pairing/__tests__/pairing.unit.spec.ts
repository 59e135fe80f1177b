import fc from "fast-check"

import { issueCertificate } from "../certificate"
import { cpaceScalar } from "../cpace"
import { meetPartner, sealOpening } from "../exchange"
import { initiatePairing } from "../initiate-pairing"
import { agree } from "../key-schedule"
import { writeMessage } from "../message"
import type { Opening } from "../opening"
import { pairingFailed } from "../pairing-failed"
import { respondToPairing } from "../respond-to-pairing"
import { pairingContext, type PairingTerms } from "../terms"
import { lyingDistributor, lyingRetailer, openingOf } from "./liars"
import { begin, carry, pairingOf, replyOf, shown, storeOf, TERMS } from "./stores"

const REFUSED = shown(() => {
  throw pairingFailed()
})
const ALPHABET = [..."23456789ABCDEFGHJKLMNPQRSTUVWXYZ"]

const [corner, harbour] = [storeOf("Corner Shop"), storeOf("Harbour Trading Co.")]

/** That the act is refused, with the one error and nothing besides. */
const expectRefused = (act: () => unknown): void => expect(shown(act)).toEqual(REFUSED)

describe("pairing", () => {
  it("gives both sides each other's certificate, and the same root key, connection id and verifier", () => {
    const { retailer, distributor, messages } = carry(begin(corner, harbour))
    expect(retailer.partner).toEqual({
      identity_key: harbour.identity.public_key,
      connection_key: harbour.connection.public_key,
      mailboxes: harbour.mailboxes,
      profile: harbour.profile,
    })
    expect(distributor.partner).toEqual({
      identity_key: corner.identity.public_key,
      connection_key: corner.connection.public_key,
      mailboxes: corner.mailboxes,
      profile: corner.profile,
    })
    const { partner: _harbour, ...ofRetailer } = retailer
    const { partner: _corner, ...ofDistributor } = distributor
    expect(ofRetailer).toEqual(ofDistributor)
    expect(ofRetailer.root_key).toHaveLength(32)
    expect(ofRetailer.connection_id).toMatch(/^[0-9a-f]{32}$/)
    expect(ofRetailer.verifier).toMatch(/^\d{4}-\d{4}$/)
    // Head, share and hash; with a bucket and its tag; without the share; without both.
    expect(messages.map(({ length }) => length)).toEqual([66, 66 + 1_024 + 16, 34 + 1_024 + 16, 34])
  })

  it("takes a code in small letters and an address of the relay with a path", () => {
    const ofRetailer = { ...TERMS, secret: "m2px", slot: "k7", relay: "HTTPS://Relay.Example:443/pair" }
    const { retailer, distributor } = carry(begin(corner, harbour, { ofRetailer }))
    expect(retailer.root_key).toEqual(distributor.root_key)
  })

  it("has nothing in common with another pairing of the same stores by the same code", () => {
    const pairings = Array.from({ length: 5 }, () => carry(begin(corner, harbour)).retailer)
    expect(new Set(pairings.map(({ root_key }) => root_key.toString("hex"))).size).toBe(5)
    expect(new Set(pairings.map(({ connection_id }) => connection_id)).size).toBe(5)
    expect(new Set(pairings.map(({ verifier }) => verifier)).size).toBe(5)
  })

  it("shows the relay nothing of either store", () => {
    const seen = Buffer.concat(carry(begin(corner, harbour)).messages)
    for (const { identity, connection, mailboxes, profile } of [corner, harbour]) {
      const addresses = mailboxes.map((mailbox) => Buffer.from(mailbox))
      for (const part of [identity.public_key, connection.public_key, profile, ...addresses]) {
        expect(seen.indexOf(part)).toBe(-1)
      }
    }
  })

  it.each<[string, Partial<PairingTerms>]>([
    ["secret", { secret: "M2PY" }],
    ["slot", { slot: "K8" }],
    ["relay's host", { relay: "https://relay.example.org" }],
    ["relay's port", { relay: "https://relay.example:8443" }],
    ["relay's scheme", { relay: "http://relay.example" }],
    ["session id", { session_id: Buffer.alloc(32, 6) }],
  ])("fails where the two sides have another %s", (_, other) => {
    const { first, retailer, distributor } = begin(corner, harbour, { ofDistributor: { ...TERMS, ...other } })
    const second = replyOf(distributor.receive(first))
    expectRefused(() => retailer.receive(second))
  })

  it("fails with every secret but the right one", () => {
    const secret = fc.array(fc.constantFrom(...ALPHABET), { minLength: 4, maxLength: 4 }).map((it) => it.join(""))
    fc.assert(
      fc.property(
        secret.filter((it) => it !== TERMS.secret),
        (guess) => {
          const { first, retailer, distributor } = begin(corner, harbour, { ofRetailer: { ...TERMS, secret: guess } })
          const second = replyOf(distributor.receive(first))
          expectRefused(() => retailer.receive(second))
        }
      ),
      { numRuns: 20 }
    )
  })

  it.each<[string, Partial<PairingTerms>]>([
    ["a secret of three characters", { secret: "M2P" }],
    ["a secret with a 0", { secret: "M2P0" }],
    ["a slot with an I", { slot: "KI" }],
    ["a relay that is no address", { relay: "relay.example" }],
    ["a relay that is a file", { relay: "file:///relay" }],
    ["a session id of 31 bytes", { session_id: Buffer.alloc(31) }],
  ])("takes %s as a mistake of the caller, on both sides", (_, wrong) => {
    const terms = { ...TERMS, ...wrong }
    expect(() => initiatePairing(terms, corner)).toThrow(RangeError)
    expect(() => respondToPairing(terms, harbour)).toThrow(RangeError)
  })

  it("is over after a message that was refused, and after it was abandoned", () => {
    const refused = begin(corner, harbour)
    const second = replyOf(refused.distributor.receive(refused.first))
    expectRefused(() => refused.retailer.receive(Buffer.from("no message")))
    expectRefused(() => refused.retailer.receive(second))

    const abandoned = begin(corner, harbour)
    abandoned.distributor.abandon()
    expectRefused(() => abandoned.distributor.receive(abandoned.first))
  })

  it("is over after the last message", () => {
    const begun = begin(corner, harbour)
    const { messages } = carry(begun)
    for (const message of messages) {
      expectRefused(() => begun.retailer.receive(message))
      expectRefused(() => begun.distributor.receive(message))
    }
  })

  it("takes each message at its time alone", () => {
    const messages = carry(begin(corner, harbour)).messages
    const due = { retailer: 2, distributor: 1 }
    for (const side of ["retailer", "distributor"] as const) {
      for (const [index, message] of messages.entries()) {
        if (index + 1 !== due[side]) {
          const begun = begin(corner, harbour)
          expectRefused(() => begun[side].receive(message))
        }
      }
    }
  })

  it("refuses what a side said itself", () => {
    const own = begin(corner, harbour)
    expectRefused(() => own.retailer.receive(own.first))

    const answered = begin(corner, harbour)
    const second = replyOf(answered.distributor.receive(answered.first))
    expectRefused(() => answered.distributor.receive(second))

    const opened = begin(corner, harbour)
    const third = replyOf(opened.retailer.receive(replyOf(opened.distributor.receive(opened.first))))
    expectRefused(() => opened.retailer.receive(third))
  })

  it("refuses what a side said itself, also dressed as the message that is due", () => {
    const { first, retailer, distributor } = begin(corner, harbour)
    const second = replyOf(distributor.receive(first))
    const third = replyOf(retailer.receive(second))
    const reflected = Buffer.concat([third.subarray(0, 2), second.subarray(34)])
    expect(reflected).toHaveLength(third.length)
    expectRefused(() => distributor.receive(reflected))
    const confirmed = Buffer.concat([Buffer.from([1, 4]), third.subarray(2, 34)])
    expectRefused(() => retailer.receive(confirmed))
  })

  it("refuses messages 2, 3 and 4 of another session by the same code", () => {
    const [, second, third, fourth] = carry(begin(corner, harbour)).messages
    expectRefused(() => begin(corner, harbour).retailer.receive(second))

    const opening = begin(corner, harbour)
    opening.distributor.receive(opening.first)
    expectRefused(() => opening.distributor.receive(third))

    const confirming = begin(corner, harbour)
    confirming.retailer.receive(replyOf(confirming.distributor.receive(confirming.first)))
    expectRefused(() => confirming.retailer.receive(fourth))
  })

  it("gains nobody anything who repeats message 1", () => {
    const [first, , third] = carry(begin(corner, harbour)).messages
    const repeated = respondToPairing(TERMS, harbour)
    repeated.receive(first)
    expectRefused(() => repeated.receive(third))
  })

  it("refuses fields that were swapped between two sessions by the same code", () => {
    const swap = (into: Buffer, from: Buffer, start: number, end?: number): Buffer => {
      const swapped = Buffer.from(into)
      from.copy(swapped, start, start, end)
      return swapped
    }
    const answeredTwice = () => {
      const both = [begin(corner, harbour), begin(corner, harbour)] as const
      return { both, seconds: both.map(({ first, distributor }) => replyOf(distributor.receive(first))) }
    }
    // Share, confirmation, sealed: each of the three alone from the other session.
    const ofSecond: [number, number?][] = [[2, 34], [34, 66], [66]]
    for (const [start, end] of ofSecond) {
      const { both, seconds } = answeredTwice()
      expectRefused(() => both[0].retailer.receive(swap(seconds[0], seconds[1], start, end)))
    }
    // Confirmation, sealed.
    const ofThird: [number, number?][] = [[2, 34], [34]]
    for (const [start, end] of ofThird) {
      const { both, seconds } = answeredTwice()
      const thirds = both.map(({ retailer }, index) => replyOf(retailer.receive(seconds[index])))
      expectRefused(() => both[0].distributor.receive(swap(thirds[0], thirds[1], start, end)))
    }
  })

  it("lets nobody between who knows the secret: both sides pair with him, and see different verifiers", () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const [towardsRetailer, towardsDistributor] = [storeOf("Harbour Trading Co."), storeOf("Corner Shop")]
      const left = begin(corner, towardsRetailer)
      const right = begin(towardsDistributor, harbour)
      // He finishes the retailer's leg up to its opening before he opens to the distributor, and knows both nonces.
      const secondToRetailer = replyOf(left.distributor.receive(left.first))
      const secondOfDistributor = replyOf(right.distributor.receive(right.first))
      const thirdOfRetailer = replyOf(left.retailer.receive(secondToRetailer))
      const thirdToDistributor = replyOf(right.retailer.receive(secondOfDistributor))
      const retailer = pairingOf(left.retailer.receive(replyOf(left.distributor.receive(thirdOfRetailer))))
      const distributor = pairingOf(right.distributor.receive(thirdToDistributor))

      expect(retailer.partner.identity_key).toEqual(towardsRetailer.identity.public_key)
      expect(distributor.partner.identity_key).toEqual(towardsDistributor.identity.public_key)
      expect(retailer.root_key).not.toEqual(distributor.root_key)
      expect(retailer.verifier).not.toBe(distributor.verifier)
    }
  })

  it("holds the retailer's side to what it committed to before it saw the distributor's nonce", () => {
    const store = storeOf("Corner Shop")
    const committed = openingOf(store, "retailer", TERMS)
    const answerWith = (opening: Opening): (() => unknown) => {
      const { message, answer } = lyingRetailer(TERMS, committed, store.connection.private_key)
      const distributor = respondToPairing(TERMS, harbour)
      const third = answer(replyOf(distributor.receive(message)), opening)
      return () => distributor.receive(third)
    }
    expect(answerWith(committed)).not.toThrow()
    expectRefused(answerWith({ ...committed, nonce: cpaceScalar() }))
    const otherProfile = issueCertificate(
      { ...pairingContext(TERMS), role: "retailer" },
      { ...store, profile: Buffer.from("another") }
    )
    expectRefused(answerWith({ ...committed, certificate: otherProfile }))
  })

  it("lets the distributor pair with nobody who shows a certificate that a retailer gave in another pairing", () => {
    // The relay repeats slot and session id, so that the certificate's signature is on this pairing, too.
    const stolen = openingOf(corner, "retailer", TERMS)
    const thief = storeOf("thief")
    const { message, answer } = lyingRetailer(TERMS, stolen, thief.connection.private_key)
    const distributor = respondToPairing(TERMS, harbour)
    const third = answer(replyOf(distributor.receive(message)), stolen)
    expectRefused(() => distributor.receive(third))
  })

  it("lets the retailer pair with nobody who shows a certificate that a distributor gave in another pairing", () => {
    const stolen = openingOf(harbour, "distributor", TERMS)
    const { message, session } = initiatePairing(TERMS, corner)
    session.receive(lyingDistributor(TERMS, message, stolen).message)
    // He lacks the connection key, so he can only guess the confirmation.
    expectRefused(() => session.receive(writeMessage(4, Buffer.alloc(32))))
  })

  const { connection, identity } = harbour
  const lowOrder = { ...connection, public_key: Buffer.alloc(32) }
  const claimed = openingOf({ ...harbour, identity: corner.identity }, "distributor", TERMS)
  identity.public_key.copy(claimed.certificate, 1)
  it.each<[string, Opening]>([
    ["of the other role", openingOf(harbour, "retailer", TERMS)],
    ["of another session id", openingOf(harbour, "distributor", { ...TERMS, session_id: Buffer.alloc(32) })],
    ["of another slot", openingOf(harbour, "distributor", { ...TERMS, slot: "ZZ" })],
    ["of another relay", openingOf(harbour, "distributor", { ...TERMS, relay: "https://other.example" })],
    ["of the retailer itself", openingOf({ ...corner, connection }, "distributor", TERMS)],
    ["with the retailer's connection key", openingOf({ ...corner, identity }, "distributor", TERMS)],
    ["with a connection key of low order", openingOf({ ...harbour, connection: lowOrder }, "distributor", TERMS)],
    ["whose identity is not the one that signed", claimed],
    ["of no bytes", { nonce: cpaceScalar(), certificate: Buffer.alloc(0) }],
  ])("lets the retailer take no certificate %s", (_, opening) => {
    const { message, session } = initiatePairing(TERMS, corner)
    const second = lyingDistributor(TERMS, message, opening).message
    expectRefused(() => session.receive(second))
  })

  describe("with a partner whose connection key is of low order", () => {
    const opening = openingOf(corner, "retailer", TERMS)
    const ofPartner = openingOf({ ...harbour, connection: lowOrder }, "distributor", TERMS)
    const [session_key, key, transcript] = [Buffer.alloc(64, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)]
    const meet = (own = corner) =>
      meetPartner({
        role: "distributor",
        context: pairingContext(TERMS),
        own,
        opening,
        session_key,
        key,
        associated: transcript,
        sealed: sealOpening(key, transcript, ofPartner),
        transcript,
      })

    it("agrees on nothing that follows from zeros, the secret that everybody knows, however often", () => {
      const shared = Buffer.alloc(32)
      const known = agree({ session_key, shared, transcript, retailer: opening, distributor: ofPartner })
      for (const { partner, agreement } of [meet(), meet()]) {
        expect(partner).toBeUndefined()
        // Of the same openings and transcript, but for the secret.
        expect(agreement.verifier).toBe(known.verifier)
        expect(agreement.root_key).not.toEqual(known.root_key)
        expect(agreement.confirmation.retailer).not.toEqual(known.confirmation.retailer)
        expect(agreement.confirmation.distributor).not.toEqual(known.confirmation.distributor)
      }
    })

    it("does not take a broken key of its own for one", () => {
      const private_key = corner.connection.private_key.subarray(1)
      expect(() => meet({ ...corner, connection: { ...corner.connection, private_key } })).toThrow(RangeError)
    })
  })

  it("lets the retailer take a certificate that nothing is wrong with from who knows the code", () => {
    const { message, session } = initiatePairing(TERMS, corner)
    const { message: second } = lyingDistributor(TERMS, message, openingOf(harbour, "distributor", TERMS))
    expect(session.receive(second).reply).toBeDefined()
  })

  it("gives neither side a pairing before the other has confirmed it", () => {
    const { first, retailer, distributor } = begin(corner, harbour)
    const answer = distributor.receive(first)
    expect(answer.pairing).toBeUndefined()
    expect(retailer.receive(replyOf(answer)).pairing).toBeUndefined()
  })

  it("refuses any bytes for any message with the one error", () => {
    const head = fc.tuple(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 5 })).map((it) => Uint8Array.from(it))
    const bytes = fc.tuple(head, fc.uint8Array({ maxLength: 80 })).map(([start, rest]) => Buffer.concat([start, rest]))
    fc.assert(
      fc.property(bytes, (message) => {
        expectRefused(() => begin(corner, harbour).retailer.receive(message))
      }),
      { numRuns: 30 }
    )
    fc.assert(
      fc.property(bytes, (message) => {
        const { first, distributor } = begin(corner, harbour)
        distributor.receive(first)
        expectRefused(() => distributor.receive(message))
      }),
      { numRuns: 30 }
    )
  })
})
