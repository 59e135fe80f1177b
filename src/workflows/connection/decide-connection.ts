import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { isFinal } from "../../modules/wholesale-connection/domain/connection-machine"
import type { ConnectionDecision } from "../../modules/wholesale-connection/persistence/connections"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { announceStep } from "../exchange/steps/announce"

const decideConnectionStep = createStep(
  "wholesale-decide-connection",
  async (input: ConnectionDecision, { container }) => {
    const { id, store_id, transport, status } = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .decide(input)
    return new StepResponse({ id, store_id, ends_channel: transport === "relay" && isFinal(status) })
  }
)

/** After the partner was told: what is under way still reaches it, then the keys are destroyed. */
const closeChannelStep = createStep(
  "wholesale-close-channel",
  async ({ id, store_id, ends_channel }: { id: string; store_id: string; ends_channel: boolean }, { container }) => {
    if (ends_channel) {
      const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
      await exchange.closeChannel({ id, store_id })
      await exchange.wakeSending({ id, store_id })
    }
    return new StepResponse()
  }
)

/** Rejects, suspends, resumes or revokes this store's side of a connection and tells the partner. */
export const decideConnectionWorkflow = createWorkflow(
  "wholesale-decide-connection",
  (input: WorkflowData<ConnectionDecision>) => {
    const decided = decideConnectionStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "connection" as const, id })))
    closeChannelStep(decided)
  }
)
