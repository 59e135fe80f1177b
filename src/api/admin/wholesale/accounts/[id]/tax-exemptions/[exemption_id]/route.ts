import { WHOLESALE_ACCOUNT } from "../../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../../modules/wholesale-account/service"
import { adminWrite } from "../../../../../../route-kit/admin-route"
import { SALES } from "../../../../../../route-kit/flag-gate"
import { ok } from "../../../../../../route-kit/route-answer"

/** Ends the exemption for orders to come. */
export const DELETE = adminWrite({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    await container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).endTaxExemption({
      store_id: store.id,
      account_id: params.id,
      exemption_id: params.exemption_id,
    })
    return ok({ id: params.exemption_id, object: "tax_exemption", deleted: true })
  },
})
