import { createHash } from "node:crypto"

let seed = ""
let drawn = 0

/** Begins the sequence of that name: the same name, the same bytes. */
export function seedRandom(name: string): void {
  seed = name
  drawn = 0
}

/** In place of `randomBytes`: at most 32 bytes that look random, the next of the sequence. */
export function seededBytes(bytes: number): Buffer {
  return createHash("sha256").update(`${seed} ${drawn++}`).digest().subarray(0, bytes)
}
