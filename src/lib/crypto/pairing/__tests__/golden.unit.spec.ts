import { createDecipheriv, createHash, createHmac } from "node:crypto"
import { ristretto255 } from "@noble/curves/ed25519"

import { ed25519Pair } from "../../__tests__/ed25519-pair"
import { loadTweetnacl } from "../../__tests__/tweetnacl"
import { x25519PublicKey } from "../../x25519"
import type { PairingParty } from "../certificate"
import { seededBytes, seedRandom } from "./seeded-random"
import { begin, carry, TERMS } from "./stores"

jest.mock("node:crypto", () => ({
  ...jest.requireActual<object>("node:crypto"),
  randomBytes: jest.requireActual<typeof import("./seeded-random")>("./seeded-random").seededBytes,
}))

const nacl = loadTweetnacl()
const PROTOCOL = "medusa-wholesale pairing v1"

const sha256 = (...parts: (Uint8Array | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest()

/** A store whose keys follow from its name. */
function storeOf(name: string): PairingParty {
  const [identity, connection] = [sha256(`identity of ${name}`), sha256(`connection of ${name}`)]
  return {
    identity: ed25519Pair(identity),
    connection: { private_key: connection, public_key: x25519PublicKey(connection) },
    mailboxes: [`send-${name}`, `receive-${name}`],
    profile: Buffer.from(`{"name":"${name}"}`),
  }
}

// docs/security.md, "Pairing, byte by byte", once more and from nothing but node:crypto's hashes and cipher, tweetnacl
// and ristretto255.

const lp = (...parts: (Uint8Array | string)[]): Buffer =>
  Buffer.concat(
    parts
      .map((part) => Buffer.from(part))
      .flatMap((part) => [Buffer.from([0, 0, part.length >> 8, part.length & 255]), part])
  )
const hash = (label: string, ...parts: (Uint8Array | string)[]): Buffer => sha256(lp(`${PROTOCOL} ${label}`, ...parts))
const hmac = (key: Uint8Array, text: Uint8Array): Buffer => createHmac("sha256", key).update(text).digest()

/** RFC 5869 for at most 32 bytes. */
const hkdf = (secret: Uint8Array, salt: Uint8Array, label: string, bytes = 32): Buffer =>
  hmac(hmac(salt, secret), Buffer.concat([Buffer.from(`${PROTOCOL} ${label}`), Buffer.from([1])])).subarray(0, bytes)

/** Reads a list of parts, and what stands after as many as are asked for. */
function readParts(bytes: Buffer, count: number): { parts: Buffer[]; rest: Buffer } {
  const parts: Buffer[] = []
  let rest = bytes
  while (parts.length < count) {
    const length = rest.readUInt32BE(0)
    parts.push(rest.subarray(4, 4 + length))
    rest = rest.subarray(4 + length)
  }
  return { parts, rest }
}

function unseal(key: Buffer, associated: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("chacha20-poly1305", key, Buffer.alloc(12), { authTagLength: 16 })
  decipher.setAAD(associated, { plaintextLength: sealed.length - 16 }).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
}

interface Read {
  nonce: Buffer
  certificate: Buffer
  identity_key: Buffer
  connection_key: Buffer
  profile: Buffer
  mailboxes: string[]
}

function readOpening(opening: Buffer, role: string, channel: Buffer): Read {
  const { parts, rest } = readParts(opening, 2)
  const [nonce, certificate] = parts
  expect(opening.length % 1_024).toBe(0)
  expect(rest.every((byte) => byte === 0)).toBe(true)
  const [body, signature] = [certificate.subarray(0, -64), certificate.subarray(-64)]
  expect(body[0]).toBe(1)
  const identity_key = body.subarray(1, 33)
  const statement = lp(`${PROTOCOL} certificate`, role, channel, TERMS.session_id, body)
  expect(nacl.sign.detached.verify(statement, signature, identity_key)).toBe(true)
  const [profile, ...mailboxes] = readParts(body.subarray(65), 3).parts
  return {
    nonce,
    certificate,
    identity_key,
    connection_key: body.subarray(33, 65),
    profile,
    mailboxes: mailboxes.map(String),
  }
}

/** The pairing from its messages and what the distributor alone knows. */
function readAsDistributor(messages: readonly Buffer[], scalar: Buffer, connectionKey: Buffer) {
  const [first, second, third, fourth] = messages
  const channel = lp(PROTOCOL, TERMS.relay, TERMS.slot)
  expect([first, second, third, fourth].map((message) => [...message.subarray(0, 2)])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [1, 4],
  ])
  const [shareOfRetailer, commitment] = [first.subarray(2, 34), first.subarray(34, 66)]
  const [shareOfDistributor, confirmation, sealed] = [
    second.subarray(2, 34),
    second.subarray(34, 66),
    second.subarray(66),
  ]

  const exchange = hash("exchange", TERMS.session_id, commitment)
  const secretPoint = ristretto255.Point.fromBytes(shareOfRetailer)
    .multiply(BigInt(`0x${Buffer.from(scalar).reverse().toString("hex")}`))
    .toBytes()
  // CPace's own lengths are one byte here, as everything is shorter than 128.
  const lv = (...parts: Uint8Array[]): Buffer =>
    Buffer.concat(parts.flatMap((part) => [Buffer.from([part.length]), part]))
  const isk = createHash("sha512")
    .update(lv(Buffer.from("CPaceRistretto255_ISK"), exchange, secretPoint))
    .update(lv(shareOfRetailer, Buffer.concat([Buffer.from([1, 1]), commitment])))
    .update(lv(shareOfDistributor, Buffer.from([1, 2])))
    .digest()

  const t0 = hash("transcript", channel, TERMS.session_id)
  const t1 = hash("transcript", t0, first)
  const t2 = hash("transcript", t1, Buffer.from([1, 2]), shareOfDistributor)
  const t3 = hash("transcript", t2, sealed)
  expect(confirmation).toEqual(hmac(hkdf(isk, t2, "confirm code"), t3))
  const distributor = readOpening(unseal(hkdf(isk, t2, "seal distributor"), t2, sealed), "distributor", channel)
  const retailer = readOpening(unseal(hkdf(isk, t2, "seal retailer"), t3, third.subarray(34)), "retailer", channel)
  expect(commitment).toEqual(hash("commit", retailer.nonce, retailer.certificate))

  const t4 = hash(
    "transcript",
    t3,
    distributor.nonce,
    distributor.certificate,
    retailer.nonce,
    retailer.certificate
  )
  const secret = lp(isk, nacl.scalarMult(connectionKey, retailer.connection_key))
  expect(third.subarray(2, 34)).toEqual(hmac(hkdf(secret, t4, "confirm retailer"), t4))
  expect(fourth.subarray(2)).toEqual(hmac(hkdf(secret, t4, "confirm distributor"), t4))
  const derived = hkdf(lp(retailer.nonce, distributor.nonce), t4, "verifier", 16).toString("hex")
  const digits = BigInt(`0x${derived}`) % 10n ** 8n
  return {
    retailer,
    distributor,
    root_key: hkdf(secret, t4, "root key").toString("hex"),
    connection_id: hkdf(secret, t4, "connection id", 16).toString("hex"),
    verifier: digits.toString().padStart(8, "0").replace(/^.{4}/, "$&-"),
  }
}

describe("the pairing's bytes", () => {
  const [corner, harbour] = [storeOf("Corner Shop"), storeOf("Harbour Trading Co.")]
  seedRandom("golden")
  const { messages, retailer, distributor } = carry(begin(corner, harbour))

  it("are those of version 1", () => {
    expect(messages.map((message) => sha256(message).toString("hex"))).toEqual([
      "8a08b6bf708e06fe1b9f40b376b2803ecc17969294efc3eaf3c6fe387d07a7f1",
      "0aef7c2a942f1022a23955d94c36cb2f3099668e9abdbb5959316387f3508e68",
      "447f39d02dfe3347a6294f27d6cbdff7390d00afcdecfbe5e06463208671e0c2",
      "588871eba028b0516f1d7b6767b0b2b33a79ec48171564e65bd51a34c4b2df4d",
    ])
    expect(retailer.root_key.toString("hex")).toBe("e2a1803c64946be057d65049c564879888ac425f4519b70e8b1bc8761919e378")
    expect(retailer.connection_id).toBe("9e51e5fc146db5ad53d35a12a1343102")
    expect(retailer.verifier).toBe("4636-2939")
  })

  it("are read alike by a second reader, written from the documentation", () => {
    // Drawn in turn: the retailer's nonce, its scalar, the distributor's scalar.
    seedRandom("golden")
    const [, , scalar] = [seededBytes(32), seededBytes(32), seededBytes(32)]
    scalar[31] &= 0x0f
    const read = readAsDistributor(messages, scalar, harbour.connection.private_key)
    expect(read).toMatchObject({
      root_key: distributor.root_key.toString("hex"),
      connection_id: distributor.connection_id,
      verifier: distributor.verifier,
      retailer: distributor.partner,
      distributor: retailer.partner,
    })
  })
})
