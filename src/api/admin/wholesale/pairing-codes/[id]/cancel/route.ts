import { cancelPairingCodeWorkflow } from "../../../../../../workflows/connection/cancel-pairing-code"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"

export const POST = adminWrite({
  flags: CONNECTIONS,
  handler: async ({ container, store, params }) => {
    await cancelPairingCodeWorkflow(container).run({ input: { id: params.id, store_id: store.id } })
    return ok({ pairing_code: { id: params.id, status: "cancelled" } })
  },
})
