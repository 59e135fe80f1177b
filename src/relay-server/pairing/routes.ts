import type { FastifyInstance, FastifyRequest } from "fastify"

import { RELAY_LIMITS } from "../../lib/relay/limits"
import { Fields, idInUrl } from "../http/body"
import { callerGone } from "../http/gone"
import { longPoll } from "../news/long-poll"
import type { Topic } from "../news/topics"
import { RelayError, notFound, rationed, stepTaken } from "../relay-error"
import type { Relay } from "../relay"
import { beginAttempt, findAttempt, unansweredAttempts } from "./attempts"
import { closeSlot, openSlot, sessionAt } from "./slots"
import { abortAttempt, receiveStep, sendStep, stepId, type Step } from "./steps"

const SESSION_BYTES = 32
const ATTEMPT_BYTES = 16
const SLOT = /^[2-9A-HJ-NP-Z]{2}$/
const TTL_SECONDS = { from: 60, to: 86_400 }
const STEPS: readonly Step[] = [2, 3, 4]
const MESSAGE = { atMost: RELAY_LIMITS.pairing_message_bytes }

type ById = { Params: { id: string } }

/** Slots, at which a distributor waits to be found. */
export function slotRoutes(app: FastifyInstance, relay: Relay): void {
  const { database, config } = relay

  app.post("/v1/slots", async (request) => {
    const fields = Fields.ofBody(request, ["session_id", "ttl_seconds"])
    const session_id = fields.bytes("session_id", { exactly: SESSION_BYTES })
    const ttl_seconds = fields.count("ttl_seconds", TTL_SECONDS)
    const { address_hash } = relay.callers.of(request)
    const slot = { owner_key: request.signer, session_id, address_hash, ttl_seconds }
    const answer = await openSlot(database, { ...slot, quotas: config.quotas })
    if (answer.state === "rationed") {
      throw rationed("slots_rationed", "No slot is free for this store now.", answer.retry_after_seconds)
    }
    if (answer.state === "gone") {
      throw notFound()
    }
    return { slot: answer.slot, expires_at: answer.expires_at.toISOString() }
  })

  app.delete<{ Params: { session_id: string } }>("/v1/slots/:session_id", async (request, reply) => {
    const session_id = idInUrl(request.params.session_id, SESSION_BYTES) ?? Buffer.alloc(SESSION_BYTES)
    const attempts = await closeSlot(database, { owner_key: request.signer, session_id })
    if (!attempts) {
      throw notFound()
    }
    relay.announcer.announce(...attempts.flatMap((id) => stepTopics(relay, id)))
    return reply.code(204).send()
  })

  app.get<{ Params: { slot: string } }>("/v1/slots/:slot", async (request) => {
    await relay.limits.countLookup(relay.callers.of(request))
    const { slot } = request.params
    const session_id = await sessionAt(database, SLOT.test(slot) ? slot : "")
    if (!session_id) {
      throw notFound()
    }
    return { session_id: session_id.toString("base64url") }
  })

  app.post("/v1/slots/wait", async (request, reply) => {
    const wait_seconds = waitSeconds(Fields.ofBody(request, ["wait_seconds"]))
    const owner_key = request.signer
    const attempts = await longPoll(relay.desk, {
      topic: relay.topics.topic("slots", owner_key),
      wait_seconds,
      gone: callerGone(reply),
      look: () => unansweredAttempts(database, owner_key),
    })
    return { attempts: attempts ?? [] }
  })
}

/** Attempts, by which a retailer pairs at a slot. */
export function attemptRoutes(app: FastifyInstance, relay: Relay): void {
  const { database } = relay

  app.post("/v1/attempts", async (request) => {
    const fields = Fields.ofBody(request, ["slot", "session_id", "message"])
    const opening = {
      slot: fields.text("slot", SLOT, "two characters of a pairing code"),
      session_id: fields.bytes("session_id", { exactly: SESSION_BYTES }),
      guest_key: request.signer,
      message: fields.bytes("message", MESSAGE),
    }
    const id = (await findAttempt(database, opening)) ?? (await begin(relay, request, opening))
    return { attempt_id: id.toString("base64url") }
  })

  app.post<ById>("/v1/attempts/:id/messages", async (request, reply) => {
    const fields = Fields.ofBody(request, ["step", "message"])
    const step = stepOf(fields)
    const id = attemptId(request)
    const sent = await sendStep(database, {
      id,
      step,
      sender_key: request.signer,
      message: fields.bytes("message", MESSAGE),
    })
    if (!sent) {
      throw notFound()
    }
    if (sent.state === "taken") {
      throw stepTaken()
    }
    if (sent.state === "sent") {
      relay.announcer.announce(stepTopic(relay, id, step), ...sent.ended.flatMap((other) => stepTopics(relay, other)))
      if (sent.finished) {
        relay.metrics.attempt("finished")
        const { guest_key, address_hash } = sent.finished
        await relay.limits
          .forgiveAttempt({ key_hash: relay.callers.keyHash(guest_key), address_hash })
          .catch((error: unknown) => request.log.warn({ err: error }, "could not take an attempt off the limits"))
      }
    }
    return reply.code(204).send()
  })

  app.post<ById>("/v1/attempts/:id/wait", async (request, reply) => {
    const fields = Fields.ofBody(request, ["step", "wait_seconds"])
    const step = stepOf(fields)
    const id = attemptId(request)
    const answer = await longPoll(relay.desk, {
      topic: stepTopic(relay, id, step),
      wait_seconds: waitSeconds(fields),
      gone: callerGone(reply),
      look: () => receiveStep(database, { id, step, receiver_key: request.signer }),
    })
    if (!answer) {
      return reply.code(204).send()
    }
    if (answer.state === "gone") {
      throw notFound()
    }
    return { message: answer.message.toString("base64url") }
  })

  app.delete<ById>("/v1/attempts/:id", async (request, reply) => {
    const id = attemptId(request)
    if (!(await abortAttempt(database, { id, party_key: request.signer }))) {
      throw notFound()
    }
    relay.metrics.attempt("aborted")
    relay.announcer.announce(...stepTopics(relay, id))
    return reply.code(204).send()
  })
}

async function begin(
  relay: Relay,
  request: FastifyRequest,
  opening: Parameters<typeof findAttempt>[1]
): Promise<Buffer> {
  const caller = relay.callers.of(request)
  await relay.limits.countAttempt(caller).catch((error: unknown) => {
    if (error instanceof RelayError) {
      relay.metrics.attempt("limited")
    }
    throw error
  })
  const begun = await beginAttempt(relay.database, { ...opening, address_hash: caller.address_hash })
  if (!begun) {
    relay.metrics.attempt("not_found")
    throw notFound()
  }
  relay.metrics.attempt("begun")
  relay.announcer.announce(relay.topics.topic("slots", begun.owner_key))
  return begun.id
}

const stepTopic = ({ topics }: Relay, attempt: Buffer, step: Step): Topic => topics.topic("step", stepId(attempt, step))

const stepTopics = (relay: Relay, attempt: Buffer): Topic[] => STEPS.map((step) => stepTopic(relay, attempt, step))

const attemptId = ({ params }: FastifyRequest<ById>): Buffer =>
  idInUrl(params.id, ATTEMPT_BYTES) ?? Buffer.alloc(ATTEMPT_BYTES)

const waitSeconds = (fields: Fields): number => fields.count("wait_seconds", { from: 0, to: RELAY_LIMITS.wait_seconds })

function stepOf(fields: Fields): Step {
  const step = fields.count("step", { from: 2, to: 4 })
  return STEPS[step - 2] ?? 2
}
