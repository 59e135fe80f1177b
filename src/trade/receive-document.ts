import type { InboxState } from "../modules/wholesale-exchange/domain/inbox"
import type WholesaleExchangeModuleService from "../modules/wholesale-exchange/service"
import type { Receiver } from "./appliers/applier"
import type { Envelope } from "./documents/envelope"
import { parseDocument } from "./documents/registry"

/**
 * Puts a partner's document into the inbox of the receiving side of a connection, whatever transport
 * it came by. What cannot be read is kept there too, with the reason.
 *
 * @param receiver.sender_id answered for by the transport: the document is applied as from this store,
 * also when a sweeper applies it later
 */
export async function receiveDocument(
  exchange: WholesaleExchangeModuleService,
  receiver: Receiver,
  envelope: Envelope
): Promise<{ id: string; state: InboxState }> {
  const parsed = parseDocument(envelope)
  return exchange.receive({
    ...receiver,
    envelope,
    verdict: parsed.state === "known" ? parsed : { state: parsed.state, reason: parsed.reason },
  })
}
