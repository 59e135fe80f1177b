import { z } from "@medusajs/framework/zod"

const MAILBOX_BYTES = 16
const SESSION_BYTES = 32

/** The bytes of a text, if it is the one that base64url writes for them. */
export function readBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url")
  return bytes.toString("base64url") === text ? bytes : undefined
}

const bytesOf = (length: number) =>
  z.string().max(2 * length).refine((text) => readBase64url(text)?.length === length)

/** Of mailboxes and attempts, and a store's own reference for a mailbox: base64url of 16 bytes. */
export const relayId = bytesOf(MAILBOX_BYTES)
/** Of a slot's session: base64url of 32 bytes. */
export const sessionId = bytesOf(SESSION_BYTES)
/** `NN` of a pairing code. */
export const slotName = z.string().regex(/^[2-9A-HJ-NP-Z]{2}$/)
/** 32 hex digits of a sealed message. */
export const messageId = z.string().regex(/^[0-9a-f]{32}$/)
