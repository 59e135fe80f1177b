const LENGTH_BYTES = 4

/** Parts one after another, each after its length in 4 bytes, so that no two lists of parts read the same. */
export function lengthPrefixed(...parts: readonly (string | Uint8Array)[]): Buffer {
  const bytes = parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part))
  return Buffer.concat(bytes.flatMap((part) => [uint32(part.length), part]))
}

/** 4 bytes, the highest first. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(LENGTH_BYTES)
  bytes.writeUInt32BE(value)
  return bytes
}

/** 8 bytes, the highest first, of a whole number from 0 to 2⁵³ − 1. */
export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  writeUint64(bytes, value, 0)
  return bytes
}

/** @throws RangeError for what is no whole number from 0 to 2⁵³ − 1 */
export function writeUint64(bytes: Buffer, value: number, offset: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${value} is no whole number from 0 to 2^53 - 1.`)
  }
  bytes.writeUInt32BE(Math.floor(value / 2 ** 32), offset)
  bytes.writeUInt32BE(value % 2 ** 32, offset + LENGTH_BYTES)
}

/** The number of 8 bytes; undefined above 2⁵³ − 1. */
export function readUint64(bytes: Buffer, offset: number): number | undefined {
  const value = bytes.readUInt32BE(offset) * 2 ** 32 + bytes.readUInt32BE(offset + LENGTH_BYTES)
  return Number.isSafeInteger(value) ? value : undefined
}
