import type { MedusaContainer } from "@medusajs/framework/types"
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
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { storeProfile } from "../../trade/store-profile"
import { announceStep } from "../exchange/steps/announce"
import { enterRelayCode } from "./relay/enter-relay-code"

export interface RequestConnectionInput {
  /** The retailer's store. */
  readonly store_id: string
  /** As typed by a person. */
  readonly code: string
  /** Where the partner who made the code is: on this backend unless said otherwise, or on another by the relay. */
  readonly transport?: "local" | "relay"
  readonly actor: Actor
}

const requestConnectionStep = createStep(
  "wholesale-request-connection",
  async (input: RequestConnectionInput, { container }) =>
    new StepResponse(await (input.transport === "relay" ? requestByRelay : requestHere)(container, input))
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

async function requestHere(
  container: MedusaContainer,
  { store_id, code, actor }: RequestConnectionInput
): Promise<{ id: string }> {
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
  return { id }
}

async function requestByRelay(
  container: MedusaContainer,
  input: RequestConnectionInput
): Promise<{ id: string }> {
  const { store_id, actor } = input
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const { connection_id, pairing_id, partner_id, profile } = await enterRelayCode(container, input)
  try {
    const { id } = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .requestConnection({
        id: connection_id,
        store_id,
        pairing_id,
        transport: "relay",
        partner_store_id: partner_id,
        partner_profile: profile,
        actor,
      })
    const { relay_url } = await exchange.retrieveChannel({ id, store_id })
    await exchange.wakeReceiving({ store_id, relay_url })
    return { id }
  } catch (error) {
    // Connected already: the new keys lead nowhere.
    await exchange.closeChannel({ id: connection_id, store_id })
    throw error
  }
}
