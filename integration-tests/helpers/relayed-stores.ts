import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { approveConnectionWorkflow } from "../../src/workflows/connection/approve-connection"
import { answerPairingsWorkflow } from "../../src/workflows/connection/relay/answer-pairings"
import { generateRelayCodeWorkflow } from "../../src/workflows/connection/relay/generate-relay-code"
import { requestConnectionWorkflow } from "../../src/workflows/connection/request-connection"

/** Every flag of a store that its trade needs, for `WHOLESALE_DEFAULT_FLAGS`. */
export const TRADE_FLAGS = "distributor_ordering,wholesale_receiving,retailer_connections"

const LIMIT = "1000000"

/** Pairing over a relay, step by step, in one process. */
export class RelayedStores {
  readonly connections: WholesaleConnectionModuleService
  readonly exchange: WholesaleExchangeModuleService

  constructor(
    private readonly container: MedusaContainer,
    readonly relay_url: string
  ) {
    this.connections = container.resolve(WHOLESALE_CONNECTION)
    this.exchange = container.resolve(WHOLESALE_EXCHANGE)
  }

  /** A store that reaches others by the relay. */
  async open(name: string, mode: "distributor" | "retailer"): Promise<string> {
    const { id } = await this.container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .createStore({ name, mode, currency_code: "usd", address: { address_1: "1 Wharf Road", country_code: "us" } })
    await this.exchange.setRelay({ store_id: id, relay_url: this.relay_url })
    return id
  }

  /** Says where the store's goods are. */
  async locate(store_id: string, location_id: string): Promise<void> {
    await this.container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .updateStore(store_id, { stock_location_ids: [location_id] })
  }

  async generateCode(store_id: string): Promise<string> {
    const { result } = await generateRelayCodeWorkflow(this.container).run({
      input: { store_id, actor: SYSTEM_ACTOR },
    })
    return result.code
  }

  /** Answers who enters a code of the store, until none of its codes can be entered. */
  async answer(store_id: string): Promise<void> {
    await answerPairingsWorkflow(this.container).run({ input: { store_id, relay_url: this.relay_url } })
  }

  /** @returns the retailer's connection */
  async enterCode(store_id: string, code: string): Promise<string> {
    const { result } = await requestConnectionWorkflow(this.container).run({
      input: { store_id, code, transport: "relay", actor: SYSTEM_ACTOR },
    })
    return result.id
  }

  /** Makes a code, unless there is one that can be entered; enters it and answers. */
  async pair(distributor: string, retailer: string): Promise<string> {
    const [active] = await this.connections.activePairingCodes(distributor)
    const code = active?.code ?? (await this.generateCode(distributor))
    const answering = this.answer(distributor)
    const connection = await this.enterCode(retailer, code)
    await answering
    return connection
  }

  /** Approves every connection that the distributor is asked for. */
  async approveAll(store_id: string): Promise<void> {
    const asked = await this.connections.listWholesaleConnections({ store_id, status: "requested" })
    for (const { id } of asked) {
      await approveConnectionWorkflow(this.container).run({
        input: { id, store_id, credit_limit: LIMIT, actor: SYSTEM_ACTOR },
      })
    }
  }

  /** The connections of a store that hold between both sides. */
  async active(store_id: string) {
    return await this.connections.listWholesaleConnections({ store_id, effective_status: "active" })
  }
}
