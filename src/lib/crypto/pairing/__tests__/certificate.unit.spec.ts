import fc from "fast-check"

import { ed25519Sign } from "../../ed25519"
import { lengthPrefixed, uint32 } from "../../encoding"
import { issueCertificate, readCertificate, type PairingParty } from "../certificate"
import { pairingContext, type PairingRole } from "../terms"
import { storeOf, TERMS } from "./stores"

const holder = { ...pairingContext(TERMS), role: "retailer" as PairingRole }
const corner = storeOf("Corner Shop")

describe("certificate", () => {
  it("says again what it was issued with", () => {
    const mailboxes = fc.array(
      fc.string({ unit: "grapheme", maxLength: 100 }).filter((it) => Buffer.byteLength(it) <= 255),
      { maxLength: 8 }
    )
    fc.assert(
      fc.property(mailboxes, fc.uint8Array({ maxLength: 8_192 }), (mailboxes, profile) => {
        expect(readCertificate(holder, issueCertificate(holder, { ...corner, mailboxes, profile }))).toEqual({
          identity_key: corner.identity.public_key,
          connection_key: corner.connection.public_key,
          mailboxes,
          profile: Buffer.from(profile),
        })
      }),
      { numRuns: 50 }
    )
  })

  it.each<[string, Partial<typeof holder>]>([
    ["role", { role: "distributor" }],
    ["channel", { channel: pairingContext({ ...TERMS, slot: "K8" }).channel }],
    ["session id", { session_id: Buffer.alloc(32, 6) }],
  ])("is none for another %s", (_, other) => {
    const certificate = issueCertificate(holder, corner)
    expect(readCertificate(holder, certificate)).toBeDefined()
    expect(readCertificate({ ...holder, ...other }, certificate)).toBeUndefined()
  })

  it("is none when any bit differs, or when it was cut or lengthened", () => {
    const certificate = issueCertificate(holder, corner)
    for (let bit = 0; bit < certificate.length * 8; bit++) {
      const changed = Buffer.from(certificate)
      changed[bit >> 3] ^= 1 << (bit & 7)
      expect(readCertificate(holder, changed)).toBeUndefined()
    }
    for (let length = 0; length < certificate.length; length++) {
      expect(readCertificate(holder, certificate.subarray(0, length))).toBeUndefined()
    }
    expect(readCertificate(holder, Buffer.concat([certificate, Buffer.alloc(1)]))).toBeUndefined()
  })

  const keys = Buffer.concat([corner.identity.public_key, corner.connection.public_key])
  const [one, two] = [Buffer.from([1]), Buffer.from([2])]

  it.each<[string, Buffer[]]>([
    ["of another version", [two, keys, lengthPrefixed(corner.profile)]],
    ["without a profile", [one, keys]],
    ["with a profile that is too long", [one, keys, lengthPrefixed(Buffer.alloc(8_193))]],
    ["with nine mailboxes", [one, keys, lengthPrefixed(corner.profile, ...Array.from({ length: 9 }, String))]],
    ["with a mailbox that is too long", [one, keys, lengthPrefixed(corner.profile, "x".repeat(256))]],
    ["with a mailbox that is no text", [one, keys, lengthPrefixed(corner.profile, Buffer.from([0xff]))]],
    ["with a length beyond its end", [one, keys, lengthPrefixed(corner.profile), uint32(1)]],
    ["with half a length at its end", [one, keys, lengthPrefixed(corner.profile), Buffer.alloc(3)]],
    ["that ends in its keys", [one, keys.subarray(0, 63)]],
  ])("is none %s, though its holder signed it", (_, parts) => {
    const { role, channel, session_id } = holder
    const body = Buffer.concat(parts)
    const statement = lengthPrefixed("medusa-wholesale pairing v1 certificate", role, channel, session_id, body)
    const signature = ed25519Sign(corner.identity, statement)
    expect(readCertificate(holder, Buffer.concat([body, signature]))).toBeUndefined()
  })

  it("is none when its identity is of low order, which would let one signature fit many certificates", () => {
    // The group's identity: R = 1 and S = 0 then solve S·B = R + k·A for every message.
    const identity = Buffer.concat([one, Buffer.alloc(31)])
    const body = Buffer.concat([one, identity, corner.connection.public_key, lengthPrefixed(corner.profile)])
    const signature = Buffer.concat([identity, Buffer.alloc(32)])
    expect(readCertificate(holder, Buffer.concat([body, signature]))).toBeUndefined()
  })

  it.each<[string, Partial<PairingParty>]>([
    ["a profile of 8,193 bytes", { profile: Buffer.alloc(8_193) }],
    ["nine mailboxes", { mailboxes: Array.from({ length: 9 }, String) }],
    ["a mailbox of 256 bytes", { mailboxes: ["é".repeat(128)] }],
  ])("is not issued with %s", (_, party) => {
    expect(() => issueCertificate(holder, { ...corner, ...party })).toThrow(RangeError)
  })

  it("is issued up to its limits, and read", () => {
    const mailboxes = Array.from({ length: 8 }, () => "x".repeat(255))
    const certificate = issueCertificate(holder, { ...corner, profile: Buffer.alloc(8_192, 1), mailboxes })
    expect(readCertificate(holder, certificate)?.mailboxes).toEqual(mailboxes)
  })
})
