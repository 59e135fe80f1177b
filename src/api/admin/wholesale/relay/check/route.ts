import { WHOLESALE_EXCHANGE } from "../../../../../modules/wholesale-exchange"
import { RelayError } from "../../../../../modules/wholesale-exchange/relay-client/relay-error"
import type WholesaleExchangeModuleService from "../../../../../modules/wholesale-exchange/service"
import { adminWrite } from "../../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"

/** Asks the store's relay whether it is there, and what it is; what came of it is the relay's health from then on. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  handler: async ({ container, store }) => {
    const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const client = await exchange.traffic.clientOf({ store_id: store.id })
    const note = async (failure: string | null) => await exchange.noteRelay({ store_id: store.id, failure })
    const asked = Date.now()
    try {
      const { version, time_ms } = await client.info()
      const answered = Date.now()
      await note(null)
      return ok({
        relay_check: {
          relay_url: client.origin,
          version,
          took_ms: answered - asked,
          clock_difference_ms: Math.round(time_ms - (asked + answered) / 2),
        },
      })
    } catch (error) {
      if (error instanceof RelayError) {
        await note(error.message)
      }
      throw error
    }
  },
})
