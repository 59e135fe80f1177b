import { CHUNK_BYTES, OVERHEAD_BYTES, PADDED_CHUNK_BYTES } from "./layout"

const LEAST_BYTES = 32

/**
 * The length a payload of so many bytes is padded to, so that its length tells little: buckets of a
 * power of two cut in eight, 32 bytes and more (NIP-44 version 2, calc_padded_len). Nothing at all is
 * padded to 32 bytes as well.
 *
 * @param bytes up to 2³⁰
 */
export function paddedLength(bytes: number): number {
  if (bytes <= LEAST_BYTES) {
    return LEAST_BYTES
  }
  const power = 1 << (32 - Math.clz32(bytes - 1))
  const step = power <= 256 ? LEAST_BYTES : power / 8
  return step * Math.ceil(bytes / step)
}

/** Whether a sealed message can be so long: its padded payload is a bucket, or a chunk. */
export function isSealedLength(bytes: number): boolean {
  const padded = bytes - OVERHEAD_BYTES
  return padded === PADDED_CHUNK_BYTES || (padded <= CHUNK_BYTES && padded === paddedLength(padded))
}
