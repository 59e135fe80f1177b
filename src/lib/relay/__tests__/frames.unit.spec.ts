import { randomBytes } from "node:crypto"

import fc from "fast-check"

import { allocationOf } from "../../crypto/__tests__/allocation"
import { uint32 } from "../../crypto/encoding"
import { readFrames, readMailboxFrames, writeFrames, writeMailboxFrames } from "../frames"

/** Node's pool, and what is small whatever came. */
const SLACK_BYTES = 16 * 1024

describe("frames", () => {
  it("come out as they went in", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (messages) => {
        expect(readFrames(writeFrames(messages))).toEqual(messages.map((it) => Buffer.from(it)))
      })
    )
  })

  it("keep the mailbox of each message", () => {
    const frames = [0, 1, 40].map((length) => ({
      mailbox: randomBytes(16).toString("base64url"),
      sealed: randomBytes(length),
    }))
    expect(readMailboxFrames(writeMailboxFrames(frames))).toEqual(frames)
  })

  it("are nothing when cut anywhere but between two", () => {
    const bytes = writeFrames([randomBytes(5), randomBytes(7)])
    // 4 + 5 and 4 + 7
    const ends = new Set([0, 9, 20])
    for (let length = 0; length <= bytes.length; length++) {
      expect(readFrames(bytes.subarray(0, length)) !== undefined).toBe(ends.has(length))
    }
  })

  it("name a mailbox or are nothing", () => {
    expect(readMailboxFrames(writeFrames([randomBytes(15)]))).toBeUndefined()
    expect(readMailboxFrames(writeFrames([randomBytes(16)]))).toHaveLength(1)
  })

  it("are as many as they may be, or nothing", () => {
    const bytes = writeMailboxFrames(Array(3).fill({ mailbox: "A".repeat(22), sealed: randomBytes(9) }))
    expect([readMailboxFrames(bytes, 2), readMailboxFrames(bytes, 3)?.length]).toEqual([undefined, 3])
  })

  it("take no memory, whatever lengths they claim, and make no more parts than there may be messages", () => {
    const MOST = 500
    /** Up to 4 MiB of one message after another, of a length that is repeated, with noise before or after. */
    const repeated = fc
      .record({
        claimed: fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(2 ** 31, 2 ** 32 - 1)),
        actual: fc.nat({ max: 40 }),
        total: fc.constantFrom(0, 100, 20_000, 4 * 1024 * 1024),
        noise: fc.uint8Array({ maxLength: 30 }),
        first: fc.boolean(),
      })
      .map(({ claimed, actual, total, noise, first }) => {
        const frames = Buffer.alloc(total, Buffer.concat([uint32(claimed), Buffer.alloc(actual)]))
        return Buffer.concat(first ? [noise, frames] : [frames, noise])
      })
    const ends = { read: 0, refused: 0 }
    fc.assert(
      fc.property(fc.oneof(repeated, fc.uint8Array({ maxLength: 3_000 }).map((it) => Buffer.from(it))), (bytes) => {
        const { result, bytes: taken, views } = allocationOf(() => readMailboxFrames(bytes, MOST))
        expect(taken).toBeLessThanOrEqual(SLACK_BYTES)
        // One for each message, and one for what is sealed in it.
        expect(views).toBeLessThanOrEqual(2 * MOST)
        expect(result?.length ?? 0).toBeLessThanOrEqual(MOST)
        ends[result ? "read" : "refused"] += 1
      }),
      { numRuns: 200, seed: 20261130 }
    )
    expect(Object.values(ends).every((times) => times > 0)).toBe(true)
  })
})
