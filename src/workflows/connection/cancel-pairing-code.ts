import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { messageOf } from "../../lib/errors/message-of"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"

export interface CancelPairingCodeInput {
  readonly id: string
  readonly store_id: string
}

/** The code can no longer be used from here on; that the relay frees its slot at once is a courtesy. */
const cancelPairingCodeStep = createStep(
  "wholesale-cancel-pairing-code",
  async (input: CancelPairingCodeInput, { container }) => {
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    await connections.cancelPairingCode(input)
    const session = await connections.relaySessionOf(input)
    if (session) {
      try {
        const { traffic } = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
        const client = await traffic.clientOf({ store_id: input.store_id, relay_url: session.relay_url })
        await client.closeSlot(session.session_id)
      } catch (error) {
        container
          .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
          .warn(`Wholesale: the relay keeps a cancelled code's slot until it expires: ${messageOf(error)}`)
      }
    }
    return new StepResponse()
  }
)

/** Takes a pairing code back before anybody used it. */
export const cancelPairingCodeWorkflow = createWorkflow(
  "wholesale-cancel-pairing-code",
  (input: WorkflowData<CancelPairingCodeInput>) => {
    cancelPairingCodeStep(input)
  }
)
