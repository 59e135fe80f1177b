import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type { ConnectionDecision } from "../../modules/wholesale-connection/persistence/connections"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { announceStep } from "../exchange/steps/announce"

const decideConnectionStep = createStep(
  "wholesale-decide-connection",
  async (input: ConnectionDecision, { container }) => {
    await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .decide(input)
    return new StepResponse()
  }
)

/** Rejects, suspends, resumes or revokes this store's side of a connection and tells the partner. */
export const decideConnectionWorkflow = createWorkflow(
  "wholesale-decide-connection",
  (input: WorkflowData<ConnectionDecision>) => {
    decideConnectionStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "connection" as const, id })))
  }
)
