import crypto from "node:crypto"
import fc from "fast-check"

import { deriveDirectionKey, directionKey, type Direction } from "../direction-key"
import type { Frame } from "../frame"
import { CHUNK_BYTES, OVERHEAD_BYTES, PADDED_CHUNK_BYTES } from "../layout"
import { openMessage, readMessageId, sealedHash, sealMessage } from "../message"
import { paddedLength } from "../padding"
import { frameOf, kidOfKey, sealRaw } from "./independent"
import { workOf } from "../../__tests__/work"

const root: Uint8Array = Buffer.alloc(32, 1)
const where: Direction = { connection_id: "whpair_1", sender: "distributor", epoch: 3 }
const secretOf = (direction: Direction, from = root) => deriveDirectionKey(from, direction)
const keyOf = (direction: Direction, from = root) => directionKey(direction, secretOf(direction, from))
const key = keyOf(where)
const frame: Frame = {
  type: "document",
  sequence: 7,
  time_ms: 1_800_000_000_000,
  previous_hash: Buffer.alloc(32, 9),
  chunk_index: 0,
  chunk_count: 1,
  payload: Buffer.from("a purchase order"),
}

describe("sealMessage and openMessage", () => {
  it.each([0, 1, 31, 32, 33, 1024, 65_537, CHUNK_BYTES])("open what they sealed: %i bytes", (bytes) => {
    const payload = crypto.randomBytes(bytes)
    const { id, bytes: sealed } = sealMessage(key, { ...frame, payload })
    expect(sealed).toHaveLength(OVERHEAD_BYTES + paddedLength(bytes))
    const opened = openMessage([key], sealed)
    expect({ ...opened, payload: opened?.payload.equals(payload) }).toEqual({ ...frame, payload: true, id, epoch: 3 })
  })

  it("open any frame that may be written", () => {
    const frames = fc.record({
      type: fc.constantFrom("document", "receipt", "gap_request", "heartbeat", "rekey_offer", "rekey_accept", "revoke"),
      sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      time_ms: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      previous_hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
      payload: fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      chunk_index: fc.constant(0),
      chunk_count: fc.constant(1),
    })
    fc.assert(
      fc.property(frames, (any) => {
        const { id, bytes } = sealMessage(key, any)
        expect(openMessage([key], bytes)).toEqual({ ...any, id, epoch: 3 })
      }),
      { numRuns: 200 }
    )
  })

  it("pad every chunk of a cut document alike, so that the last one's length does not show", () => {
    const first = { ...frame, chunk_count: 2, payload: Buffer.alloc(PADDED_CHUNK_BYTES, 1) }
    const last = { ...frame, sequence: 8, chunk_index: 1, chunk_count: 2, payload: Buffer.from("x") }
    const sealed = [first, last].map((chunk) => sealMessage(key, chunk).bytes)
    expect(sealed.map(({ length }) => length)).toEqual(Array(2).fill(OVERHEAD_BYTES + PADDED_CHUNK_BYTES))
    expect(openMessage([key], sealed[1])?.payload.toString()).toBe("x")
  })

  it("show nothing of the payload, and seal it differently each time under another id", () => {
    const sealed = Array.from({ length: 50 }, () => sealMessage(key, frame))
    expect(new Set(sealed.map(({ id }) => id)).size).toBe(50)
    expect(new Set(sealed.map(({ bytes }) => bytes.toString("hex", 42))).size).toBe(50)
    expect(sealed.every(({ bytes }) => !bytes.includes("purchase"))).toBe(true)
  })

  it("open a message that stands in the middle of another buffer", () => {
    const { bytes } = sealMessage(key, frame)
    const around = Buffer.concat([Buffer.alloc(5, 1), bytes, Buffer.alloc(5, 2)])
    expect(openMessage([key], new Uint8Array(around.buffer, around.byteOffset + 5, bytes.length))).toBeDefined()
  })

  it.each<[string, Partial<Frame>]>([
    ["a payload above a chunk", { payload: Buffer.alloc(CHUNK_BYTES + 1) }],
    ["a middle chunk that is not full", { chunk_count: 3, chunk_index: 1, payload: Buffer.alloc(9) }],
    ["a last chunk of nothing", { chunk_count: 2, chunk_index: 1, payload: Buffer.alloc(0) }],
    ["a chunk beyond the last", { chunk_count: 2, chunk_index: 2 }],
    ["chunks of what is no document", { type: "receipt", chunk_count: 2, chunk_index: 1 }],
    ["no sequence", { sequence: 0 }],
    ["half a sequence", { sequence: 1.5 }],
    ["a sequence beyond 2^53", { sequence: 2 ** 53 }],
    ["a time before 1970", { time_ms: -1 }],
    ["a hash that is none", { previous_hash: Buffer.alloc(31) }],
  ])("do not seal %s", (_, wrong) => {
    expect(() => sealMessage(key, { ...frame, ...wrong })).toThrow(RangeError)
  })
})

describe("openMessage refuses", () => {
  const { bytes: sealed } = sealMessage(key, frame)

  it("every message with one bit flipped", () => {
    let accepted = 0
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Buffer.from(sealed)
      flipped[bit >> 3] ^= 1 << (bit & 7)
      accepted += openMessage([key], flipped) ? 1 : 0
    }
    expect(accepted).toBe(0)
  })

  it("a flipped bit at every 211th byte of a whole chunk", () => {
    const { bytes } = sealMessage(key, { ...frame, payload: crypto.randomBytes(CHUNK_BYTES) })
    let accepted = 0
    for (let at = 0; at < bytes.length; at += 211) {
      bytes[at] ^= 0x10
      accepted += openMessage([key], bytes) ? 1 : 0
      bytes[at] ^= 0x10
    }
    expect(accepted).toBe(0)
    expect(openMessage([key], bytes)).toBeDefined()
  })

  it("every message cut short, also to a length that a message may have, at either end", () => {
    const { bytes } = sealMessage(key, { ...frame, payload: Buffer.alloc(1000, 5) })
    let accepted = 0
    for (let length = 0; length < bytes.length; length++) {
      accepted += openMessage([key], bytes.subarray(0, length)) ? 1 : 0
      accepted += openMessage([key], bytes.subarray(bytes.length - length)) ? 1 : 0
    }
    expect(accepted).toBe(0)
  })

  it("every message with bytes appended, put before, or put before the tag", () => {
    let accepted = 0
    for (let more = 1; more < 1000; more++) {
      const added = Buffer.alloc(more)
      const [head, tag] = [sealed.subarray(0, -16), sealed.subarray(-16)]
      for (const changed of [[sealed, added], [added, sealed], [head, added, tag], [sealed, sealed]]) {
        accepted += openMessage([key], Buffer.concat(changed)) ? 1 : 0
      }
    }
    expect(accepted).toBe(0)
  })

  it("every mixture of the fields of two messages, of one direction or of two", () => {
    const others = [where, { ...where, epoch: 4 }, { ...where, sender: "retailer" as const }].map((it) => keyOf(it))
    const cuts = [0, 1, 2, 10, 26, 42, sealed.length - 16, sealed.length]
    const parts = (bytes: Buffer) => cuts.slice(1).map((end, part) => bytes.subarray(cuts[part], end))
    let tried = 0
    for (const other of others) {
      const { bytes } = sealMessage(other, { ...frame, payload: Buffer.from("a later purchase order") })
      const [left, right] = [parts(sealed), parts(bytes)]
      for (let mixture = 0; mixture < 2 ** left.length; mixture++) {
        const mixed = Buffer.concat(left.map((part, index) => (mixture & (1 << index) ? right[index] : part)))
        const isOriginal = mixed.equals(sealed) || mixed.equals(bytes)
        expect(openMessage([key, ...others.slice(1)], mixed) !== undefined).toBe(isOriginal)
        tried += isOriginal ? 0 : 1
      }
    }
    expect(tried).toBeGreaterThan(300)
  })

  it.each<[string, Direction, Uint8Array]>([
    ["another connection", { ...where, connection_id: "whpair_2" }, root],
    ["the other direction", { ...where, sender: "retailer" }, root],
    ["the epoch before", { ...where, epoch: 2 }, root],
    ["the epoch after", { ...where, epoch: 4 }, root],
    ["another store, whose connection only has the same name", where, Buffer.alloc(32, 2)],
  ])("a message played to %s", (_, direction, from) => {
    const foreign = keyOf(direction, from)
    expect(openMessage([foreign], sealed)).toBeUndefined()
    // Also where the kid is made to fit, and where even the key is the same: what it is bound to differs.
    const renamed = Buffer.from(sealed)
    foreign.kid.copy(renamed, 2)
    expect(openMessage([foreign], renamed)).toBeUndefined()
    if (from === root) {
      expect(openMessage([directionKey(direction, secretOf(where))], sealed)).toBeUndefined()
    }
  })

  it("everything, without a key at all", () => {
    expect(openMessage([], sealed)).toBeUndefined()
  })

  it("any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => openMessage([key], bytes) === undefined))
    const headed = fc.uint8Array({ minLength: 32, maxLength: 32 }).chain((head) =>
      fc.constantFrom(32, 64, 96, 320, 384).map((padded) => {
        const bytes = crypto.randomBytes(OVERHEAD_BYTES + padded)
        Buffer.concat([Buffer.from([1, 1]), key.kid, head]).copy(bytes)
        return bytes
      })
    )
    fc.assert(fc.property(headed, (bytes) => openMessage([key], bytes) === undefined))
  })

  const end = sealed.length
  const foreign = (direction: Partial<Direction>, from = root) => {
    const { bytes } = sealMessage(keyOf({ ...where, ...direction }, from), frame)
    key.kid.copy(bytes, 2)
    return bytes
  }
  const changed = (at: number) => {
    const bytes = Buffer.from(sealed)
    bytes[at] ^= 1
    return bytes
  }
  it.each<[string, Buffer]>([
    ["an unknown version", changed(0)],
    ["an unknown suite", changed(1)],
    ["an unknown kid, by its first byte", changed(2)],
    ["an unknown kid, by its last byte", changed(9)],
    ["another id", changed(10)],
    ["another salt", changed(26)],
    ["a ciphertext changed at its start", changed(42)],
    ["a ciphertext changed at its end", changed(end - 17)],
    ["a tag changed at its start", changed(end - 16)],
    ["a tag changed at its end", changed(end - 1)],
    ["a message of another connection under this kid", foreign({ connection_id: "whpair_2" })],
    ["one of the other direction under this kid", foreign({ sender: "retailer" })],
    ["one of another epoch under this kid", foreign({ epoch: 4 })],
    ["one of another store under this kid", foreign({}, Buffer.alloc(32, 2))],
    ["zeros", Buffer.alloc(end)],
    ["random bytes", crypto.randomBytes(end)],
  ])("%s by the same answer after the same work as opening takes", (_, bytes) => {
    const others = [key, keyOf({ ...where, epoch: 4 })]
    for (const keys of [[key], others, [...others].reverse()]) {
      const opened = workOf(() => openMessage(keys, sealed))
      expect(opened.result).toBeDefined()
      // The message's key is two hashes; all of the ciphertext is deciphered, whatever the header says.
      expect(opened.work).toEqual({ hash: 2, createDecipheriv: 1, bytes: end - 42 - 16 })
      expect(workOf(() => openMessage(keys, bytes))).toEqual({ result: undefined, work: opened.work })
    }
    expect(workOf(() => openMessage([], bytes)).work).toEqual(workOf(() => openMessage([], sealed)).work)
  })

  it("a length that no message has without any work: anybody sees that of it", () => {
    for (const length of [0, 1, 41, 58, end - 1, end + 1]) {
      expect(workOf(() => openMessage([key], Buffer.alloc(length)))).toEqual({ result: undefined, work: { bytes: 0 } })
    }
  })
})

describe("openMessage refuses what its partner sealed and may not", () => {
  const header = Buffer.concat([Buffer.from([1, 1]), kidOfKey(secretOf(where)), Buffer.alloc(32, 6)])
  const padded = (zeros: number, ...last: number[]) =>
    Buffer.concat([Buffer.from("hello"), Buffer.alloc(zeros), Buffer.from(last)])
  const fields = {
    length: 5,
    sequence: 7n,
    time: 1n,
    type: 1,
    previous: Buffer.alloc(32),
    index: 0,
    count: 1,
    rest: padded(27),
  }
  const sealedWith = (changes: Partial<typeof fields>, head = header) =>
    sealRaw(secretOf(where), head, where, frameOf({ ...fields, ...changes }))
  const chunk = Buffer.alloc(PADDED_CHUNK_BYTES)

  it("takes the same bytes where they are right", () => {
    expect(openMessage([key], sealedWith({}))?.payload.toString()).toBe("hello")
  })

  it.each<[string, Partial<typeof fields>]>([
    ["padding that is not zero at its end", { rest: padded(26, 1) }],
    ["padding that is not zero at its start", { length: 4 }],
    ["more padding than the payload needs", { rest: padded(59) }],
    ["a length beyond the end", { length: 33 }],
    ["a length of 2^32 - 1", { length: 2 ** 32 - 1 }],
    ["type 0", { type: 0 }],
    ["a type that is none", { type: 9 }],
    ["a document without a sequence", { sequence: 0n }],
    ["a sequence of 2^53", { sequence: 2n ** 53n }],
    ["a time of 2^64 - 1", { time: 2n ** 64n - 1n }],
    ["no chunks at all", { count: 0 }],
    ["chunk 1 of 1", { index: 1 }],
    ["a short chunk 0 of 2", { count: 2 }],
    ["a chunk that begins before the sequence does", { index: 7, count: 8, rest: chunk }],
    ["a single document in a chunk's length", { length: CHUNK_BYTES + 44, rest: chunk }],
    ["a chunk of a receipt", { type: 2, index: 1, count: 2, rest: chunk }],
    ["a middle chunk that is too long", { index: 1, count: 3, length: CHUNK_BYTES + 1, rest: chunk }],
    ["a last chunk of nothing", { index: 1, count: 2, length: 0, rest: chunk }],
  ])("%s, after the same work as opening takes", (_, changes) => {
    const strange = sealedWith(changes)
    const payload = Buffer.alloc(strange.length - OVERHEAD_BYTES)
    const chunk_count = payload.length === PADDED_CHUNK_BYTES ? 2 : 1
    const { bytes: asLong } = sealMessage(key, { ...frame, chunk_count, payload })
    const { result, work } = workOf(() => openMessage([key], asLong))
    expect([result !== undefined, asLong.length]).toEqual([true, strange.length])
    expect(workOf(() => openMessage([key], strange))).toEqual({ result: undefined, work })
  })

  it("less padding than a bucket", () => {
    expect(openMessage([key], sealedWith({ rest: padded(26) }))).toBeUndefined()
  })

  it.each([
    ["another version", 0],
    ["another suite", 1],
  ])("%s, though the tag is right", (_, at) => {
    const other = Buffer.from(header)
    other[at] = 2
    const { work } = workOf(() => openMessage([key], sealedWith({})))
    expect(workOf(() => openMessage([key], sealedWith({}, other)))).toEqual({ result: undefined, work })
  })
})

describe("readMessageId", () => {
  it("reads the id without a key, and none off what is no message", () => {
    const { id, bytes } = sealMessage(key, frame)
    expect(readMessageId(bytes)).toBe(id)
    expect(readMessageId(bytes.subarray(1))).toBeUndefined()
    expect(readMessageId(Buffer.alloc(0))).toBeUndefined()
  })
})

describe("sealedHash", () => {
  it("is SHA-256", () => {
    expect(sealedHash(Buffer.from("abc")).toString("hex")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
  })
})
