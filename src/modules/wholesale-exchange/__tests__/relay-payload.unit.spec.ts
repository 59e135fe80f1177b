import fc from "fast-check"

import { contentHash } from "../../../lib/hash/content-hash"
import { DOCUMENT_BYTES, DOCUMENT_VALUES, isModest, readPayload, writePayload } from "../domain/relay-payload"
import { isStorable, storableText } from "../domain/storable"
import { contentHashInParts } from "../relay/content-hash-in-parts"

const document = {
  type: "order",
  id: "whord_1",
  revision: 3,
  incarnation: 1,
  issued_at: "2026-11-30T10:00:00.000Z",
  body: { version: 1, lines: [{ sku: "A" }] },
}
const read = (given: object) => readPayload(Buffer.from(JSON.stringify(given)))

describe("a payload", () => {
  it("is read as it was written, and without what does not belong to it", () => {
    const signature = { signer: "AAAA", signature: "BBBB" }
    expect(readPayload(writePayload({ document, signature }))).toEqual({ document, signature })
    expect(readPayload(writePayload({ document }))).toEqual({ document })
    expect(read({ document: { ...document, more: 1 }, signature: { ...signature, more: "\0" }, else: 1 })).toEqual({
      document,
      signature,
    })
  })

  it.each([
    ["a list", []],
    ["no document", {}],
    ["no type", { document: { ...document, type: "" } }],
    ["a type too long", { document: { ...document, type: "x".repeat(65) } }],
    ["an id that is none", { document: { ...document, id: 7 } }],
    ["NUL in its id", { document: { ...document, id: "a\0" } }],
    ["half a character in its type", { document: { ...document, type: "\ud800" } }],
    ["a revision of 0", { document: { ...document, revision: 0 } }],
    ["a revision beyond the database's", { document: { ...document, revision: 2 ** 31 } }],
    ["half an incarnation", { document: { ...document, incarnation: 1.5 } }],
    ["no time", { document: { ...document, issued_at: "soon" } }],
    ["a time before all documents", { document: { ...document, issued_at: "0001-01-01T00:00:00Z" } }],
    ["a body that is a list", { document: { ...document, body: [] } }],
  ])("with %s is none", (_, given) => {
    expect(read(given)).toBeUndefined()
  })

  it.each([
    ["is no object", "signed"],
    ["holds no base64", { signer: "\0", signature: "AAAA" }],
    ["is longer than any", { signer: "AAAA", signature: "A".repeat(100) }],
  ])("whose signature %s has none", (_, signature) => {
    expect(read({ document, signature })).toEqual({ document })
  })

  it("has so many bytes and so many values at most", () => {
    expect(isModest(Buffer.alloc(DOCUMENT_BYTES, "x"))).toBe(true)
    expect(isModest(Buffer.alloc(DOCUMENT_BYTES + 1, "x"))).toBe(false)
    expect(isModest(Buffer.concat([Buffer.alloc(DOCUMENT_VALUES, ","), Buffer.from("x")]))).toBe(true)
    for (const sign of [",", "[", "{"]) {
      expect(isModest(Buffer.alloc(DOCUMENT_VALUES + 1, sign))).toBe(false)
    }
  })
})

describe("what a database takes", () => {
  it.each([
    ["a text", "whole 😀", true],
    ["numbers and nothing", [1, null, true, 1e300], true],
    ["NUL", { a: ["\0"] }, false],
    ["NUL in a name", { "\0": 1 }, false],
    ["half a character", "\ud83d", false],
    ["the other half", ["\ude00x"], false],
  ])("is told of %s", (_, value, storable) => {
    expect(isStorable(value)).toBe(storable)
  })

  it("is nested 64 deep and no deeper", () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
    expect([isStorable(nested(64)), isStorable(nested(65))]).toEqual([true, false])
  })

  it("is a text without NUL", () => {
    expect(storableText("a\0b\0")).toBe("ab")
  })
})

describe("a content hash in parts", () => {
  it("is the content hash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value))
        expect(await contentHashInParts(parsed)).toBe(contentHash(parsed))
      }),
      { numRuns: 300, seed: 20261130 }
    )
  })

  it("lets others run in between", async () => {
    const items = Array.from({ length: 20_000 }, (_, index) => ({ sku: `SKU-${index}`, title: "x".repeat(100), price: index }))
    let turns = 0
    const counting = setInterval(() => (turns += 1), 0)
    const hash = await contentHashInParts({ version: 1, items })
    clearInterval(counting)
    expect(hash).toBe(contentHash({ items, version: 1 }))
    expect(turns).toBeGreaterThan(0)
  })
})
