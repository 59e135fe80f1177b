import { WHOLESALE_EXCHANGE } from "../../../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../../../modules/wholesale-exchange/service"
import { setRelay } from "../../../../schemas/connections"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../route-kit/flag-gate"
import { ok } from "../../../route-kit/route-answer"
import { relayView } from "../../../views/relay"

export const GET = adminRead({
  flags: CONNECTIONS,
  handler: async ({ container, store }) => ok(await relayView(container, store.id)),
})

/** Sets the relay for connections to come; those that stand keep theirs. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  body: setRelay,
  handler: async ({ container, store, body }) => {
    const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const { relay_url } = await exchange.setRelay({ store_id: store.id, relay_url: body.relay_url })
    await exchange.wakeReceiving({ store_id: store.id, relay_url })
    return ok(await relayView(container, store.id))
  },
})
