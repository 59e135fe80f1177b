import { deriveKey } from "../derive-key"
import { lengthPrefixed } from "../encoding"
import { PROTOCOL } from "./terms"

const DIGITS = 8
/** Many more than eight digits need, so that no digit is likelier than another by more than 2⁻¹⁰⁰. */
const DERIVED_BYTES = 16

/**
 * The eight digits that both sides read to one another before the distributor approves: `1234-5678`.
 *
 * They are there for the case that somebody in the middle did know the four secret characters, by a lucky guess or
 * because he heard them. He then pairs with each side under keys of his own, and each side has other digits. To make
 * them equal he can only hope. Towards the retailer he has to send his nonce while the retailer's is still hidden
 * behind its commitment; towards the distributor he has to commit to his nonce before he sees the distributor's.
 * Whichever leg he finishes first, what he chooses in the other is fixed before a random nonce that he cannot
 * influence comes in, and that makes the digits of this leg anything, each of the 10⁸ values equally likely. So he
 * succeeds with probability 10⁻⁸ each time that somebody starts a session with him.
 *
 * @param transcript of all that was said, both certificates included
 */
export function verifierOf({
  transcript,
  retailer,
  distributor,
}: {
  transcript: Uint8Array
  /** The retailer's nonce, 32 bytes. */
  retailer: Uint8Array
  /** The distributor's. */
  distributor: Uint8Array
}): string {
  const derived = deriveKey({
    secret: lengthPrefixed(retailer, distributor),
    salt: transcript,
    purpose: `${PROTOCOL} verifier`,
    bytes: DERIVED_BYTES,
  })
  const number = BigInt(`0x${derived.toString("hex")}`) % 10n ** BigInt(DIGITS)
  const digits = number.toString().padStart(DIGITS, "0")
  return `${digits.slice(0, DIGITS / 2)}-${digits.slice(DIGITS / 2)}`
}
