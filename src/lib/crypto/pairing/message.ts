import { isShare } from "./cpace"
import { isSealedLength, SEALED_BYTES } from "./opening"
import { pairingFailed } from "./pairing-failed"

const VERSION = 1
const HEAD_BYTES = 2
const FIELD_BYTES = 32

/** No message of a pairing is longer. */
export const MESSAGE_BYTES = HEAD_BYTES + 2 * FIELD_BYTES + SEALED_BYTES

export type MessageNumber = 1 | 2 | 3 | 4

interface Layout {
  /** How many of 32 bytes. */
  readonly fields: number
  /** Whether the first of them is a share of CPace. */
  readonly share: boolean
  /** Whether something sealed of any length follows. */
  readonly sealed: boolean
}

const LAYOUT: Readonly<Record<MessageNumber, Layout>> = {
  /** Share and commitment. */
  1: { fields: 2, share: true, sealed: false },
  /** Share, confirmation and sealed opening. */
  2: { fields: 2, share: true, sealed: true },
  /** Confirmation and sealed opening. */
  3: { fields: 1, share: false, sealed: true },
  /** Confirmation. */
  4: { fields: 1, share: false, sealed: false },
}

/** The protocol's version and the message's number, a byte each. */
export const headOf = (number: MessageNumber): Buffer => Buffer.from([VERSION, number])

/** Head and fields one after another: all but what is sealed have one length, and that comes last. */
export function writeMessage(number: MessageNumber, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat([headOf(number), ...fields])
}

/**
 * The fields of the message of that number, what is sealed as the last. What is no such message, as anybody can see of
 * its length, its head or its share, is refused here, before a secret is touched.
 *
 * @throws WholesaleError 409 `pairing_failed` when the bytes are no such message
 */
export function readMessage(number: MessageNumber, bytes: Buffer): Buffer[] {
  const { fields, share, sealed } = LAYOUT[number]
  const end = HEAD_BYTES + fields * FIELD_BYTES
  const rest = bytes.subarray(end)
  const fits = bytes.length >= end && (sealed ? isSealedLength(rest.length) : rest.length === 0)
  if (!fits || !bytes.subarray(0, HEAD_BYTES).equals(headOf(number))) {
    throw pairingFailed()
  }
  const starts = Array.from({ length: fields }, (_, index) => HEAD_BYTES + index * FIELD_BYTES)
  const read = starts.map((start) => bytes.subarray(start, start + FIELD_BYTES))
  if (share && !isShare(read[0])) {
    throw pairingFailed()
  }
  return sealed ? [...read, rest] : read
}
