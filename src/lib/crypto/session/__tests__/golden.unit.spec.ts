import { createPrivateKey, createPublicKey, diffieHellman, verify } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"

import { verifyDocument, type DocumentSignature } from "../../envelope/signature"
import { decode, directionKeyOf, rootAfter, sha256, statement } from "../../envelope/__tests__/independent"
import { typeOf } from "../../envelope/message-type"
import { INPUT, longDocument, playGolden, SIGNED, type GoldenMessage } from "./golden-scenario"

interface GoldenVectors {
  input: typeof INPUT
  roots: string[]
  messages: GoldenMessage[]
  signature: DocumentSignature
}

const golden = JSON.parse(readFileSync(join(__dirname, "golden-vectors.json"), "utf8")) as GoldenVectors
const played = playGolden()
const hex = (text: string): Buffer => Buffer.from(text, "hex")
/** By their bytes, from 1, as docs/security.md has them. */
const TYPES = ["document", "receipt", "gap_request", "heartbeat", "rekey_offer", "rekey_accept", "revoke", "out_of_step"]
const ASIDE = ["receipt", "gap_request", "heartbeat", "out_of_step"]

/** X25519 keys with node:crypto alone. */
const privateKey = (raw: string) =>
  createPrivateKey({ key: hex(`302e020100300506032b656e04220420${raw}`), format: "der", type: "pkcs8" })
const rawPublic = (raw: string) => createPublicKey(privateKey(raw)).export({ format: "der", type: "spki" }).subarray(-32)

describe("frozen messages", () => {
  it("are what this version seals, to the byte", () => {
    expect(golden.input).toEqual(INPUT)
    expect(played.messages.map(({ bytes, ...message }) => JSON.parse(JSON.stringify(message)))).toEqual(golden.messages)
    expect(played.roots).toEqual(golden.roots)
    expect(played.signature).toEqual(golden.signature)
  })

  it("hold a message of each type that a byte can say, in either direction and epoch, and chunks", () => {
    const every = Array.from({ length: 256 }, (_, code) => typeOf(code)).filter((type) => type !== undefined)
    expect(every).toEqual(TYPES)
    expect(new Set(golden.messages.map(({ type }) => type))).toEqual(new Set(every))
    const kinds = new Set(golden.messages.map(({ sender, epoch }) => `${sender} ${epoch}`))
    expect(kinds).toEqual(new Set(["distributor 0", "retailer 0", "distributor 1", "retailer 1"]))
  })

  it("have the second root from the first by both ephemeral keys, as a second implementation derives it", () => {
    const { offer_private_key, accept_private_key, connection_id } = golden.input
    const [offer, accept] = [rawPublic(offer_private_key), rawPublic(accept_private_key)]
    const secret = diffieHellman({
      privateKey: privateKey(offer_private_key),
      publicKey: createPublicKey(privateKey(accept_private_key)),
    })
    const root = rootAfter(hex(golden.roots[0]), secret, { offer, accept, connection_id, epoch: 1 })
    expect(root.toString("hex")).toBe(golden.roots[1])
  })

  it("are opened by a second implementation, field by field, each chained to the one before", () => {
    const { connection_id } = golden.input
    const last: Record<string, string> = { distributor: "00".repeat(32), retailer: "00".repeat(32) }
    const chunks: Buffer[] = []
    golden.messages.forEach((message, index) => {
      const { sender, epoch, type, random, sequence, time_ms, payload } = message
      // A chunk is too long to be kept: it is sealed anew, and its hash is frozen.
      const sealed = message.sealed ? hex(message.sealed) : played.messages[index].bytes
      expect(sha256(sealed).toString("hex")).toBe(message.sealed_sha256)

      const where = { connection_id, sender, epoch }
      const opened = decode(directionKeyOf(hex(golden.roots[epoch]), where), where, sealed)
      expect(opened).toMatchObject({ sequence, time_ms, type: TYPES.indexOf(type) + 1, previous_hash: last[sender] })
      expect(opened.id + opened.salt).toBe(random)
      if (payload === undefined) {
        expect([opened.chunk_index, opened.chunk_count, opened.padded]).toEqual([chunks.length, 2, 262_188])
        chunks.push(opened.payload)
      } else {
        expect([opened.chunk_index, opened.chunk_count]).toEqual([0, 1])
        expect(opened.payload.toString("hex")).toBe(payload)
      }
      if (!ASIDE.includes(type)) {
        last[sender] = message.sealed_sha256
      }
    })
    const joined = Buffer.concat(chunks)
    expect(joined.readBigUInt64BE(0)).toBe(300_000n)
    expect(joined.readUInt32BE(40)).toBe(2)
    expect(joined.subarray(8, 40).equals(sha256(longDocument()))).toBe(true)
    expect(joined.subarray(44).equals(longDocument())).toBe(true)
  })

  it("carry a signature that a second implementation verifies", () => {
    const signer = Buffer.from(golden.signature.signer, "base64")
    const spki = Buffer.concat([hex("302a300506032b6570032100"), signer])
    const key = createPublicKey({ key: spki, format: "der", type: "spki" })
    const signature = Buffer.from(golden.signature.signature, "base64")
    expect(verify(null, statement({ ...SIGNED, signer }), key, signature)).toBe(true)
    expect(verifyDocument(signer, SIGNED, golden.signature)).toBe(true)
  })
})
