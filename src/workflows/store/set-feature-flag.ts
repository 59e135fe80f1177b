import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

export interface SetFeatureFlagInput {
  readonly flag: string
  /** Needed for a flag of the store level. */
  readonly store_id?: string
  readonly enabled: boolean
  readonly actor: Actor
}

const setFeatureFlagStep = createStep(
  "wholesale-set-feature-flag",
  async (input: SetFeatureFlagInput, { container }) => {
    const { changed, ...feature_flag } = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .setFlag(input)
    if (changed && input.enabled) {
      await container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE).wakePostponed()
    }
    return new StepResponse(feature_flag)
  }
)

/**
 * Sets a feature flag; documents that waited for one that is on now are taken in by the next sweep.
 *
 * @throws WholesaleError as `WholesaleStoreModuleService.setFlag` does
 */
export const setFeatureFlagWorkflow = createWorkflow(
  "wholesale-set-feature-flag",
  (input: WorkflowData<SetFeatureFlagInput>) => new WorkflowResponse(setFeatureFlagStep(input))
)
