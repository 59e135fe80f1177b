import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { MirrorRefund } from "../../modules/wholesale-invoice/persistence/mirrors/mirror-refunds"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { refundCoreOrderStep } from "./steps/refund-core-order"

const recordMirrorRefundStep = createStep(
  "wholesale-record-mirror-refund",
  async ({ id, store_id }: Pick<MirrorRefund, "id" | "store_id">, { container }) => {
    await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .markMirrorRefundDone({ id, store_id })
    return new StepResponse()
  }
)

/** Refunds a credit note's amount on the mirrored core order, once. */
export const refundMirrorWorkflow = createWorkflow(
  "wholesale-refund-mirror",
  (refund: WorkflowData<MirrorRefund>) => {
    refundCoreOrderStep(
      transform(refund, ({ id, core_order_id, amount, credit_note_id }) => ({
        core_order_id,
        refund_id: id,
        amount,
        note: `Wholesale credit note ${credit_note_id}`,
      }))
    )
    recordMirrorRefundStep(refund)
  }
)
