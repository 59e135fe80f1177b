import { createPublicKey, verify } from "node:crypto"

import { contentHash } from "../../../hash/content-hash"
import { ed25519Pair } from "../../__tests__/ed25519-pair"
import { ed25519Signer } from "../../ed25519"
import { signDocument, verifyDocument, type SignedDocument } from "../signature"
import { statement } from "./independent"

const identity = ed25519Signer(ed25519Pair(Buffer.alloc(32, 1)))
const signer = identity.public_key
const document: SignedDocument = {
  type: "purchase_order",
  id: "whpo_1",
  revision: 3,
  incarnation: 1,
  content_hash: contentHash({ version: 1, lines: [{ sku: "A-1", quantity: 5 }] }),
  connection_id: "whpair_1",
}
const signature = signDocument(identity, document)

describe("document signatures", () => {
  it("hold for what was signed, by who signed it", () => {
    expect(verifyDocument(signer, document, signature)).toBe(true)
  })

  it.each<[string, Partial<SignedDocument>]>([
    ["type", { type: "invoice" }],
    ["id", { id: "whpo_2" }],
    ["revision", { revision: 4 }],
    ["incarnation", { incarnation: 2 }],
    ["content", { content_hash: contentHash({ version: 1, lines: [{ sku: "A-1", quantity: 6 }] }) }],
    ["connection", { connection_id: "whpair_2" }],
    ["parts that only read the same when joined", { type: "purchase_orde", id: "rwhpo_1" }],
    ["content hash that is none", { content_hash: "" }],
    ["content hash in capitals", { content_hash: document.content_hash.toUpperCase() }],
    ["revision that is none", { revision: 3.5 }],
  ])("do not hold for another %s", (_, other) => {
    expect(verifyDocument(signer, { ...document, ...other }, signature)).toBe(false)
  })

  it("do not hold for another store, nor in its name", () => {
    const thief = ed25519Signer(ed25519Pair(Buffer.alloc(32, 2)))
    const stolen = signDocument(thief, document)
    expect(verifyDocument(signer, document, stolen)).toBe(false)
    expect(verifyDocument(signer, document, { ...stolen, signer: signature.signer })).toBe(false)
    expect(verifyDocument(thief.public_key, document, { ...signature, signer: stolen.signer })).toBe(false)
  })

  it("do not hold with any bit of the signature flipped, nor in another spelling of it", () => {
    const bytes = Buffer.from(signature.signature, "base64")
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3] ^= 1 << (bit & 7)
      expect(verifyDocument(signer, document, { ...signature, signature: flipped.toString("base64") })).toBe(false)
    }
    const spellings = [bytes.toString("base64url"), `${signature.signature}\n`, `${signature.signature}AAAA`, ""]
    for (const spelling of spellings) {
      expect(verifyDocument(signer, document, { ...signature, signature: spelling })).toBe(false)
    }
  })

  it("do not hold for a signature of the same key on other things", () => {
    const bare = identity.sign(Buffer.from(document.content_hash, "hex")).toString("base64")
    expect(verifyDocument(signer, document, { ...signature, signature: bare })).toBe(false)
  })

  it("are Ed25519 on the statement that the documentation spells out", () => {
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), signer])
    const key = createPublicKey({ key: spki, format: "der", type: "spki" })
    const bytes = Buffer.from(signature.signature, "base64")
    expect(verify(null, statement({ ...document, signer }), key, bytes)).toBe(true)
  })

  it.each<[string, Partial<SignedDocument>]>([
    ["content hash", { content_hash: "abc" }],
    ["revision", { revision: -1 }],
    ["incarnation", { incarnation: 2 ** 53 }],
  ])("are not given on a %s that is none", (_, wrong) => {
    expect(() => signDocument(identity, { ...document, ...wrong })).toThrow(RangeError)
  })
})
