import { testWithVectors } from "../../__tests__/official-vectors"
import { CHUNK_BYTES, OVERHEAD_BYTES, PADDED_CHUNK_BYTES, SEALED_MAX_BYTES } from "../layout"
import { isSealedLength, paddedLength } from "../padding"

describe("paddedLength", () => {
  // nip44.vectors.json, v2.valid.calc_padded_len.
  it.each([
    [16, 32],
    [32, 32],
    [33, 64],
    [65, 96],
    [100, 128],
    [250, 256],
    [320, 320],
    [383, 384],
    [400, 448],
    [515, 640],
    [700, 768],
    [900, 1024],
    [65_536, 65_536],
  ])("pads %i bytes to %i, as NIP-44 does", (bytes, padded) => {
    expect(paddedLength(bytes)).toBe(padded)
  })

  testWithVectors<{ pairs: [number, number][] }>(
    "nip44_padded_len.json",
    "pads as every pair of NIP-44 says",
    ({ pairs }) => {
      expect(pairs.length).toBeGreaterThan(20)
      expect(pairs.map(([bytes]) => [bytes, paddedLength(bytes)])).toEqual(pairs)
    }
  )

  it("never shortens, never falls, is its own bucket and adds a quarter at most, above 32 bytes", () => {
    let last = 0
    for (let bytes = 0; bytes <= CHUNK_BYTES; bytes += bytes < 2000 ? 1 : 61) {
      const padded = paddedLength(bytes)
      expect(padded >= bytes && padded >= last && paddedLength(padded) === padded).toBe(true)
      expect(bytes <= 32 || padded - bytes < Math.max(32, bytes / 4)).toBe(true)
      last = padded
    }
    expect(paddedLength(CHUNK_BYTES)).toBe(CHUNK_BYTES)
  })
})

describe("isSealedLength", () => {
  it("knows the few lengths that a sealed message can have", () => {
    const lengths = Array.from({ length: SEALED_MAX_BYTES + 1000 }, (_, bytes) => bytes).filter(isSealedLength)
    // Eight buckets up to 256, four in each of the ten doublings from there to 2^18, and the chunk.
    expect(lengths).toHaveLength(8 + 4 * 10 + 1)
    expect(lengths[0]).toBe(OVERHEAD_BYTES + 32)
    expect(lengths.at(-2)).toBe(OVERHEAD_BYTES + CHUNK_BYTES)
    expect(lengths.at(-1)).toBe(OVERHEAD_BYTES + PADDED_CHUNK_BYTES)
  })
})
