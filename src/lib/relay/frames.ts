import { uint32 } from "../crypto/encoding"

const LENGTH_BYTES = 4
const MAILBOX_BYTES = 16

/** A sealed message with the mailbox it lay in. */
export interface MailboxFrame {
  /** The mailbox's receive id: base64url of 16 bytes. */
  readonly mailbox: string
  readonly sealed: Buffer
}

/** Messages one after another, each after its length in 4 bytes: what is sent to a mailbox. */
export function writeFrames(messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat(messages.flatMap((message) => [uint32(message.length), message]))
}

interface FrameLimits {
  /** How many messages. */
  readonly most?: number
  /** Bytes of the shortest. */
  readonly shortest?: number
}

/**
 * The messages of `writeFrames`, as parts of these bytes; undefined where they do not fill them exactly, or exceed the
 * limits. It stops at the first that does: each part is an object of its own, many times larger than an empty message.
 */
export function readFrames(
  bytes: Buffer,
  { most = Infinity, shortest = 0 }: FrameLimits = {}
): Buffer[] | undefined {
  const messages: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at + LENGTH_BYTES
    const length = start <= bytes.length ? bytes.readUInt32BE(at) : Infinity
    const end = start + length
    if (end > bytes.length || length < shortest || messages.length >= most) {
      return undefined
    }
    messages.push(bytes.subarray(start, end))
    at = end
  }
  return messages
}

/** What a relay hands out: each message after the 16 bytes of its mailbox's receive id. */
export function writeMailboxFrames(frames: readonly MailboxFrame[]): Buffer {
  return writeFrames(frames.map(({ mailbox, sealed }) => Buffer.concat([Buffer.from(mailbox, "base64url"), sealed])))
}

/** Undefined for what `writeMailboxFrames` never writes, and for more than so many. */
export function readMailboxFrames(bytes: Buffer, most?: number): MailboxFrame[] | undefined {
  return readFrames(bytes, { most, shortest: MAILBOX_BYTES })?.map((message) => ({
    mailbox: message.toString("base64url", 0, MAILBOX_BYTES),
    sealed: message.subarray(MAILBOX_BYTES),
  }))
}
