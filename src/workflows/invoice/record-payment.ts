import { emitEventStep } from "@medusajs/medusa/core-flows"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleEvents } from "../../events"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Payment } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { announceStep } from "../exchange/steps/announce"
import { postPayment } from "./post-receivable"

export interface RecordPaymentInput {
  /** Derived where a retry must meet the same payment. */
  readonly id?: string
  readonly store_id: string
  readonly invoice_id: string
  /** In the invoice's currency, major units; at most what is outstanding. */
  readonly amount: string
  readonly method: string
  readonly reference?: string
  /** ISO 8601; now where it is not given. */
  readonly received_at?: string
  readonly actor: Actor
}

const recordPaymentStep = createStep(
  "wholesale-record-payment",
  async ({ received_at, ...input }: RecordPaymentInput, { container }) => {
    const recorded = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .recordPayment({ ...input, received_at: received_at ? new Date(received_at) : undefined })
    return new StepResponse(recorded)
  }
)

/** Has no undo: money that was received stays received, and the entry is found missing otherwise. */
const postPaymentStep = createStep(
  "wholesale-post-payment",
  async ({ payment, actor }: { payment: Payment; actor: Actor }, { container }) => {
    await postPayment(container, payment, actor)
    return new StepResponse()
  }
)

/**
 * Records money received for an invoice and lowers the account's balance by it. Paying in full makes
 * the mirror due: its row is planned with the payment, a subscriber makes the core order, and the
 * sweeper does where the event is lost.
 *
 * @throws WholesaleError 409 `payment_exceeds_outstanding`, `not_allowed`; 404
 */
export const recordPaymentWorkflow = createWorkflow(
  "wholesale-record-payment",
  (input: WorkflowData<RecordPaymentInput>) => {
    const recorded = recordPaymentStep(input)
    postPaymentStep(
      transform({ recorded, input }, (data) => ({
        payment: data.recorded.payment,
        actor: data.input.actor,
      }))
    )
    announceStep(
      transform(recorded, ({ payment, invoice }) =>
        invoice.connection_id
          ? [
              { type: "invoice" as const, id: invoice.id },
              { type: "payment" as const, id: payment.id },
            ]
          : []
      )
    )
    recheckCreditStep(
      transform({ recorded, input }, (data) => ({
        store_id: data.input.store_id,
        account_id: data.recorded.payment.account_id,
        actor: data.input.actor,
      }))
    )
    when(recorded, ({ invoice }) => invoice.status === "paid").then(() => {
      emitEventStep({
        eventName: WholesaleEvents.INVOICE_PAID,
        data: transform(recorded, ({ invoice }) => ({ id: invoice.id, store_id: invoice.store_id })),
      })
    })
    return new WorkflowResponse(recorded)
  }
)
