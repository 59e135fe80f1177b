import { isSealedLength, SEALED_BYTES } from "./opening"
import { pairingFailed } from "./pairing-failed"

const VERSION = 1
const HEAD_BYTES = 2
const FIELD_BYTES = 32

/** No message of a pairing is longer. */
export const MESSAGE_BYTES = HEAD_BYTES + 2 * FIELD_BYTES + SEALED_BYTES

export type MessageNumber = 1 | 2 | 3 | 4

/** How many fields of 32 bytes a message has, and whether something sealed of any length follows. */
const LAYOUT: Readonly<Record<MessageNumber, { readonly fields: number; readonly sealed: boolean }>> = {
  /** Share and commitment. */
  1: { fields: 2, sealed: false },
  /** Share, confirmation and sealed opening. */
  2: { fields: 2, sealed: true },
  /** Confirmation and sealed opening. */
  3: { fields: 1, sealed: true },
  /** Confirmation. */
  4: { fields: 1, sealed: false },
}

/** The protocol's version and the message's number, a byte each. */
export const headOf = (number: MessageNumber): Buffer => Buffer.from([VERSION, number])

/** Head and fields one after another: all but what is sealed have one length, and that comes last. */
export function writeMessage(number: MessageNumber, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat([headOf(number), ...fields])
}

/**
 * The fields of the message of that number, what is sealed as the last.
 *
 * @throws WholesaleError 409 `pairing_failed` when the bytes are no such message
 */
export function readMessage(number: MessageNumber, bytes: Buffer): Buffer[] {
  const { fields, sealed } = LAYOUT[number]
  const end = HEAD_BYTES + fields * FIELD_BYTES
  const rest = bytes.subarray(end)
  const fits = bytes.length >= end && (sealed ? isSealedLength(rest.length) : rest.length === 0)
  if (!fits || !bytes.subarray(0, HEAD_BYTES).equals(headOf(number))) {
    throw pairingFailed()
  }
  const starts = Array.from({ length: fields }, (_, index) => HEAD_BYTES + index * FIELD_BYTES)
  return [...starts.map((start) => bytes.subarray(start, start + FIELD_BYTES)), ...(sealed ? [rest] : [])]
}
