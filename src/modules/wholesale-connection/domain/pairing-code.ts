import { randomInt } from "node:crypto"

import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** Digits and capitals without 0, 1, I and O, which people mistake for one another. */
export const PAIRING_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

const SLOT_LENGTH = 2
const SECRET_LENGTH = 4
const CODE = new RegExp(`^[${PAIRING_ALPHABET}]{${SLOT_LENGTH + SECRET_LENGTH}}$`)

/** How many codes can be active on one backend at a time. */
export const SLOT_COUNT = PAIRING_ALPHABET.length ** SLOT_LENGTH

/** Codes a store may have active at a time. */
export const ACTIVE_CODES_PER_STORE = 5

/** Wrong guesses after which the code in a slot can no longer be used. */
export const GUESSES_PER_CODE = 5

/** Wrong guesses within an hour after which a caller, or everybody, has to wait. */
export const GUESSES_PER_CALLER = 10
export const GUESSES_OF_ALL = 600

export interface PairingCode {
  /** The first two characters: where the code is kept. */
  readonly slot: string
  /** The last four characters. */
  readonly secret: string
}

/**
 * Reads a code as a person types it: any case, with or without dash and spaces.
 *
 * @throws WholesaleError 400 `pairing_code_malformed`
 */
export function readPairingCode(typed: string): PairingCode {
  const code = typed.replace(/[\s\-–—]/g, "").toUpperCase()
  if (!CODE.test(code)) {
    throw new WholesaleError(
      400,
      "pairing_code_malformed",
      `A pairing code has six characters, as in K7-M2PX; 0, 1, I and O are not among them.`
    )
  }
  return { slot: code.slice(0, SLOT_LENGTH), secret: code.slice(SLOT_LENGTH) }
}

/** The code as it is told: `NN-SSSS`. */
export function writePairingCode({ slot, secret }: PairingCode): string {
  return `${slot}-${secret}`
}

/**
 * A fresh code in a slot that is not taken, every free slot and every secret equally likely;
 * undefined when all slots are taken.
 */
export function freshPairingCode(takenSlots: ReadonlySet<string>): PairingCode | undefined {
  const free = allSlots().filter((slot) => !takenSlots.has(slot))
  if (free.length === 0) {
    return undefined
  }
  return { slot: free[randomInt(free.length)], secret: freshSecret() }
}

/** The part of a code that is told from person to person only, every one equally likely. */
export function freshSecret(): string {
  return Array.from(
    { length: SECRET_LENGTH },
    () => PAIRING_ALPHABET[randomInt(PAIRING_ALPHABET.length)]
  ).join("")
}

function allSlots(): string[] {
  return [...PAIRING_ALPHABET].flatMap((first) =>
    [...PAIRING_ALPHABET].map((second) => `${first}${second}`)
  )
}
