import { randomBytes } from "node:crypto"

import { generateEd25519, type Ed25519KeyPair } from "../../src/lib/crypto/ed25519"
import { HEADER, OVERHEAD_BYTES } from "../../src/lib/crypto/envelope/layout"
import { readMessageId } from "../../src/lib/crypto/envelope/message"
import type { MailboxFrame } from "../../src/lib/relay/frames"
import { RelayClient } from "../../src/modules/wholesale-exchange/relay-client/relay-client"

/** A mailbox with the store that reads it and the key that writes to it. */
export interface Mailbox {
  readonly reader: RelayClient
  readonly writer_key: Ed25519KeyPair
  readonly receive_id: string
  readonly send_id: string
}

/** Bytes of a sealed message of about 1 KiB: a payload of 896. */
export const SEALED_BYTES = 896 + OVERHEAD_BYTES

/** @param origin of the node that its store asks */
export async function openMailbox(origin: string): Promise<Mailbox> {
  const reader = new RelayClient({ origin, key: generateEd25519() })
  const ids = await reader.createMailbox(randomBytes(16).toString("base64url"))
  return { ...ids, reader, writer_key: generateEd25519() }
}

/** To the relay, which opens none, these are sealed messages. */
export function sealedMessages(count: number): Buffer[] {
  return Array.from({ length: count }, () => {
    const message = Buffer.from(TEMPLATE)
    randomBytes(HEADER.salt - HEADER.message_id).copy(message, HEADER.message_id)
    return message
  })
}

export const acknowledgementsOf = (frames: readonly MailboxFrame[]): [string, string][] =>
  frames.map(({ mailbox, sealed }) => [mailbox, readMessageId(sealed) ?? ""])

const TEMPLATE = randomBytes(SEALED_BYTES)
