import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
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
import { makeCoreOrderStep } from "./steps/make-core-order"
import type { CoreOrderMade, MakeCoreOrderInput } from "./make-core-order"

export interface MirrorInvoiceInput {
  readonly store_id: string
  readonly invoice_id: string
}

interface PlannedMirror {
  readonly mirror: Mirror
  readonly order: MakeCoreOrderInput
}

const planMirrorStep = createStep(
  "wholesale-plan-mirror",
  async (input: MirrorInvoiceInput, { container }) => {
    const mirror = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .ensureMirror(input)
    return new StepResponse({ mirror, order: await mirrorInput(container, mirror) })
  }
)

const rememberPartiesStep = createStep(
  "wholesale-remember-mirror-parties",
  async ({ planned, made }: { planned: PlannedMirror; made: CoreOrderMade }, { container }) => {
    await rememberParties(container, planned, made)
    return new StepResponse()
  }
)

/**
 * Makes the core order of a paid invoice, exactly once however often and wherever it runs. One whose
 * wholesale order was cancelled is not made any more.
 *
 * @throws WholesaleError 409 `invoice_not_paid`; 409 `not_allowed` when the order is cancelled at this
 * moment; 404
 */
export const mirrorInvoiceWorkflow = createWorkflow(
  "wholesale-mirror-invoice",
  (input: WorkflowData<MirrorInvoiceInput>) => {
    const planned = planMirrorStep(input)
    when(planned, ({ mirror }) => mirror.status !== "reversed").then(() => {
      const made = makeCoreOrderStep(transform(planned, ({ order }) => order))
      rememberPartiesStep(
        transform({ planned, made }, (data) => ({ planned: data.planned, made: data.made }))
      )
    })
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
