import { randomBytes } from "node:crypto"
import fc from "fast-check"

import { uint32 } from "../../lib/crypto/encoding"
import { writeFrames } from "../../lib/relay/frames"
import { readSentBatch } from "../mailboxes/sent-batch"
import { RelayError } from "../relay-error"
import { sealedMessage, sealedMessages, withIdOf } from "./helpers/store"

function refusal(bytes: Buffer): string {
  try {
    readSentBatch(bytes)
  } catch (error) {
    if (error instanceof RelayError) {
      return `${error.status} ${error.code}: ${error.message}`
    }
    throw error
  }
  return "none"
}

describe("a batch as it was sent", () => {
  it("tells where each message is", () => {
    const messages = [sealedMessage(32), sealedMessage(1_024), sealedMessage(64)]
    const bytes = writeFrames(messages)
    const { count, frames } = readSentBatch(bytes)
    expect(count).toBe(3)
    expect(frames.map(({ start, size }) => bytes.subarray(start, start + size))).toEqual(messages)
    expect(frames.map(({ place }) => place)).toEqual([0, 1, 2])
  })

  it("has the first of each id", () => {
    const [one, two] = [sealedMessage(), sealedMessage()]
    const { count, frames } = readSentBatch(writeFrames([one, withIdOf(one, 32), two, two]))
    expect([count, frames.map(({ place }) => place)]).toEqual([4, [0, 2]])
  })

  it.each([
    ["nothing", Buffer.alloc(0), "400 frames_malformed: The body holds no message."],
    ["half a length", Buffer.alloc(3), "400 frames_malformed: Message 0 is longer than the body."],
    [
      "a lying length",
      Buffer.concat([uint32(2 ** 32 - 1), sealedMessage()]),
      "400 frames_malformed: Message 0 is longer than the body.",
    ],
    [
      "a length short by one",
      Buffer.concat([uint32(150), sealedMessage(32)]),
      "400 frames_malformed: Message 0 is of a length that no sealed message has.",
    ],
    [
      "a byte behind",
      Buffer.concat([writeFrames([sealedMessage()]), Buffer.alloc(1)]),
      "400 frames_malformed: Message 1 is longer than the body.",
    ],
    [
      "an empty message",
      writeFrames([sealedMessage(), Buffer.alloc(0)]),
      "400 frames_malformed: Message 1 is of a length that no sealed message has.",
    ],
    ["201 messages", writeFrames(sealedMessages(201, 32)), "413 too_large: A request sends at most 200 messages."],
    [
      "a million empty messages",
      Buffer.alloc(4_000_000),
      "400 frames_malformed: Message 0 is of a length that no sealed message has.",
    ],
  ])("is refused: %s", (_name, bytes, expected) => {
    expect(refusal(bytes)).toBe(expected)
  })

  it("is read or refused, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(refusal(Buffer.from(bytes))).toMatch(/^(none|400 frames_malformed)/)
      })
    )
  })

  it("never reaches outside the request, also when that is part of a larger buffer", () => {
    const pool = randomBytes(20_000)
    const request = writeFrames(sealedMessages(3, 32))
    request.copy(pool, 1_000)
    const { frames, bytes } = readSentBatch(pool.subarray(1_000, 1_000 + request.length))
    expect(bytes.equals(request)).toBe(true)
    // 151 bytes each, after 4 bytes of length.
    expect(frames.map(({ start }) => start)).toEqual([4, 159, 314])
  })
})
