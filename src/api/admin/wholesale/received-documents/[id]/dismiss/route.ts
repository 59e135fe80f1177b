import { WHOLESALE_EXCHANGE } from "../../../../../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../../../../../modules/wholesale-exchange/service"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { ANY_TRADE } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"

/** Lets a document that failed or contradicts another rest; it is kept. */
export const POST = adminWrite({
  flags: ANY_TRADE,
  handler: async ({ container, store, params }) => {
    await container
      .resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
      .dismiss({ id: params.id, store_id: store.id })
    return ok({ received_document: { id: params.id } })
  },
})
