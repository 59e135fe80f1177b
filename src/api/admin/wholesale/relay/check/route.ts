import { WHOLESALE_EXCHANGE } from "../../../../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../../../../modules/wholesale-exchange/service"
import { adminWrite } from "../../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"

/** Asks the store's relay whether it is there, and what it is. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  handler: async ({ container, store }) => {
    const { traffic } = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const client = await traffic.clientOf({ store_id: store.id })
    const asked = Date.now()
    const { version, time_ms } = await client.info()
    const answered = Date.now()
    return ok({
      relay_check: {
        relay_url: client.origin,
        version,
        took_ms: answered - asked,
        clock_difference_ms: Math.round(time_ms - (asked + answered) / 2),
      },
    })
  },
})
