import { setTimeout as delay } from "node:timers/promises"

import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { respondToPairing } from "../../../lib/crypto/pairing/respond-to-pairing"
import { messageOf } from "../../../lib/errors/message-of"
import { WHOLESALE_CONNECTION } from "../../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../../modules/wholesale-exchange"
import { relayBackOffSeconds } from "../../../modules/wholesale-exchange/relay-client/back-off"
import { RelayError } from "../../../modules/wholesale-exchange/relay-client/relay-error"
import type { StoreRelay } from "../../../modules/wholesale-exchange/relay-traffic"
import type WholesaleExchangeModuleService from "../../../modules/wholesale-exchange/service"
import { keepChannel, prepareParty, readPartner } from "./pairing-party"

/** Run by its name: the workers of the exchange know no workflow. */
export const ANSWER_PAIRINGS_WORKFLOW = "wholesale-answer-pairings"

const WAIT_SECONDS = 20
/** How long the partner may take for its one message. */
const PARTNER_SECONDS = 25

interface Attempt {
  readonly attempt_id: string
  readonly session_id: string
  readonly message: Buffer
}

/**
 * Waits at the relay while the store has a code that can be entered, and answers each attempt at once:
 * an attempt lives in the memory of this process, and ends with it.
 */
const answerPairingsStep = createStep(
  { name: "wholesale-answer-pairings-at-relay", noCompensation: true },
  async (relay: StoreRelay, { container }) => {
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    const { traffic, relayEnding } = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const client = await traffic.clientOf(relay)
    const running = new Map<string, Promise<void>>()
    let round = new AbortController()
    const awaited = async () =>
      (await connections.relaysAwaitingPairing()).some(
        ({ store_id, relay_url }) => store_id === relay.store_id && relay_url === relay.relay_url
      )
    let failures = 0
    while (!relayEnding.aborted && (await awaited())) {
      // Once an attempt is over its code may be used, and there is nothing to wait for.
      round = new AbortController()
      const ending = AbortSignal.any([relayEnding, round.signal])
      const attempts = await client.waitForAttempts({ wait_seconds: WAIT_SECONDS }, ending).catch((error: unknown) =>
        ending.aborted ? [] : whyNot(error)
      )
      if (!Array.isArray(attempts)) {
        // The relay is away: the code still has minutes to live.
        failures += 1
        await delay(relayBackOffSeconds(failures, attempts.retry_after_seconds) * 1_000, undefined, {
          signal: relayEnding,
        }).catch(() => undefined)
        continue
      }
      failures = 0
      for (const attempt of attempts.filter(({ attempt_id }) => !running.has(attempt_id))) {
        running.set(
          attempt.attempt_id,
          answered(container, relay, attempt).finally(() => round.abort())
        )
      }
    }
    await Promise.all(running.values())
    return new StepResponse()
  }
)

export const answerPairingsWorkflow = createWorkflow(
  ANSWER_PAIRINGS_WORKFLOW,
  (input: WorkflowData<StoreRelay>) => {
    answerPairingsStep(input)
  }
)

/** @throws what is no trouble of the relay's */
function whyNot(error: unknown): RelayError {
  if (error instanceof RelayError) {
    return error
  }
  throw error
}

/** Whatever goes wrong ends this attempt alone; the partner is told nothing but that. */
async function answered(container: MedusaContainer, relay: StoreRelay, attempt: Attempt): Promise<void> {
  try {
    await answer(container, relay, attempt)
  } catch (error) {
    if (error instanceof RelayError && error.relay_code === "step_taken") {
      // Another process answers this one: it is not this one's to end.
      return
    }
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`Wholesale: an attempt to pair was ended: ${messageOf(error)}`)
    await abandon(container, relay, attempt.attempt_id)
  }
}

async function answer(container: MedusaContainer, relay: StoreRelay, attempt: Attempt): Promise<void> {
  const { attempt_id, session_id } = attempt
  const { store_id } = relay
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const client = await exchange.traffic.clientOf(relay)
  const prepared = await prepareParty(container, relay, session_id)
  // Counted before it is answered: the answer tells a guesser whether he was right.
  const code = await connections.countRelayAttempt({ store_id, session_id })
  if (!code) {
    await abandon(container, relay, attempt_id)
    return
  }
  const session = respondToPairing(
    { secret: code.secret, slot: code.slot, relay: relay.relay_url, session_id: Buffer.from(session_id, "base64url") },
    prepared.party
  )
  try {
    const { reply } = session.receive(attempt.message)
    await client.sendStep({ attempt_id, step: 2, message: required(reply) })
    const third = await client.waitForStep(
      { attempt_id, step: 3, wait_seconds: PARTNER_SECONDS },
      exchange.relayEnding
    )
    if (!third) {
      await abandon(container, relay, attempt_id)
      return
    }
    const { reply: last, pairing: made } = session.receive(third)
    const pairing = required(made)
    const paired = readPartner(prepared, pairing)
    // The code first: all who enter it share its mailbox, which takes one channel.
    const used = await connections.useRelayCode({
      store_id,
      session_id,
      pairing_id: pairing.connection_id,
      partner_id: paired.partner_id,
    })
    if (!used) {
      await abandon(container, relay, attempt_id)
      return
    }
    await keepChannel(container, prepared, "distributor", { pairing, paired })
    await client.sendStep({ attempt_id, step: 4, message: required(last) })
    await exchange.wakeReceiving(relay)
  } finally {
    session.abandon()
  }
}

/** The relay forgets an attempt by itself in a few minutes, too. */
async function abandon(container: MedusaContainer, relay: StoreRelay, attemptId: string): Promise<void> {
  const { traffic } = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  try {
    const client = await traffic.clientOf(relay)
    await client.abandonAttempt(attemptId)
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`Wholesale: the relay was not told that an attempt ended: ${messageOf(error)}`)
  }
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new Error("The pairing did not give what its step gives.")
  }
  return value
}
