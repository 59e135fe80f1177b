import { derivedId } from "../../../../../../lib/ids/derived-id"
import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { addTaxExemption } from "../../../../../../schemas/accounts"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { created } from "../../../../../route-kit/route-answer"

export const POST = adminWrite({
  flags: SALES,
  body: addTaxExemption,
  handler: async ({ container, store, params, body, request_key }) => {
    const tax_exemption = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .addTaxExemption({
        ...body,
        ...(request_key && { id: derivedId("whexm", store.id, request_key) }),
        store_id: store.id,
        account_id: params.id,
      })
    return created({ tax_exemption })
  },
})
