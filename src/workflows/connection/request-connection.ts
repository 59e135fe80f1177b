import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { storeProfile } from "../../trade/store-profile"
import { announceStep } from "../exchange/steps/announce"

export interface RequestConnectionInput {
  /** The retailer's store. */
  readonly store_id: string
  /** As typed by a person. */
  readonly code: string
  readonly actor: Actor
}

const requestConnectionStep = createStep(
  "wholesale-request-connection",
  async ({ store_id, code, actor }: RequestConnectionInput, { container }) => {
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    const claimed = await connections.claimPairingCode({ code, caller_store_id: store_id })
    const partner = await stores.retrieveWholesaleStore(claimed.store_id)
    const { id } = await connections.requestConnection({
      store_id,
      pairing_id: claimed.id,
      partner_store_id: partner.id,
      partner_profile: storeProfile(partner),
      actor,
    })
    return new StepResponse({ id })
  }
)

/** Uses a distributor's pairing code up and asks for a connection; the distributor decides. */
export const requestConnectionWorkflow = createWorkflow(
  "wholesale-request-connection",
  (input: WorkflowData<RequestConnectionInput>) => {
    const connection = requestConnectionStep(input)
    announceStep(transform(connection, ({ id }) => ({ type: "connection" as const, id })))
    return new WorkflowResponse(connection)
  }
)
