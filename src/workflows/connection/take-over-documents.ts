import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"

/**
 * Lets what was traded over connections with the same partner that have ended go on over this one: orders,
 * purchase orders, invoices and what belongs to them. All of it is announced again, so that each side has
 * what the other knows. Again it changes nothing.
 *
 * Each side does so by itself: the distributor before it approves, the retailer before it applies anything
 * that came after the approval. So no purchase order comes over the new connection before the order that it
 * led to stands there, and none is placed a second time.
 *
 * A partner elsewhere is known by its keys. Where this store has other keys than it had under the ended
 * connection it is another partner to its partner, which moves nothing: so it moves nothing either.
 */
export async function takeOverDocuments(
  container: MedusaContainer,
  { id, store_id }: { readonly id: string; readonly store_id: string }
): Promise<void> {
  const ended = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .endedBefore({ id, store_id })
  if (ended.length === 0) {
    return
  }
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const identity = await exchange.relayOf(store_id)
  const hasKeysSince = (at: Date) => identity !== undefined && new Date(identity.created_at) <= at
  for (const { id: from, transport, created_at } of ended) {
    if (transport === "relay" && !hasKeysSince(created_at)) {
      continue
    }
    await exchange.ignoreWaiting({
      store_id,
      connection_id: from,
      reason: `The connection has ended; the partner sends it again over ${id}.`,
    })
    const move = { store_id, from, to: id }
    await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).moveDocuments(move)
    await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).moveDocuments(move)
    await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).moveDocuments(move)
    await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).moveMappings(move)
  }
}
