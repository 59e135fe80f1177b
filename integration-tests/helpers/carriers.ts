import type { MedusaContainer } from "@medusajs/framework/types"

import { StoreClient } from "../../scripts/fixture/store-client"
import type { TradingStores } from "../../scripts/fixture/trading-stores"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import { applyInboxWorkflow } from "../../src/workflows/exchange/apply-inbox"
import { answerPairingsWorkflow } from "../../src/workflows/connection/relay/answer-pairings"
import { TestRelay } from "../../src/relay-server/__tests__/helpers/test-relay"

/** How documents get from one of two stores to the other. */
export interface Carrier {
  readonly transport: "local" | "relay"
  /** Once for a spec file. */
  open(): Promise<void>
  close(): Promise<void>
  /** Before each test, on a fresh database. */
  prepare(container: MedusaContainer, stores: TradingStores): Promise<void>
  /** Brings everything that is under way to where it goes. */
  carry(container: MedusaContainer): Promise<void>
  /** Enters a code while the one who made it is there to answer. */
  whileAnswering<Result>(container: MedusaContainer, storeId: string, enter: () => Promise<Result>): Promise<Result>
}

/** Stores of one backend: what is announced is there. */
export function localCarrier(): Carrier {
  return {
    transport: "local",
    open: async () => {},
    close: async () => {},
    prepare: async () => {},
    carry: async () => {},
    whileAnswering: async (_, __, enter) => await enter(),
  }
}

/** The same two stores, each with keys of its own, and between them a relay in a process of its own making. */
export function relayCarrier(): Carrier {
  let relay: TestRelay
  let origin: string
  return {
    transport: "relay",
    async open() {
      relay = await TestRelay.create()
      origin = (await relay.start()).origin
    },
    close: async () => await relay.destroy(),
    async prepare(container, stores) {
      const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
      for (const { id } of [stores.distributor, stores.retailer]) {
        await exchange.setRelay({ store_id: id, relay_url: origin })
      }
    },
    carry: carryByRelay,
    async whileAnswering(container, store_id, enter) {
      const answering = answerPairingsWorkflow(container).run({ input: { store_id, relay_url: origin } })
      const result = await enter()
      await answering
      return result
    },
  }
}

/** Does by hand, until nothing is left to do, what the workers of a backend do when they are woken. */
export async function carryByRelay(container: MedusaContainer): Promise<void> {
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  for (let moved = true; moved; ) {
    moved = false
    for (const ref of await exchange.channelsToSend({ limit: 100 })) {
      await exchange.traffic.sendQueued(ref)
      moved = true
    }
    for (const relay of await exchange.relaysToPoll()) {
      const { taken, failures } = await exchange.traffic.receiveOnce(relay, 0)
      if (failures.length) {
        throw failures[0]
      }
      moved ||= taken.length > 0 || exchange.traffic.owesAcknowledgements(relay)
    }
    const { result } = await applyInboxWorkflow(container).run({ input: { limit: 100 } })
    moved ||= result.taken > 0
  }
}

/** A store's user whose changes have arrived at the partner when they are answered. */
export class CarriedClient {
  constructor(
    private readonly client: StoreClient,
    private readonly carry: () => Promise<void>
  ) {}

  request: StoreClient["request"] = async (...request) => await this.after(this.client.request(...request))

  async get<Body>(path: string): Promise<Body> {
    return await this.client.get<Body>(path)
  }

  async post<Body>(path: string, body?: unknown): Promise<Body> {
    return await this.after(this.client.post<Body>(path, body))
  }

  private async after<Result>(change: Promise<Result>): Promise<Result> {
    const result = await change
    await this.carry()
    return result
  }
}
