import { z } from "@medusajs/framework/zod"

import { isSealedLength } from "../../../lib/crypto/envelope/padding"
import { readMailboxFrames, type MailboxFrame } from "../../../lib/relay/frames"
import { RELAY_LIMITS } from "../../../lib/relay/limits"
import type { HttpAnswer } from "./http-exchange"
import { readBase64url, relayId, sessionId, slotName } from "./ids"
import { mediaType, readJson, type Expected, type Reading } from "./relay-answer"

const SHORT_BYTES = 8 * 1024
/** A pairing message in base64url, which is never twice as long, with ids around it. */
const ATTEMPT_BYTES = 2 * RELAY_LIMITS.pairing_message_bytes + 1_024
/** Ten at each slot; a store has five slots open, more only where a relay's operator lets it. */
const ATTEMPTS = 200
/** Length and mailbox before each message. */
const FRAME_HEAD_BYTES = 20

const pairingMessage = z.string().transform((text, context) => {
  const bytes = readBase64url(text)
  if (!bytes || bytes.length === 0 || bytes.length > RELAY_LIMITS.pairing_message_bytes) {
    context.addIssue({ code: "custom", message: "no pairing message" })
    return z.NEVER
  }
  return bytes
})

const relayInfo = z.object({
  name: z.literal("medusa-wholesale-relay"),
  version: z.string().regex(/^[\w.+-]{1,64}$/),
  protocol: z.literal(1),
  time_ms: z.number().int().nonnegative(),
})
export type RelayInfo = z.infer<typeof relayInfo>

const mailbox = z.object({ receive_id: relayId, send_id: relayId })
export type RelayMailbox = z.infer<typeof mailbox>

const openedSlot = z.object({ slot: slotName, expires_at: z.iso.datetime() })
export type OpenedSlot = z.infer<typeof openedSlot>

const attempt = z.object({
  attempt_id: relayId,
  session_id: sessionId,
  slot: slotName,
  message: pairingMessage,
})
export type PairingAttempt = z.infer<typeof attempt>

export const INFO = json(relayInfo)
export const MAILBOX = json(mailbox)
export const SLOT = json(openedSlot)
export const SESSION = json(z.object({ session_id: sessionId }))
export const ATTEMPT = json(z.object({ attempt_id: relayId }))
export const ATTEMPT_LIST = json(z.object({ attempts: z.array(attempt).max(ATTEMPTS) }), ATTEMPTS * ATTEMPT_BYTES)

/** 204. */
export const NOTHING: Expected<void> = {
  answer_bytes: SHORT_BYTES,
  read: ({ status }) => (status === 204 ? { value: undefined } : { misfit: `HTTP ${status}` }),
}

const STEP = json(z.object({ message: pairingMessage }), ATTEMPT_BYTES)

/** The partner's message, or undefined for 204. */
export const STEP_OR_NOTHING: Expected<{ readonly message: Buffer } | undefined> = {
  answer_bytes: STEP.answer_bytes,
  read: (answer) => (answer.status === 204 ? { value: undefined } : STEP.read(answer)),
}

const accepted = z.object({
  accepted: z.number().int().nonnegative(),
  retry_after_seconds: z.number().nonnegative().optional(),
})

/** How many were taken, of so many sent. */
export function acceptedOf(sent: number): Expected<z.infer<typeof accepted>> {
  return json(accepted.refine((answer) => answer.accepted <= sent))
}

/** At most so many messages, each of a length that sealed messages have. */
export function mailboxFrames(limit: number): Expected<MailboxFrame[]> {
  return {
    answer_bytes: RELAY_LIMITS.received_bytes + limit * FRAME_HEAD_BYTES,
    read: (answer) => readFramesOf(answer, limit),
  }
}

function readFramesOf({ status, headers, body }: HttpAnswer, limit: number): Reading<MailboxFrame[]> {
  if (status !== 200) {
    return { misfit: `HTTP ${status}` }
  }
  if (!body) {
    return { misfit: "too long" }
  }
  if (mediaType(headers["content-type"]) !== "application/octet-stream") {
    return { misfit: "another content type" }
  }
  const frames = readMailboxFrames(body, limit)
  return frames?.every(({ sealed }) => isSealedLength(sealed.length))
    ? { value: frames }
    : { misfit: "no sealed messages" }
}

/** 200 with JSON of that schema. Members that the schema does not know are left out: a later relay may say more. */
function json<Schema extends z.ZodType>(schema: Schema, answer_bytes = SHORT_BYTES): Expected<z.output<Schema>> {
  return {
    answer_bytes,
    read: (answer) => {
      if (answer.status !== 200) {
        return { misfit: `HTTP ${answer.status}` }
      }
      if (!answer.body) {
        return { misfit: "too long" }
      }
      const read = schema.safeParse(readJson(answer))
      return read.success ? { value: read.data } : { misfit: "another content" }
    },
  }
}
