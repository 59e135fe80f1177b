import { derivedId } from "../../../../../../lib/ids/derived-id"
import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { createLocation } from "../../../../../../schemas/accounts"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { created } from "../../../../../route-kit/route-answer"

export const POST = adminWrite({
  flags: SALES,
  body: createLocation,
  handler: async ({ container, store, params, body, request_key }) => {
    const location = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .addLocation({
        ...body,
        ...(request_key && { id: derivedId("whloc", store.id, request_key) }),
        store_id: store.id,
        account_id: params.id,
      })
    return created({ location })
  },
})
