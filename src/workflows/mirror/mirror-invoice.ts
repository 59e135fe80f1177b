import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { asWholesaleError } from "../../lib/errors/wholesale-error"
import { derivedId } from "../../lib/ids/derived-id"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Mirror } from "../../modules/wholesale-invoice/persistence/mirrors"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { mirrorInput } from "./mirror-input"
import { reverseCoreOrder } from "./reverse-core-order"
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

/** The order may have been cancelled while its core order was made: then it is taken back at once. */
const recordMirrorStep = createStep(
  "wholesale-record-mirror",
  async ({ planned, made }: { planned: PlannedMirror; made: CoreOrderMade }, { container }) => {
    const { mirror } = planned
    const { id, store_id } = mirror
    const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    try {
      const recorded = await invoices.markMirrorMade({ id, store_id })
      await rememberParties(container, planned, made)
      return new StepResponse(recorded)
    } catch (error) {
      if (asWholesaleError(error)?.code !== "not_allowed") {
        throw error
      }
      await reverseCoreOrder(container, {
        core_order_id: mirror.core_order_id,
        refund_id: derivedId("ref", mirror.id, "reversal"),
        amount_left: mirror.total,
      })
      const [reversed] = (await invoices.listMirrors({ store_id, invoice_id: mirror.invoice_id })).mirrors
      return new StepResponse(reversed)
    }
  }
)

/**
 * Makes the core order of a paid invoice, exactly once however often and wherever it runs.
 *
 * @throws WholesaleError 409 `invoice_not_paid`; 404
 */
export const mirrorInvoiceWorkflow = createWorkflow(
  "wholesale-mirror-invoice",
  (input: WorkflowData<MirrorInvoiceInput>) => {
    const planned = planMirrorStep(input)
    const made = makeCoreOrderStep(transform(planned, ({ order }) => order))
    const mirror = recordMirrorStep(
      transform({ planned, made }, (data) => ({ planned: data.planned, made: data.made }))
    )
    return new WorkflowResponse(mirror)
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
