import { randomBytes } from "node:crypto"
import fc from "fast-check"

import { assemble, firstSequence, splitDocument, type ReceivedChunk } from "../chunks"
import { CHUNK_BYTES, MANIFEST_BYTES } from "../layout"
import { sha256 } from "./independent"

const CAP = 4 * 1024 * 1024
const START = 41
const received = (document: Uint8Array, start = START): ReceivedChunk[] =>
  splitDocument(document).map((chunk) => ({ ...chunk, sequence: start + chunk.chunk_index }))
const three = randomBytes(2 * CHUNK_BYTES + 1234)

/** The chunks with one of them changed. */
function withChange(at: number, change: (chunk: ReceivedChunk) => Partial<ReceivedChunk>): ReceivedChunk[] {
  return received(three).map((chunk, index) => (index === at ? { ...chunk, ...change(chunk) } : chunk))
}

function edited(payload: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(payload)
  copy[at] ^= 1
  return copy
}

describe("splitDocument", () => {
  it.each([
    [0, 1],
    [1, 1],
    [CHUNK_BYTES, 1],
    [CHUNK_BYTES + 1, 2],
    [4 * CHUNK_BYTES, 4],
    [4 * CHUNK_BYTES + 1, 5],
  ])("cuts %i bytes into %i", (bytes, count) => {
    expect(splitDocument(Buffer.alloc(bytes))).toHaveLength(count)
  })

  it("puts total length, SHA-256 and count before the first of many, and nothing before an only one", () => {
    const [first] = splitDocument(three)
    const manifest = Buffer.from(first.payload.subarray(0, MANIFEST_BYTES))
    expect(manifest.readBigUInt64BE(0)).toBe(BigInt(three.length))
    expect(manifest.subarray(8, 40).equals(sha256(three))).toBe(true)
    expect(manifest.readUInt32BE(40)).toBe(3)
    expect(splitDocument(Buffer.from("small"))[0].payload.toString()).toBe("small")
  })

  it("copies no chunk but the first of many", () => {
    const chunks = splitDocument(three)
    expect(chunks.map(({ payload }) => payload.buffer === three.buffer)).toEqual([false, true, true])
  })
})

describe("assemble", () => {
  it("gives the document back from its chunks in any order, repeated", () => {
    const orders = fc.integer({ min: 1, max: 5 }).chain((count) => {
      const indexes = Array.from({ length: count }, (_, index) => index)
      const each = fc.shuffledSubarray(indexes, { minLength: count })
      const again = fc.array(fc.constantFrom(...indexes), { maxLength: 4 })
      return fc.tuple(again, each, again).map((parts) => ({ count, order: parts.flat() }))
    })
    fc.assert(
      fc.property(orders, ({ count, order }) => {
        const document = Buffer.alloc((count - 1) * CHUNK_BYTES + 17, count)
        const chunks = received(document)
        const assembled = assemble(order.map((index) => chunks[index]), CAP)
        expect(assembled.state === "complete" && assembled.document.equals(document)).toBe(true)
      }),
      { numRuns: 40 }
    )
  })

  it("names the sequences that have not come", () => {
    const [first, , last] = received(three)
    expect(assemble([last, last], CAP)).toEqual({ state: "incomplete", missing: [START, START + 1] })
    expect(assemble([last, first], CAP)).toEqual({ state: "incomplete", missing: [START + 1] })
    expect(assemble([], CAP)).toEqual({ state: "incomplete", missing: [] })
  })

  it("takes a document of the cap, and none above, however it is cut", () => {
    expect(assemble(received(Buffer.alloc(CAP)), CAP).state).toBe("complete")
    for (const [bytes, cap] of [
      [CAP + 1, CAP],
      [3 * CHUNK_BYTES, 3 * CHUNK_BYTES - 1],
      [CHUNK_BYTES, CHUNK_BYTES - 1],
      [10, 9],
    ]) {
      expect(assemble(received(Buffer.alloc(bytes)), cap)).toEqual({ state: "refused", reason: "too_large" })
    }
  })

  it("refuses at the first chunk what says it has more chunks than the cap, and takes no memory for it", () => {
    const huge = { chunk_index: 1, chunk_count: 2 ** 32 - 1, sequence: 2, payload: Buffer.alloc(CHUNK_BYTES) }
    const allocated = jest.spyOn(Buffer, "allocUnsafeSlow")
    expect(assemble([huge], CAP)).toEqual({ state: "refused", reason: "too_large" })
    expect(allocated).not.toHaveBeenCalled()
    assemble(received(three), CAP)
    expect(allocated.mock.calls).toEqual([[3 * CHUNK_BYTES]])
    allocated.mockRestore()
  })

  it.each<[string, () => ReceivedChunk[]]>([
    ["a byte of a chunk is another", () => withChange(1, ({ payload }) => ({ payload: edited(payload, 5) }))],
    ["a byte of the last chunk is another", () => withChange(2, ({ payload }) => ({ payload: edited(payload, 1233) }))],
    ["the last chunk is shorter", () => withChange(2, ({ payload }) => ({ payload: payload.subarray(1) }))],
    ["the last chunk is empty", () => withChange(2, () => ({ payload: Buffer.alloc(0) }))],
    ["a middle chunk is shorter", () => withChange(1, ({ payload }) => ({ payload: payload.subarray(1) }))],
    ["the first chunk is shorter", () => withChange(0, ({ payload }) => ({ payload: payload.subarray(1) }))],
    ["the first chunk is shorter than a manifest", () => withChange(0, () => ({ payload: Buffer.alloc(9) }))],
    ["the manifest has another length", () => withChange(0, ({ payload }) => ({ payload: edited(payload, 7) }))],
    ["the manifest has a length above 2^53", () => withChange(0, ({ payload }) => ({ payload: edited(payload, 0) }))],
    ["the manifest has another hash", () => withChange(0, ({ payload }) => ({ payload: edited(payload, 8) }))],
    ["the manifest has another count", () => withChange(0, ({ payload }) => ({ payload: edited(payload, 43) }))],
    ["a chunk has another count", () => withChange(1, () => ({ chunk_count: 4 }))],
    ["a chunk is beyond the last", () => withChange(2, () => ({ chunk_index: 3, sequence: START + 3 }))],
    ["two chunks change places", () => withChange(1, () => ({ chunk_index: 0, sequence: START }))],
    ["a chunk is of the next document", () => [...received(three).slice(0, 2), received(three, START + 3)[2]]],
    [
      "a chunk comes again with other bytes",
      () => [received(three)[1], ...withChange(1, ({ payload }) => ({ payload: edited(payload, 0) }))],
    ],
    [
      "a chunk comes again shorter",
      () => [...received(three), ...withChange(2, ({ payload }) => ({ payload: payload.subarray(0, 9) }))],
    ],
  ])("refuses when %s", (_, chunks) => {
    expect(assemble(chunks(), CAP)).toEqual({ state: "refused", reason: "mismatch" })
  })
})

describe("firstSequence", () => {
  it("is the same for all chunks of a document", () => {
    expect(new Set(received(three).map(firstSequence))).toEqual(new Set([START]))
  })
})
