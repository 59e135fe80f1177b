import fc from "fast-check"

import { commitmentTo, isSealedLength, readOpening, writeOpening } from "../opening"

const opening = { nonce: Buffer.alloc(32, 1), certificate: Buffer.alloc(200, 2) }

describe("opening", () => {
  it("is read as it was written, in whole buckets of 1,024 bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 12_000 }),
        (nonce, certificate) => {
          const given = { nonce: Buffer.from(nonce), certificate: Buffer.from(certificate) }
          const written = writeOpening(given)
          expect(written.length % 1_024).toBe(0)
          expect(written.length - certificate.length - 40).toBeLessThan(1_024)
          expect(readOpening(written)).toEqual(given)
        }
      ),
      { numRuns: 50 }
    )
  })

  it("has one form: lengths that do not fit, other zeros or another bucket are none", () => {
    const written = writeOpening(opening)
    const changed = (change: (bytes: Buffer) => void): Buffer => {
      const copy = Buffer.from(written)
      change(copy)
      return copy
    }
    expect(readOpening(changed((bytes) => bytes.writeUInt32BE(31, 0)))).toBeUndefined()
    expect(readOpening(changed((bytes) => bytes.writeUInt32BE(33, 0)))).toBeUndefined()
    expect(readOpening(changed((bytes) => bytes.writeUInt32BE(0xffffffff, 36)))).toBeUndefined()
    expect(readOpening(changed((bytes) => bytes.writeUInt32BE(1_024 - 39, 36)))).toBeUndefined()
    expect(readOpening(changed((bytes) => bytes.writeUInt8(1, 1_023)))).toBeUndefined()
    expect(readOpening(changed((bytes) => bytes.writeUInt8(1, 240)))).toBeUndefined()
    expect(readOpening(Buffer.concat([written, Buffer.alloc(1_024)]))).toBeUndefined()
    expect(readOpening(written.subarray(0, 512))).toBeUndefined()
    expect(readOpening(Buffer.alloc(0))).toBeUndefined()
  })

  it("is committed to by nonce and certificate, and by where the one ends", () => {
    const commitment = commitmentTo(opening)
    expect(commitment).toHaveLength(32)
    expect(commitmentTo({ ...opening, nonce: Buffer.alloc(32, 3) })).not.toEqual(commitment)
    expect(commitmentTo({ ...opening, certificate: Buffer.alloc(200, 3) })).not.toEqual(commitment)
    const shifted = { nonce: Buffer.alloc(31, 1), certificate: Buffer.concat([Buffer.from([1]), opening.certificate]) }
    expect(commitmentTo(shifted)).not.toEqual(commitment)
  })

  it("is sealed into 1,040 to 16,400 bytes, in steps of 1,024", () => {
    const lengths = Array.from({ length: 20_000 }, (_, length) => length).filter(isSealedLength)
    expect(lengths).toEqual(Array.from({ length: 16 }, (_, index) => (index + 1) * 1_024 + 16))
  })
})
