import { randomBytes } from "node:crypto"

import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../../lib/actor/actor"
import { WHOLESALE_CONNECTION } from "../../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../../modules/wholesale-exchange/service"

export interface GenerateRelayCodeInput {
  /** The distributor's store. */
  readonly store_id: string
  readonly actor: Actor
  /** Made again with the same id, it is the same code. */
  readonly id?: string
}

const SESSION_BYTES = 32

/** The slot comes from the relay, the secret part from here; the relay never hears of it. */
const generateRelayCodeStep = createStep(
  "wholesale-generate-relay-code",
  async ({ store_id, actor, id }: GenerateRelayCodeInput, { container }) => {
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const known = (await connections.activePairingCodes(store_id)).find((code) => code.id === id)
    if (known) {
      return new StepResponse(known)
    }
    const client = await exchange.traffic.clientOf({ store_id })
    const session_id = randomBytes(SESSION_BYTES).toString("base64url")
    const { slot } = await client.openSlot({ session_id, ttl_seconds: connections.pairingCodeSeconds })
    try {
      const expires_at = new Date(Date.now() + connections.pairingCodeSeconds * 1_000)
      const code = await connections.keepRelayCode({
        id,
        store_id,
        actor,
        slot,
        session_id,
        expires_at,
        relay_url: client.origin,
      })
      await exchange.wakePairing({ store_id, relay_url: client.origin })
      return new StepResponse(code)
    } catch (error) {
      await client.closeSlot(session_id)
      throw error
    }
  }
)

/** Makes a pairing code that a partner on another platform enters. */
export const generateRelayCodeWorkflow = createWorkflow(
  "wholesale-generate-relay-code",
  (input: WorkflowData<GenerateRelayCodeInput>) => new WorkflowResponse(generateRelayCodeStep(input))
)
