import type { MedusaContainer } from "@medusajs/framework/types"

import { everyRow } from "../../lib/sql/key-page"
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
  const abandoned = await closeAbandoned(exchange, connections)
  const swept = await exchange.sweepRelay()
  return abandoned ? [...swept, `${abandoned} pairings that nobody stood behind were ended`] : swept
}

/** A pairing that was broken off after this side had stored its keys: no connection ever came of it. */
async function closeAbandoned(
  exchange: WholesaleExchangeModuleService,
  connections: WholesaleConnectionModuleService
): Promise<number> {
  let closed = 0
  for await (const channel of everyRow((page) => exchange.unconfirmedChannels(page))) {
    const [connection] = await connections.listWholesaleConnections({ id: channel.id }, { select: ["id"] })
    if (!connection) {
      await exchange.closeChannel(channel)
      closed += 1
    }
  }
  return closed
}
