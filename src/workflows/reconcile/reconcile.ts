import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { sweepExchange } from "../exchange/sweep-exchange"
import { resumePendingReceipts } from "../purchase/resume-pending-receipts"
import { checkBooks } from "./check-books"
import { finishReceivables } from "./finish-receivables"
import { recheckHeldOrders } from "./recheck-held-orders"
import { remindOfInvoices } from "./remind-of-invoices"
import type { Repair } from "./repair"
import { resumeOperations } from "./resume-operations"
import { sendPickupNotices } from "./send-pickup-notices"

export interface ReconcileInput {
  /** Whose books are compared; none are where it is not given. */
  readonly store_id?: string
  /**
   * ISO 8601: take up what was begun before and is not ended, for nobody is alive who began it. By
   * default what a living process may hold is left to it for a minute.
   */
  readonly before?: string
}

/** How long a process may take over a receipt before another one takes it up. */
const LEASE_MILLISECONDS = 60_000

/** Repairs first, in the order in which documents follow from each other; then compares the books. */
const reconcileStep = createStep(
  "wholesale-reconcile",
  async ({ store_id, before }: ReconcileInput, { container }) => {
    const since = before === undefined ? undefined : new Date(before)
    const repaired: Repair[] = [
      ...(await resumeOperations(container, since)),
      ...(await resumeReceipts(container, since ?? new Date(Date.now() - LEASE_MILLISECONDS))),
      ...(await finishReceivables(container)),
      ...(await recheckHeldOrders(container)),
      ...(await sendPickupNotices(container, since)),
      ...(await remindOfInvoices(container, since)),
      ...(await sweepExchange(container, since)).map((done) => ({ done })),
    ]
    const differences = store_id ? await checkBooks(container, store_id) : null
    return new StepResponse({ repaired, differences })
  }
)

/**
 * Finishes or undoes what crashes left half done, for all stores, and compares the ledger and the
 * invoices of one. Run as often as one likes; what is in order stays as it is.
 */
export const reconcileWorkflow = createWorkflow(
  "wholesale-reconcile",
  (input: WorkflowData<ReconcileInput>) => new WorkflowResponse(reconcileStep(input))
)

async function resumeReceipts(container: MedusaContainer, older_than: Date): Promise<Repair[]> {
  const resumed = await resumePendingReceipts(container, { older_than })
  return resumed
    .filter(({ outcome }) => outcome !== "failed")
    .map(({ store_id, receipt_id, outcome }) => ({
      store_id,
      done: `receipt ${receipt_id} was ${outcome}`,
    }))
}
