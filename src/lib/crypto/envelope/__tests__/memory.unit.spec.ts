import { randomBytes } from "node:crypto"
import fc from "fast-check"

import { allocationOf } from "../../__tests__/allocation"
import { assemble, splitDocument, type ReceivedChunk } from "../chunks"
import { deriveDirectionKey, directionKey, type Direction } from "../direction-key"
import { CHUNK_BYTES, MANIFEST_BYTES, OVERHEAD_BYTES, PADDED_CHUNK_BYTES, SEALED_MAX_BYTES } from "../layout"
import { openMessage } from "../message"
import { paddedLength } from "../padding"
import { frameOf, kidOfKey, sealRaw } from "./independent"

const SEED = 20261130
/** Node's pool, and what is small whatever came. */
const SLACK_BYTES = 16 * 1024
const CAP = 2 * 1024 * 1024

const where: Direction = { connection_id: "whpair_1", sender: "distributor", epoch: 3 }
const secret = deriveDirectionKey(Buffer.alloc(32, 1), where)
const key = directionKey(where, secret)
const kid = kidOfKey(secret)

const uint32 = fc.oneof(fc.nat({ max: 9 }), fc.constantFrom(CHUNK_BYTES, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
const uint64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 9n }),
  fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
)
/** Lengths around those that messages have, and beyond them. */
const bytesLong = fc.oneof(
  fc.nat({ max: 2_000 }),
  fc.nat({ max: CHUNK_BYTES }).map((bytes) => OVERHEAD_BYTES + paddedLength(bytes)),
  fc.constantFrom(SEALED_MAX_BYTES - 1, SEALED_MAX_BYTES, SEALED_MAX_BYTES + 1, 1024 * 1024)
)
const head = fc.record({
  version: fc.constantFrom(0, 1, 2, 255),
  suite: fc.constantFrom(0, 1, 2, 255),
  kid: fc.constantFrom(kid, Buffer.alloc(8, 0xff)),
})

/** Fills with what is the same in each run, so that a failure can be repeated. */
const filled = (length: number): Buffer => Buffer.alloc(length, 0xa5)

describe("opening a message", () => {
  it("takes its length once and no more, whatever its bytes are", () => {
    let deciphered = 0
    fc.assert(
      fc.property(bytesLong, head, (length, { version, suite, kid: named }) => {
        const message = filled(length)
        Buffer.concat([Buffer.from([version, suite]), named]).copy(message)
        const { result, bytes } = allocationOf(() => openMessage([key], message))
        expect(result).toBeUndefined()
        expect(bytes).toBeLessThanOrEqual(length + SLACK_BYTES)
        deciphered += bytes >= length - OVERHEAD_BYTES && length > SLACK_BYTES ? 1 : 0
      }),
      { numRuns: 300, seed: SEED }
    )
    // What is measured sees what is there: large ones were deciphered, into a buffer as large.
    expect(deciphered).toBeGreaterThan(10)
  })

  it("takes no more for what its partner claims inside, of lengths, chunks and sequences", () => {
    const fields = fc.record({
      length: uint32,
      sequence: uint64,
      time: uint64,
      type: fc.nat({ max: 255 }),
      previous: fc.constant(Buffer.alloc(32)),
      index: uint32,
      count: uint32,
      rest: fc
        .oneof(fc.nat({ max: 4_000 }).map(paddedLength), fc.constant(PADDED_CHUNK_BYTES), fc.nat({ max: 300 }))
        .map((padded) => Buffer.alloc(padded)),
    })
    fc.assert(
      fc.property(fields, head, (frame, { version, suite }) => {
        const header = Buffer.concat([Buffer.from([version, suite]), kid, Buffer.alloc(32, 6)])
        const message = sealRaw(secret, header, where, frameOf(frame))
        const { result, bytes } = allocationOf(() => openMessage([key], message))
        expect(bytes).toBeLessThanOrEqual(message.length + SLACK_BYTES)
        expect(result?.payload.length ?? 0).toBeLessThanOrEqual(CHUNK_BYTES + MANIFEST_BYTES)
      }),
      { numRuns: 300, seed: SEED }
    )
  })
})

describe("putting a document together", () => {
  const document = randomBytes(3 * CHUNK_BYTES + 99)
  const parts = splitDocument(document)
  const payloads = [parts[0].payload, parts[1].payload, parts[3].payload, filled(CHUNK_BYTES + MANIFEST_BYTES), filled(9), filled(0)]

  /** A first chunk that says it is of a document of any length, cut into any number. */
  const claiming = fc.tuple(uint64, uint32, fc.constantFrom(...payloads)).map(([total, count, payload]) => {
    const claimed = Buffer.from(payload)
    if (claimed.length >= MANIFEST_BYTES) {
      claimed.writeBigUInt64BE(total, 0)
      claimed.writeUInt32BE(count, 40)
    }
    return claimed
  })
  const chunkCount = fc.oneof({ weight: 3, arbitrary: fc.constant(4) }, uint32)
  const chunk: fc.Arbitrary<ReceivedChunk> = fc.record({
    sequence: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(2 ** 53 - 1)),
    chunk_index: fc.oneof(fc.nat({ max: 4 }), uint32),
    chunk_count: chunkCount,
    payload: fc.oneof(fc.constantFrom(...payloads), claiming),
  })
  const honest = parts.map((part) => ({ ...part, sequence: 1 + part.chunk_index }))
  /** Some of the document's own chunks, and strange ones anywhere between. */
  const chunks = fc.tuple(fc.subarray(honest), fc.array(chunk, { maxLength: 4 }), fc.nat()).map(([own, strange, at]) => {
    const place = at % (own.length + 1)
    return [...own.slice(0, place), ...strange, ...own.slice(place)]
  })
  const least = ({ chunk_count, payload }: ReceivedChunk): number =>
    chunk_count > 1 ? (chunk_count - 1) * CHUNK_BYTES + 1 : payload.length

  it("takes the cap and a chunk at most, whatever chunks and manifests claim, and nothing for what says it is larger", () => {
    const ends = new Map<string, number>()
    fc.assert(
      fc.property(chunks, (given) => {
        const { result, bytes } = allocationOf(() => assemble(given, CAP))
        expect(bytes).toBeLessThanOrEqual(CAP + CHUNK_BYTES + SLACK_BYTES)
        if (given.length > 0 && least(given[0]) > CAP) {
          expect(result).toEqual({ state: "refused", reason: "too_large" })
          expect(bytes).toBeLessThanOrEqual(SLACK_BYTES)
        }
        if (result.state === "complete") {
          expect(result.document.length).toBeLessThanOrEqual(CAP)
        }
        const end = result.state === "refused" ? result.reason : result.state
        ends.set(end, (ends.get(end) ?? 0) + 1)
      }),
      { numRuns: 500, seed: SEED }
    )
    expect([...ends.keys()].sort()).toEqual(["complete", "incomplete", "mismatch", "too_large"])
  })

  it("takes what all the chunks of a document of the cap take, and that is what is measured", () => {
    const largest = splitDocument(Buffer.alloc(CAP)).map((part) => ({ ...part, sequence: 1 + part.chunk_index }))
    const { result, bytes } = allocationOf(() => assemble(largest, CAP))
    expect(result.state).toBe("complete")
    expect(bytes).toBeGreaterThanOrEqual(CAP)
    expect(bytes).toBeLessThanOrEqual(CAP + SLACK_BYTES)
  })
})
