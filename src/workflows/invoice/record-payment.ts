import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { AllocationStrategy, Choice } from "../../modules/wholesale-invoice/domain/allocation-plan"
import type { PaymentPurpose } from "../../modules/wholesale-invoice/persistence/payments/record-payment"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { afterSettlement } from "./after-settlement"

/** For one invoice, all or a part of what is outstanding; or for an account, by a strategy. */
export type PaidFor =
  | { readonly invoice_id: string }
  | {
      readonly account_id: string
      readonly strategy: AllocationStrategy
      readonly allocations?: readonly Choice[]
    }

export type RecordPaymentInput = PaidFor & {
  /** Derived where a retry must meet the same payment. */
  readonly id?: string
  readonly store_id: string
  /** In the invoice's or account's currency, major units. */
  readonly amount: string
  readonly method: string
  readonly reference?: string
  /** ISO 8601; now where it is not given. */
  readonly received_at?: string
  readonly actor: Actor
}

const recordPaymentStep = createStep(
  "wholesale-record-payment",
  async (input: RecordPaymentInput, { container }) => {
    const { id, store_id, amount, method, reference, received_at, actor } = input
    const recorded = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .recordPayment({
        ...(await purposeOf(container, input)),
        id,
        store_id,
        amount,
        method,
        reference,
        received_at: received_at ? new Date(received_at) : undefined,
        actor,
      })
    return new StepResponse(recorded)
  }
)

/**
 * Records money received of an account, puts it to invoices and lowers the account's balance by it.
 * Paying an invoice in full makes its mirror due: its row is planned with the payment, a subscriber makes
 * the core order, and the sweeper does where the event is lost.
 *
 * @throws WholesaleError 409 `payment_exceeds_outstanding`, `not_allowed`, `account_mismatch`; 404
 */
export const recordPaymentWorkflow = createWorkflow(
  "wholesale-record-payment",
  (input: WorkflowData<RecordPaymentInput>) => {
    const recorded = recordPaymentStep(input)
    afterSettlement(
      transform({ recorded, input }, ({ recorded: { payment, invoices, postings }, input: { actor } }) => ({
        store_id: payment.store_id,
        account_id: payment.account_id,
        actor,
        invoices,
        postings,
        payment_id: payment.connection_id ? payment.id : undefined,
      }))
    )
    return new WorkflowResponse(recorded)
  }
)

async function purposeOf(
  container: MedusaContainer,
  input: RecordPaymentInput
): Promise<PaymentPurpose & { connection_id?: string | null }> {
  if ("invoice_id" in input) {
    return { invoice_id: input.invoice_id }
  }
  const { store_id, account_id, strategy, allocations } = input
  const { currency_code } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store_id, account_id)
  const [connection] = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .listWholesaleConnections(
      { store_id, account_id, effective_status: ["active", "suspended"] },
      { take: 1, select: ["id"] }
    )
  return { account_id, currency_code, strategy, allocations, connection_id: connection?.id ?? null }
}
