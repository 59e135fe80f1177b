import { randomInt } from "node:crypto"

/** What pairing codes are written in; 0, 1, I and O are left out. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

/** All that a slot can be called: the first two characters of a pairing code. */
export const SLOT_NAMES: readonly string[] = [...ALPHABET].flatMap((first) =>
  [...ALPHABET].map((second) => first + second)
)

/** A name that is not taken, any with the same chance; undefined where all are. */
export function drawSlotName(taken: ReadonlySet<string>): string | undefined {
  const free = SLOT_NAMES.filter((name) => !taken.has(name))
  return free.length === 0 ? undefined : free[randomInt(free.length)]
}
