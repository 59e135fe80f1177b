import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type { StoreSettings } from "../../modules/wholesale-store/domain/store-settings"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { announceStep } from "../exchange/steps/announce"
import { assertCoreRows } from "./assert-core-rows"

export interface UpdateStoreInput {
  readonly id: string
  readonly changes: Partial<StoreSettings>
}

/** What partners see of a store. */
const PROFILE = ["name", "email", "phone", "tax_number", "address"] as const

const updateStoreStep = createStep(
  "wholesale-update-store",
  async ({ id, changes }: UpdateStoreInput, { container }) => {
    await assertCoreRows(container, changes)
    await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .updateStore(id, changes)
    if (!PROFILE.some((member) => member in changes)) {
      return new StepResponse([])
    }
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    await connections.raiseRevisions(id)
    const rows = await connections.listWholesaleConnections({ store_id: id }, { select: ["id"] })
    return new StepResponse(rows.map((row) => ({ type: "connection" as const, id: row.id })))
  }
)

/** Changes a store's settings; a changed profile is announced to its partners. */
export const updateStoreWorkflow = createWorkflow(
  "wholesale-update-store",
  (input: WorkflowData<UpdateStoreInput>) => {
    announceStep(updateStoreStep(input))
  }
)
