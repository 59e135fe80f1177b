import { randomFillSync } from "node:crypto"

/** Gives so many random bytes. */
export type RandomSource = (bytes: number) => Uint8Array

const POOL_BYTES = 8192
const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

/**
 * The system's random bytes, drawn many at a time, which is much cheaper. For what is sent in the
 * clear (ids and salts); a key never comes from here, as the pool holds what is yet to be given out.
 */
export const publicRandom: RandomSource = (bytes) => {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const drawn = Buffer.allocUnsafe(bytes)
  pool.copy(drawn, 0, used, used + bytes)
  used += bytes
  return drawn
}
