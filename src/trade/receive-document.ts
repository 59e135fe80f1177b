import type { InboxState } from "../modules/wholesale-exchange/domain/inbox"
import type WholesaleExchangeModuleService from "../modules/wholesale-exchange/service"
import type { Envelope } from "./documents/envelope"
import { parseDocument } from "./documents/registry"

/**
 * Puts a partner's document into the inbox of the receiving side of a connection, whatever transport
 * it came by. What cannot be read is kept there too, with the reason.
 */
export async function receiveDocument(
  exchange: WholesaleExchangeModuleService,
  receiver: { readonly store_id: string; readonly connection_id: string },
  envelope: Envelope
): Promise<{ id: string; state: InboxState }> {
  const parsed = parseDocument(envelope)
  return exchange.receive({
    ...receiver,
    envelope,
    verdict: parsed.state === "known" ? parsed : { state: parsed.state, reason: parsed.reason },
  })
}
