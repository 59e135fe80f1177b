import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import type { Transport } from "./transport"

/**
 * To a store on another backend: the document is sealed for the partner alone and put into the outbox,
 * from where workers bring it to the relay and keep it until the partner has it. There the partner's own
 * workers put it into its inbox, and answer by the keys of the channel for who sent it.
 */
export const relayTransport: Transport = {
  name: "relay",
  async deliver(container, { id, store_id }, envelope) {
    const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const { status, closing_at } = await exchange.retrieveChannel({ id, store_id })
    if (closing_at || status === "closed") {
      // One of the two has ended it: nobody listens any more.
      return
    }
    await exchange.sealDocuments({ store_id, channel_id: id, documents: [envelope] })
    await exchange.wakeSending({ id, store_id })
  },
}
