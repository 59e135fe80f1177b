import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"

/**
 * What the relay's workers left behind: heartbeats, outboxes, stores that nobody asks the relay for, and
 * codes that somebody may enter while nobody waits for it. Safe in any number of processes.
 *
 * @returns a line about what was done, for people to read
 */
export async function sweepRelay(container: MedusaContainer): Promise<string[]> {
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  for (const relay of await connections.relaysAwaitingPairing()) {
    await exchange.wakePairing(relay)
  }
  return await exchange.sweepRelay()
}
