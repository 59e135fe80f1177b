import type { FastifyInstance } from "fastify"

import { writeMailboxFrames } from "../../lib/relay/frames"
import { RELAY_LIMITS } from "../../lib/relay/limits"
import { Fields, bodyOf, idInUrl, readBytes, readText } from "../http/body"
import { callerGone } from "../http/gone"
import { longPoll } from "../news/long-poll"
import { malformed, notFound, rationed } from "../relay-error"
import type { Relay } from "../relay"
import { acknowledgeMessages, type Acknowledgement } from "./acknowledge-messages"
import { closeMailbox, findMailbox, openMailbox } from "./mailboxes"
import { readSentBatch } from "./sent-batch"
import { storeMessages } from "./store-messages"
import { waitingMessages } from "./waiting-messages"

const ID_BYTES = 16
const MESSAGE_ID = /^[0-9a-f]{32}$/
const OCTETS = "application/octet-stream"
/** Room for as many acknowledgements as one request may have, 67 characters each. */
const RECEIVE_BYTES = 128 * 1024
/** Mailboxes of a key or a relay that has them all, or that are full, are not free again any sooner. */
const FULL_SECONDS = 60

/** What a mailbox takes while all together hold as much as the relay may: nothing that is not there already. */
const NO_ROOM = { mailbox_messages: 0, mailbox_bytes: 0 }

/** Mailboxes, and what is sent to and received from them. */
export function mailboxRoutes(app: FastifyInstance, relay: Relay): void {
  const { config, database, metrics, totals } = relay

  app.post("/v1/mailboxes", async (request) => {
    const ref = Fields.ofBody(request, ["ref"]).bytes("ref", { exactly: ID_BYTES })
    const owner = { owner_key: request.signer, ref }
    const existing = await findMailbox(database, owner)
    if (existing) {
      return existing
    }
    await relay.limits.countMailbox(relay.callers.of(request))
    const mailbox = await openMailbox(database, { ...owner, quotas: config.quotas })
    if (!mailbox) {
      throw rationed("mailboxes_rationed", "This key has as many mailboxes as it may have, or the relay has.", FULL_SECONDS)
    }
    return mailbox
  })

  app.delete<{ Params: { receive_id: string } }>("/v1/mailboxes/:receive_id", async (request, reply) => {
    const receive_id = idInUrl(request.params.receive_id, ID_BYTES) ?? Buffer.alloc(ID_BYTES)
    if (!(await closeMailbox(database, { owner_key: request.signer, receive_id }))) {
      throw notFound()
    }
    return reply.code(204).send()
  })

  app.post<{ Params: { send_id: string } }>(
    "/v1/send/:send_id",
    { bodyLimit: RELAY_LIMITS.sent_bytes },
    async (request) => {
      const batch = readSentBatch(bodyOf(request))
      const stored = await storeMessages(database, {
        send_id: idInUrl(request.params.send_id, ID_BYTES) ?? Buffer.alloc(ID_BYTES),
        sender_key: request.signer,
        batch,
        quotas: totals.waitingBytes < config.quotas.bytes_of_all ? config.quotas : NO_ROOM,
      })
      if (!stored) {
        throw notFound()
      }
      if (stored.messages > 0) {
        relay.announcer.announce(relay.topics.topic("mail", stored.owner_key))
      }
      const isFull = stored.accepted < batch.count
      metrics.stored.inc(stored.messages)
      metrics.storedBytes.inc(stored.bytes)
      metrics.duplicates.inc(stored.accepted - stored.messages)
      metrics.mailboxesFull.inc(isFull ? 1 : 0)
      return { accepted: stored.accepted, ...(isFull && { retry_after_seconds: FULL_SECONDS }) }
    }
  )

  app.post("/v1/receive", { bodyLimit: RECEIVE_BYTES }, async (request, reply) => {
    const fields = Fields.ofBody(request, ["wait_seconds", "limit", "acknowledge"])
    const wait_seconds = fields.count("wait_seconds", { from: 0, to: RELAY_LIMITS.wait_seconds })
    const limit = fields.count("limit", {
      from: 1,
      to: RELAY_LIMITS.received_messages,
      otherwise: RELAY_LIMITS.received_messages,
    })
    const acknowledged = fields.list("acknowledge", RELAY_LIMITS.acknowledged_messages, readAcknowledgement)
    const owner_key = request.signer
    metrics.acknowledged.inc(await acknowledgeMessages(database, { owner_key, acknowledged }))
    const frames = await longPoll(relay.desk, {
      topic: relay.topics.topic("mail", owner_key),
      wait_seconds,
      gone: callerGone(reply),
      look: () => waitingMessages(database, { owner_key, limit }),
    })
    const answer = writeMailboxFrames(frames ?? [])
    metrics.handedOut.inc(frames?.length ?? 0)
    metrics.handedOutBytes.inc(answer.length)
    return reply.type(OCTETS).send(answer)
  })
}

function readAcknowledgement(value: unknown, path: string): Acknowledgement {
  if (!Array.isArray(value) || value.length !== 2) {
    throw malformed(path, "a receive id and a message id")
  }
  return {
    receive_id: readBytes(value[0], `${path}[0]`, { exactly: ID_BYTES }),
    message_id: Buffer.from(readText(value[1], `${path}[1]`, MESSAGE_ID, "32 hex digits"), "hex"),
  }
}
