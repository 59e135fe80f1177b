import fc from "fast-check"

import {
  readAcknowledgement,
  readGapRequest,
  readRekeyPublic,
  writeAcknowledgement,
  writeGapRequest,
  writeRekeyPublic,
} from "../control"

describe("payloads of control messages", () => {
  it("are read as they were written", () => {
    const acknowledgement = { through: 2 ** 40, sealed_hash: Buffer.alloc(32, 3) }
    expect(readAcknowledgement(writeAcknowledgement(acknowledgement))).toEqual(acknowledgement)
    expect(readGapRequest(writeGapRequest({ from: 3, to: 3 }))).toEqual({ from: 3, to: 3 })
    const rekey = { epoch: 4_000_000_000, public_key: Buffer.alloc(32, 4) }
    expect(readRekeyPublic(writeRekeyPublic(rekey))).toEqual(rekey)
  })

  it("are none when a byte is missing or too many", () => {
    const written = [
      [readAcknowledgement, writeAcknowledgement({ through: 1, sealed_hash: Buffer.alloc(32) })],
      [readGapRequest, writeGapRequest({ from: 1, to: 2 })],
      [readRekeyPublic, writeRekeyPublic({ epoch: 1, public_key: Buffer.alloc(32) })],
    ] as const
    for (const [read, payload] of written) {
      expect(read(payload)).toBeDefined()
      expect(read(payload.subarray(1))).toBeUndefined()
      expect(read(Buffer.concat([payload, Buffer.alloc(1)]))).toBeUndefined()
      expect(read(Buffer.alloc(0))).toBeUndefined()
    }
  })

  it.each([
    [0, 1],
    [2, 1],
  ])("are no gap from %i to %i", (from, to) => {
    expect(readGapRequest(writeGapRequest({ from, to }))).toBeUndefined()
  })

  it("never throw for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        for (const read of [readAcknowledgement, readGapRequest, readRekeyPublic]) {
          read(Buffer.from(bytes))
        }
      })
    )
  })
})
