import { ristretto255 } from "@noble/curves/ed25519"

import { workOf as workOfNode, type Work } from "../../__tests__/work"
import { seal } from "../../aead"
import { ed25519Sign } from "../../ed25519"
import { lengthPrefixed } from "../../encoding"
import { issueCertificate, type PairingParty } from "../certificate"
import { writeMessage } from "../message"
import { writeOpening, type Opening } from "../opening"
import { pairingFailed } from "../pairing-failed"
import { pairingContext, type PairingRole, type PairingTerms } from "../terms"
import { lyingDistributor, lyingRetailer, openingOf, sealingOf, type Sealing } from "./liars"
import { begin, replyOf, shown, storeOf, TERMS } from "./stores"

const REFUSED = shown(() => {
  throw pairingFailed()
})
const [corner, harbour, thief] = [storeOf("Corner Shop"), storeOf("Harbour Trading Co."), storeOf("Thief")]

/** Calls of node:crypto and of ristretto255, and bytes that were deciphered. */
function workOf<Result>(act: () => Result): { readonly result: Result; readonly work: Work } {
  const { Point } = ristretto255
  const group = {
    hashToCurve: jest.spyOn(Point, "hashToCurve"),
    fromBytes: jest.spyOn(Point, "fromBytes"),
    multiply: jest.spyOn(Point.prototype, "multiply"),
  }
  try {
    const { result, work } = workOfNode(act)
    const called = Object.entries(group).flatMap(([name, { mock }]) =>
      mock.calls.length > 0 ? [[name, mock.calls.length] as const] : []
    )
    return { result, work: { ...work, ...Object.fromEntries(called) } }
  } finally {
    Object.values(group).forEach((spy) => spy.mockRestore())
  }
}

/** What it costs to be refused, with the one error. */
function workOfRefusal(act: () => unknown): Work {
  const { result, work } = workOf(() => shown(act))
  expect(result).toEqual(REFUSED)
  return work
}

const NOTHING: Work = { bytes: 0 }

function flipped(message: Buffer, at: number): Buffer {
  const copy = Buffer.from(message)
  copy[at] ^= 1
  return copy
}

/** The fields from one message, all else from the other. */
function spliced(into: Buffer, from: Buffer, start: number, end?: number): Buffer {
  const copy = Buffer.from(into)
  from.copy(copy, start, start, end)
  return copy
}

const LOW_ORDER = Buffer.alloc(32)
/** The group's identity in Ed25519: with S = 0 a signature of its holder fits every message. */
const LOW_ORDER_IDENTITY = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)])

/** A certificate whose body was changed before it was signed. */
function signedAnew(party: PairingParty, role: PairingRole, change: (body: Buffer) => Buffer): Buffer {
  const context = pairingContext(TERMS)
  const body = change(issueCertificate({ ...context, role }, party).subarray(0, -64))
  const { channel, session_id } = context
  const statement = lengthPrefixed("medusa-wholesale pairing v1 certificate", role, channel, session_id, body)
  return Buffer.concat([body, ed25519Sign(party.identity, statement)])
}

function withByte(at: number, byte: number): (body: Buffer) => Buffer {
  return (body) => {
    const copy = Buffer.from(body)
    copy[at] = byte
    return copy
  }
}

/** Bytes in the place of an opening, under the right key. */
const sealingBytes =
  (bytes: Buffer): Sealing =>
  (key, heard) =>
    seal({ key, nonce: Buffer.alloc(12), associated: heard }, bytes)

/** What may be wrong with an opening of somebody who knows the code; `own` is the side that reads it. */
function strangeOpenings(party: PairingParty, role: PairingRole, own: PairingParty): [string, Opening, Sealing][] {
  const opening = openingOf(party, role, TERMS)
  const { nonce, certificate } = opening
  const other: PairingRole = role === "retailer" ? "distributor" : "retailer"
  const elsewhere = (terms: Partial<PairingTerms>) => openingOf(party, role, { ...TERMS, ...terms })
  const saying = (changed: Buffer): Opening => ({ nonce, certificate: changed })
  const lowOrder = { ...party, connection: { ...party.connection, public_key: LOW_ORDER } }
  const ofLowOrder = Buffer.concat([certificate.subarray(0, -64), LOW_ORDER_IDENTITY, LOW_ORDER])
  LOW_ORDER_IDENTITY.copy(ofLowOrder, 1)
  const noPoint = Buffer.from(certificate)
  noPoint.fill(0xff, 1, 33)
  const shown: [string, Opening][] = [
    ["a certificate of the other role", openingOf(party, other, TERMS)],
    ["a certificate of another session id", elsewhere({ session_id: Buffer.alloc(32) })],
    ["a certificate of another slot", elsewhere({ slot: "ZZ" })],
    ["a certificate of another relay", elsewhere({ relay: "https://other.example" })],
    ["this side's own identity", openingOf({ ...party, identity: own.identity }, role, TERMS)],
    ["this side's own connection key", openingOf({ ...party, connection: own.connection }, role, TERMS)],
    ["a connection key of low order", openingOf(lowOrder, role, TERMS)],
    ["an identity key of low order", saying(ofLowOrder)],
    ["an identity key that is no point", saying(noPoint)],
    ["a signature that is none", saying(flipped(certificate, certificate.length - 1))],
    ["a body that was not signed", saying(flipped(certificate, 70))],
    ["a certificate of another version", saying(signedAnew(party, role, withByte(0, 2)))],
    ["a certificate with a length beyond its end", saying(signedAnew(party, role, withByte(65, 0xff)))],
    ["a certificate with more behind", saying(signedAnew(party, role, (body) => Buffer.concat([body, Buffer.alloc(1)])))],
    ["a certificate that was cut", saying(certificate.subarray(0, 100))],
    ["a certificate of no bytes", saying(Buffer.alloc(0))],
  ]
  const written = writeOpening(opening)
  const sealings: [string, Sealing][] = [
    ["an opening padded with something else", sealingBytes(flipped(written, 1_023))],
    ["an opening of zeros", sealingBytes(Buffer.alloc(1_024))],
    ["an opening that ends beyond its end", sealingBytes(flipped(written, 36))],
    ["something that does not open", (key, heard) => flipped(sealingBytes(written)(key, heard), 9)],
  ]
  return [
    ...shown.map<[string, Opening, Sealing]>(([name, said]) => [name, said, sealingOf(said)]),
    ...sealings.map<[string, Opening, Sealing]>(([name, sealing]) => [name, opening, sealing]),
  ]
}

const OF_ANOTHER_CODE: [string, Partial<PairingTerms>][] = [
  ["secret", { secret: "M2PY" }],
  ["slot", { slot: "K8" }],
  ["relay", { relay: "https://relay.example.org" }],
  ["session id", { session_id: Buffer.alloc(32, 6) }],
]

/** What anybody sees to be no message of that number, of one that is. */
function shapeless(message: Buffer): [string, Buffer][] {
  return [
    ["of no bytes", Buffer.alloc(0)],
    ["of its head alone", message.subarray(0, 2)],
    ["without its last byte", message.subarray(0, -1)],
    ["with a byte more", Buffer.concat([message, Buffer.alloc(1)])],
    ["with a bucket more than any", Buffer.concat([message, Buffer.alloc(17 * 1_024)])],
    ["of another version", flipped(message, 0)],
    ["of another number", flipped(message, 1)],
  ]
}

/** In the place of a share. */
const NO_SHARES: [string, Buffer][] = [
  ["the group's identity", Buffer.alloc(32)],
  ["bytes that are no element", Buffer.alloc(32, 0xff)],
  ["bytes that write an element in a second way", Buffer.concat([Buffer.from([0xed]), Buffer.alloc(30, 0xff), Buffer.from([0x7f])])],
]

describe("the work of a pairing", () => {
  describe("on what anybody sees to be no message", () => {
    const { first, retailer, distributor } = begin(corner, harbour)
    const second = replyOf(distributor.receive(first))
    const third = replyOf(retailer.receive(second))
    const fourth = replyOf(distributor.receive(third))

    /** Delivers to a session that waits for the message of that number. */
    const delivering = {
      1: () => begin(corner, harbour).distributor,
      2: () => begin(corner, harbour).retailer,
      3: () => {
        const begun = begin(corner, harbour)
        begun.distributor.receive(begun.first)
        return begun.distributor
      },
      4: () => {
        const begun = begin(corner, harbour)
        begun.retailer.receive(replyOf(begun.distributor.receive(begun.first)))
        return begun.retailer
      },
    }
    const numbered = ([1, 2, 3, 4] as const).map((number) => ({ number, message: [first, second, third, fourth][number - 1] }))

    it.each(numbered)("is none, by length and head: message $number", ({ number, message }) => {
      for (const [, shape] of shapeless(message)) {
        const session = delivering[number]()
        expect(workOfRefusal(() => session.receive(shape))).toEqual(NOTHING)
      }
    })

    it.each(numbered.slice(0, 2))("is to look at its share, and with no secret: message $number", ({ number, message }) => {
      for (const [, share] of NO_SHARES) {
        const session = delivering[number]()
        const changed = Buffer.concat([message.subarray(0, 2), share, message.subarray(34)])
        expect(workOfRefusal(() => session.receive(changed))).toEqual({ ...NOTHING, fromBytes: 1 })
      }
    })

    it("is none once a session is over, by whatever message", () => {
      for (const session of [retailer, distributor]) {
        session.abandon()
        for (const { message } of numbered) {
          expect(workOfRefusal(() => session.receive(message))).toEqual(NOTHING)
        }
      }
    })
  })

  it("is the same for the distributor whatever the first message is: only the second tells", () => {
    const works = [TERMS, ...OF_ANOTHER_CODE.map(([, other]) => ({ ...TERMS, ...other }))].map((ofRetailer) => {
      const { first, distributor } = begin(corner, harbour, { ofRetailer })
      return workOf(() => distributor.receive(first)).work
    })
    expect(new Set(works.map((work) => JSON.stringify(work))).size).toBe(1)
  })

  describe("of the retailer, when message 2 is refused", () => {
    /** That of message 2 when it is taken, but for the sealing of the answer. */
    const { first, retailer, distributor } = begin(corner, harbour)
    const second = replyOf(distributor.receive(first))
    const { createCipheriv, ...expected } = workOf(() => retailer.receive(second)).work

    it("is all but the sealing of the answer: share, CPace, every key, the opening, the signature, the agreement", () => {
      expect(createCipheriv).toBe(1)
      expect(expected).toMatchObject({ multiply: 1, createDecipheriv: 1, verify: 1, diffieHellman: 1, bytes: 1_024 })
    })

    it.each(OF_ANOTHER_CODE)("is that where the distributor has another %s", (_, other) => {
      const begun = begin(corner, harbour, { ofDistributor: { ...TERMS, ...other } })
      const answer = replyOf(begun.distributor.receive(begun.first))
      expect(workOfRefusal(() => begun.retailer.receive(answer))).toEqual(expected)
    })

    const { first: shareOfRelay } = begin(thief, thief)
    it.each<[string, (second: Buffer, other: Buffer) => Buffer]>([
      ["another's share", (message, other) => spliced(message, other, 2, 34)],
      ["another's confirmation", (message, other) => spliced(message, other, 34, 66)],
      ["another's opening", (message, other) => spliced(message, other, 66)],
      ["a share of the relay's own", (message) => spliced(message, shareOfRelay, 2, 34)],
      ["all of another session by the same code", (_, other) => other],
      ["its confirmation changed at its start", (message) => flipped(message, 34)],
      ["its confirmation changed at its end", (message) => flipped(message, 65)],
      ["its opening changed at its start", (message) => flipped(message, 66)],
      ["its opening changed at its end", (message) => flipped(message, message.length - 17)],
      ["its tag changed", (message) => flipped(message, message.length - 1)],
      ["random bytes behind its share", (message) => Buffer.concat([message.subarray(0, 34), Buffer.alloc(message.length - 34, 7)])],
    ])("is that where it has %s", (_, change) => {
      const [begun, elsewhere] = [begin(corner, harbour), begin(corner, harbour)]
      const [message, other] = [begun, elsewhere].map((it) => replyOf(it.distributor.receive(it.first)))
      const changed = change(message, other)
      expect(workOfRefusal(() => begun.retailer.receive(changed))).toEqual(expected)
    })

    it.each(strangeOpenings(harbour, "distributor", corner))("is that for who knows the code and seals %s", (_, opening, sealing) => {
      const begun = begin(corner, harbour)
      const { message } = lyingDistributor(TERMS, begun.first, opening, sealing)
      expect(workOfRefusal(() => begun.retailer.receive(message))).toEqual(expected)
    })
  })

  describe("of the distributor, when message 3 is refused", () => {
    const { first, retailer, distributor } = begin(corner, harbour)
    const third = replyOf(retailer.receive(replyOf(distributor.receive(first))))
    /** That of message 3 when it is taken: its answer has been computed by then. */
    const expected = workOf(() => distributor.receive(third)).work

    it("is that of the opening, the signature, the commitment and the agreement", () => {
      expect(expected).toMatchObject({ createDecipheriv: 1, verify: 1, diffieHellman: 1, timingSafeEqual: 4, bytes: 1_024 })
    })

    it.each<[string, (third: Buffer, other: Buffer) => Buffer]>([
      ["another's confirmation", (message, other) => spliced(message, other, 2, 34)],
      ["another's opening", (message, other) => spliced(message, other, 34)],
      ["all of another session by the same code", (_, other) => other],
      ["its confirmation changed at its start", (message) => flipped(message, 2)],
      ["its confirmation changed at its end", (message) => flipped(message, 33)],
      ["its opening changed at its start", (message) => flipped(message, 34)],
      ["its opening changed at its end", (message) => flipped(message, message.length - 17)],
      ["its tag changed", (message) => flipped(message, message.length - 1)],
      ["random bytes behind its head", (message) => Buffer.concat([message.subarray(0, 2), Buffer.alloc(message.length - 2, 7)])],
    ])("is that where it has %s", (_, change) => {
      const [begun, elsewhere] = [begin(corner, harbour), begin(corner, harbour)]
      const [message, other] = [begun, elsewhere].map((it) =>
        replyOf(it.retailer.receive(replyOf(it.distributor.receive(it.first))))
      )
      const changed = change(message, other)
      expect(workOfRefusal(() => begun.distributor.receive(changed))).toEqual(expected)
    })

    it("is that where whoever sent message 1 had another code", () => {
      const begun = begin(corner, harbour, { ofRetailer: { ...TERMS, secret: "M2PY" } })
      begun.distributor.receive(begun.first)
      expect(workOfRefusal(() => begun.distributor.receive(third))).toEqual(expected)
    })

    it.each(strangeOpenings(corner, "retailer", harbour))("is that for who knows the code and seals %s", (_, opening, sealing) => {
      const begun = begin(corner, harbour)
      const liar = lyingRetailer(TERMS, opening, corner.connection.private_key)
      const message = liar.answer(replyOf(begun.distributor.receive(liar.message)), opening, sealing)
      expect(workOfRefusal(() => begun.distributor.receive(message))).toEqual(expected)
    })

    const [one, two] = [openingOf(corner, "retailer", TERMS), openingOf(corner, "retailer", TERMS)]
    it.each<[string, Opening, Opening, PairingParty]>([
      ["another nonce than he committed to", one, two, corner],
      ["a certificate whose connection key he does not hold", one, one, thief],
    ])("is that for who knows the code and shows %s", (_, committed, said, { connection }) => {
      const begun = begin(corner, harbour)
      const liar = lyingRetailer(TERMS, committed, connection.private_key)
      const message = liar.answer(replyOf(begun.distributor.receive(liar.message)), said)
      expect(workOfRefusal(() => begun.distributor.receive(message))).toEqual(expected)
    })
  })

  describe("of the retailer, when message 4 is refused", () => {
    const upToFour = () => {
      const { first, retailer, distributor } = begin(corner, harbour)
      const third = replyOf(retailer.receive(replyOf(distributor.receive(first))))
      return { retailer, fourth: replyOf(distributor.receive(third)) }
    }

    it("is that of one comparison, as when it is taken", () => {
      const taken = upToFour()
      const { work } = workOf(() => taken.retailer.receive(taken.fourth))
      expect(work).toEqual({ ...NOTHING, timingSafeEqual: 1 })
      const strange = [
        (fourth: Buffer) => flipped(fourth, 2),
        (fourth: Buffer) => flipped(fourth, 33),
        () => writeMessage(4, Buffer.alloc(32)),
        () => upToFour().fourth,
      ]
      for (const change of strange) {
        const { retailer, fourth } = upToFour()
        const changed = change(fourth)
        expect(workOfRefusal(() => retailer.receive(changed))).toEqual(work)
      }
    })
  })
})
