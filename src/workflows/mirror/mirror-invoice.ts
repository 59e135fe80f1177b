import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Mirror } from "../../modules/wholesale-invoice/persistence/mirrors/mirrors"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { mirrorInput } from "./mirror-input"
import { makeCoreOrder, type CoreOrderMade, type MakeCoreOrderInput } from "./make-core-order"

export interface MirrorInvoiceInput {
  readonly store_id: string
  readonly invoice_id: string
}

interface PlannedMirror {
  readonly mirror: Mirror
  readonly order: MakeCoreOrderInput
}

const planMirrorsStep = createStep(
  "wholesale-plan-mirrors",
  async (input: MirrorInvoiceInput, { container }) => {
    const mirrors = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .ensureMirrors(input)
    const planned: PlannedMirror[] = []
    for (const mirror of mirrors.filter(({ status }) => status !== "reversed")) {
      planned.push({ mirror, order: await mirrorInput(container, mirror) })
    }
    return new StepResponse(planned)
  }
)

/**
 * Has no undo: the invoice stays paid, and running the workflow again meets the orders made. One that
 * cannot be made holds up no other.
 */
const makeCoreOrdersStep = createStep(
  "wholesale-make-core-orders",
  async (planned: PlannedMirror[], { container }) => {
    const failures: unknown[] = []
    for (const each of planned) {
      try {
        await rememberParties(container, each, await makeCoreOrder(container, each.order))
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length) {
      throw failures[0]
    }
    return new StepResponse()
  }
)

/**
 * Makes the core orders of a paid invoice, one for each order on it, exactly once however often and
 * wherever it runs. One whose wholesale order was cancelled is not made any more.
 *
 * @throws WholesaleError 409 `invoice_not_paid`; 409 `not_allowed` when an order is cancelled at this
 * moment; 404
 */
export const mirrorInvoiceWorkflow = createWorkflow(
  "wholesale-mirror-invoice",
  (input: WorkflowData<MirrorInvoiceInput>) => {
    makeCoreOrdersStep(planMirrorsStep(input))
  }
)

/** The channel and the customer that were made on first use are chosen from now on. */
async function rememberParties(
  container: MedusaContainer,
  { mirror: { store_id, account_id }, order: { store, invoice } }: PlannedMirror,
  { sales_channel_id, customer_id }: CoreOrderMade
): Promise<void> {
  if (store.mirror_sales_channel_id !== sales_channel_id) {
    await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .updateStore(store_id, { mirror_sales_channel_id: sales_channel_id })
  }
  if (customer_id && customer_id !== invoice.customer.id) {
    await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .claimCustomer({ store_id, account_id, customer_id })
  }
}
