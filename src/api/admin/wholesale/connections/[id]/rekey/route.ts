import { WHOLESALE_EXCHANGE } from "../../../../../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../../../../../modules/wholesale-exchange/service"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { connectionDetail } from "../../../../../views/connection"

/** Offers the partner fresh keys now; `offered` is false where an offer waits for its answer already. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  handler: async ({ container, store, params }) => {
    const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const channel = { id: params.id, store_id: store.id }
    await exchange.retrieveChannel(channel)
    const offered = await exchange.rekey(channel)
    await exchange.wakeSending(channel)
    return ok({ offered, connection: await connectionDetail(container, store.id, params.id) })
  },
})
