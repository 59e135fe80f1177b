import { derivedId } from "../../lib/ids/derived-id"
import type { SourceRef } from "../../modules/wholesale-invoice/persistence/payments/credit-source"
import { allocateCredit, refundCredit, unallocateCredit } from "../../schemas/invoices"
import { allocateCreditWorkflow, unallocateCreditWorkflow } from "../../workflows/invoice/move-credit"
import { refundCreditWorkflow } from "../../workflows/invoice/refund-credit"
import { allocationView, refundView } from "../views/invoice"
import { adminWrite } from "./admin-route"
import { SALES } from "./flag-gate"
import { created, ok } from "./route-answer"

/** What can be done with credit on account, whether a payment or a credit note left it. */

/** Puts what is unapplied to invoices. */
export const allocateRoute = (type: SourceRef["type"]) =>
  adminWrite({
    flags: SALES,
    body: allocateCredit,
    handler: async ({ container, store, actor, params, body, request_key }) => {
      const { result } = await allocateCreditWorkflow(container).run({
        input: {
          ...body,
          ...(request_key && { id: derivedId("whalloc", store.id, request_key) }),
          store_id: store.id,
          source: { type, id: params.id },
          actor,
        },
      })
      return ok({ allocations: result.allocations.map(allocationView) })
    },
  })

/** Takes it off its invoices, or off one. */
export const unallocateRoute = (type: SourceRef["type"]) =>
  adminWrite({
    flags: SALES,
    body: unallocateCredit,
    handler: async ({ container, store, actor, params, body }) => {
      const { result } = await unallocateCreditWorkflow(container).run({
        input: { ...body, store_id: store.id, source: { type, id: params.id }, actor },
      })
      return ok({ allocations: result.allocations.map(allocationView) })
    },
  })

/** Money paid back out of what is unapplied. */
export const refundRoute = (type: SourceRef["type"]) =>
  adminWrite({
    flags: SALES,
    body: refundCredit,
    handler: async ({ container, store, actor, params, body, request_key }) => {
      const { result } = await refundCreditWorkflow(container).run({
        input: {
          ...body,
          ...(request_key && { id: derivedId("whref", store.id, request_key) }),
          store_id: store.id,
          source: { type, id: params.id },
          actor,
        },
      })
      return created({ refund: refundView(result.refund) })
    },
  })
