import { derivedId } from "../../../../../../lib/ids/derived-id"
import { chargeLate } from "../../../../../../schemas/invoices"
import { chargeLateWorkflow } from "../../../../../../workflows/invoice/charge-late"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { created } from "../../../../../route-kit/route-answer"
import { lateChargeView } from "../../../../../views/invoice"

/** A fee or interest for paying late. */
export const POST = adminWrite({
  flags: SALES,
  body: chargeLate,
  handler: async ({ container, store, actor, params, body, request_key }) => {
    const { result } = await chargeLateWorkflow(container).run({
      input: {
        ...body,
        ...(request_key && { id: derivedId("whlate", store.id, request_key) }),
        store_id: store.id,
        invoice_id: params.id,
        actor,
      },
    })
    return created({ late_charge: lateChargeView(result.late_charge) })
  },
})
