import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { identityFingerprint } from "./fingerprint"

/** The store's relay and how it does; `relay` is null where none is set, `obstacle` says what keeps all relays from use. */
export async function relayView(container: MedusaContainer, storeId: string) {
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const [row, channels, obstacle] = await Promise.all([
    exchange.relayOf(storeId),
    exchange.channelSummary(storeId),
    exchange.relayObstacle(),
  ])
  const relay = row && {
    relay_url: row.relay_url,
    fingerprint: identityFingerprint(row.identity_public_key),
    answered_at: row.answered_at,
    failed_at: row.failed_at,
    failure: row.failure,
  }
  return {
    relay: relay ?? null,
    channels,
    obstacle: obstacle ? { code: obstacle.code, message: obstacle.message } : null,
  }
}

/** Documents that came in, each with the name of who sent it; in one query for all of them. */
export async function receivedDocumentViews<Row extends { readonly connection_id: string }>(
  container: MedusaContainer,
  storeId: string,
  rows: readonly Row[]
) {
  const ids = [...new Set(rows.map(({ connection_id }) => connection_id))]
  const connections =
    ids.length === 0
      ? []
      : await container
          .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
          .listWholesaleConnections(
            { id: ids, store_id: storeId },
            { select: ["id", "partner_name"], take: ids.length }
          )
  const names = new Map(connections.map(({ id, partner_name }) => [id, partner_name]))
  return rows.map((row) => ({ ...row, partner_name: names.get(row.connection_id) ?? null }))
}
