import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type { StoreSettings } from "../../modules/wholesale-store/domain/store-settings"
import type { ProfileRevision } from "../../modules/wholesale-store/profiles"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { assertSeriesUnused } from "../account/assert-invoice-series"
import { announceStep } from "../exchange/steps/announce"
import { assertCoreRows } from "./assert-core-rows"
import { renewConnections } from "./renew-connections"

export interface UpdateStoreInput {
  readonly id: string
  readonly changes: Partial<StoreSettings>
  readonly actor: Actor
}

const updateStoreStep = createStep(
  "wholesale-update-store",
  async ({ id, changes, actor }: UpdateStoreInput, { container }) => {
    await assertCoreRows(container, changes)
    await assertSeriesUnused(container, id, changes.invoice_series)
    const { profile_revision, profile_announced_revision } = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .updateStore(id, changes, actor)
    return new StepResponse({
      id,
      profile_revision,
      is_announced: profile_revision === profile_announced_revision,
    })
  }
)

const renewConnectionsStep = createStep(
  "wholesale-renew-connections",
  async (
    { is_announced, ...profile }: ProfileRevision & { readonly is_announced: boolean },
    { container }
  ) => {
    const raised = is_announced ? [] : await renewConnections(container, profile)
    return new StepResponse(raised.map((id) => ({ type: "connection" as const, id })))
  }
)

/**
 * Changes a store's settings; a changed profile is announced to its partners, by the sweeper where
 * this does not come that far.
 */
export const updateStoreWorkflow = createWorkflow(
  "wholesale-update-store",
  (input: WorkflowData<UpdateStoreInput>) => {
    announceStep(renewConnectionsStep(updateStoreStep(input)))
  }
)
