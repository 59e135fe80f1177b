import type { MedusaContainer } from "@medusajs/framework/types"

import type { PairingCertificate } from "../../../lib/crypto/pairing/certificate"
import { initiatePairing } from "../../../lib/crypto/pairing/initiate-pairing"
import { pairingFailed } from "../../../lib/crypto/pairing/pairing-failed"
import type { Pairing } from "../../../lib/crypto/pairing/session"
import { asWholesaleError, WholesaleError } from "../../../lib/errors/wholesale-error"
import { WHOLESALE_CONNECTION } from "../../../modules/wholesale-connection"
import { readPairingCode, type PairingCode } from "../../../modules/wholesale-connection/domain/pairing-code"
import type WholesaleConnectionModuleService from "../../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../../modules/wholesale-exchange"
import type { RelayClient } from "../../../modules/wholesale-exchange/relay-client/relay-client"
import type WholesaleExchangeModuleService from "../../../modules/wholesale-exchange/service"
import type { RequestConnectionInput } from "../request-connection"
import { keepChannel, partnerIdOf, prepareParty, readPartner, type PairedPartner, type PreparedParty } from "./pairing-party"

/** How long a message of the partner's platform may take. */
const PARTNER_SECONDS = 25

/**
 * Pairs with the distributor whose code was typed: the retailer's side of the exchange over the relay,
 * from the first message to the stored channel. A guess that failed is counted.
 *
 * @throws WholesaleError 404 `pairing_code_not_found`, 409 `pairing_failed`, 429 `pairing_guesses_exceeded`; 409
 * `already_connected` where a connection to that distributor lives: the code is left for others then
 * @throws RelayError where the relay does not answer as it should
 */
export async function enterRelayCode(
  container: MedusaContainer,
  { store_id, code: typed }: RequestConnectionInput
): Promise<PairedPartner & { pairing_id: string }> {
  const code = readPairingCode(typed)
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  const { traffic } = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  await connections.assertMayGuess(store_id)
  const client = await traffic.clientOf({ store_id })
  const relay = { store_id, relay_url: client.origin }
  try {
    const { session_id } = await client.lookUpSlot(code.slot)
    const prepared = await prepareParty(container, relay, session_id)
    const pairing = await pair(client, {
      code,
      session_id,
      prepared,
      // Found out in time, the code is not used up.
      assertWanted: async ({ identity_key }) =>
        await connections.assertNotConnected({ store_id, partner_store_id: partnerIdOf(identity_key), role: "retailer" }),
    })
    const paired = readPartner(prepared, pairing)
    await keepChannel(container, prepared, "retailer", { pairing, paired })
    await connections.recordGuess({ store_id, succeeded: true })
    return { ...paired, pairing_id: pairing.connection_id }
  } catch (error) {
    throw await counted(connections, store_id, error)
  }
}

async function pair(
  client: RelayClient,
  {
    code,
    session_id,
    prepared,
    assertWanted,
  }: {
    code: PairingCode
    session_id: string
    prepared: PreparedParty
    assertWanted: (partner: Pick<PairingCertificate, "identity_key">) => Promise<void>
  }
): Promise<Pairing> {
  const terms = {
    secret: code.secret,
    slot: code.slot,
    relay: client.origin,
    session_id: Buffer.from(session_id, "base64url"),
  }
  const { message, session } = initiatePairing(terms, prepared.party)
  try {
    const { attempt_id } = await client.openAttempt({ slot: code.slot, session_id, message })
    const second = await answerTo(client, attempt_id, 2)
    const { reply, answered_by } = session.receive(second)
    if (!reply || !answered_by) {
      throw pairingFailed()
    }
    try {
      await assertWanted(answered_by)
    } catch (error) {
      await client.abandonAttempt(attempt_id)
      throw error
    }
    await client.sendStep({ attempt_id, step: 3, message: reply })
    const { pairing } = session.receive(await answerTo(client, attempt_id, 4))
    if (!pairing) {
      throw pairingFailed()
    }
    return pairing
  } finally {
    session.abandon()
  }
}

async function answerTo(client: RelayClient, attempt_id: string, step: 2 | 4): Promise<Buffer> {
  const message = await client.waitForStep({ attempt_id, step, wait_seconds: PARTNER_SECONDS })
  if (!message) {
    throw new WholesaleError(
      409,
      "pairing_partner_silent",
      "The partner's platform does not answer. Ask whether it is running, and try again with the same code."
    )
  }
  return message
}

/** A code that is not there answers as one that is wrong elsewhere does; both count. */
async function counted(
  connections: WholesaleConnectionModuleService,
  store_id: string,
  error: unknown
): Promise<unknown> {
  const isMissing = isRefusal(error) && error.relay_code === "not_found"
  if (isMissing || asWholesaleError(error)?.code === "pairing_failed") {
    await connections.recordGuess({ store_id, succeeded: false })
  }
  return isMissing
    ? new WholesaleError(
        404,
        "pairing_code_not_found",
        "No pairing code like this can be used now. Ask your partner for a new one."
      )
    : error
}

const isRefusal = (error: unknown): error is { relay_code?: string } =>
  typeof error === "object" && error !== null && "relay_code" in error
