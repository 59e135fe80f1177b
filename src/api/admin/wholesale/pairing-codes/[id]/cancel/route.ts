import { WHOLESALE_CONNECTION } from "../../../../../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../../../../../modules/wholesale-connection/service"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"

export const POST = adminWrite({
  flags: CONNECTIONS,
  handler: async ({ container, store, params }) => {
    await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .cancelPairingCode({ id: params.id, store_id: store.id })
    return ok({ pairing_code: { id: params.id, status: "cancelled" } })
  },
})
