import { createHash } from "node:crypto"

import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"

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
    fingerprint: fingerprint(row.identity_public_key),
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

/** Of the store's identity: what partners may be told by phone. */
function fingerprint(publicKey: string): string {
  const digest = createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex")
  return (digest.slice(0, 32).match(/.{4}/g) ?? []).join(" ")
}
