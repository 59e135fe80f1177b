import { WHOLESALE_ACCOUNT } from "../../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../../modules/wholesale-account/service"
import { updateLocation } from "../../../../../../../schemas/accounts"
import { adminWrite } from "../../../../../../route-kit/admin-route"
import { SALES } from "../../../../../../route-kit/flag-gate"
import { ok } from "../../../../../../route-kit/route-answer"

export const POST = adminWrite({
  flags: SALES,
  body: updateLocation,
  handler: async ({ container, store, params, body }) => {
    const location = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .updateLocation(
        { store_id: store.id, account_id: params.id, location_id: params.location_id },
        body
      )
    return ok({ location })
  },
})

export const DELETE = adminWrite({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    await container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).removeLocation({
      store_id: store.id,
      account_id: params.id,
      location_id: params.location_id,
    })
    return ok({ id: params.location_id, object: "location", deleted: true })
  },
})
