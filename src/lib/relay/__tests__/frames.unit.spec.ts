import { randomBytes } from "node:crypto"

import fc from "fast-check"

import { readFrames, readMailboxFrames, writeFrames, writeMailboxFrames } from "../frames"

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

  it("take no more memory than they have bytes, whatever length they claim", () => {
    expect(readFrames(Buffer.from("ffffffff00", "hex"))).toBeUndefined()
  })
})
