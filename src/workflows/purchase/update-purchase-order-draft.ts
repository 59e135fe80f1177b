import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import { advancePurchaseOrder } from "../../modules/wholesale-purchase/domain/purchase-order-machine"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { changedTerms, type TermsInput } from "./draft-terms"
import { priceDraftLines, type DraftLine } from "./price-draft-lines"

export interface UpdatePurchaseOrderDraftInput extends Partial<TermsInput> {
  readonly id: string
  readonly store_id: string
  /** Replaces all lines, priced anew; they stay as they are when not given. */
  readonly lines?: readonly DraftLine[]
  readonly actor: Actor
}

const updatePurchaseOrderDraftStep = createStep(
  "wholesale-update-purchase-order-draft",
  async (input: UpdatePurchaseOrderDraftInput, { container }) => {
    const { id, store_id, lines, actor } = input
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const [order, store] = await Promise.all([
      purchase.purchaseOrder(store_id, id),
      container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    ])
    advancePurchaseOrder(order, "edit")
    const changes = changedTerms(store, order, input)
    const { connection_id, currency_code } = order
    const priced =
      lines && (await priceDraftLines(container, { store_id, connection_id, currency_code, lines }))
    await purchase.updateDraft({ store_id, id, changes, lines: priced?.lines, actor })
    return new StepResponse()
  }
)

/** Changes a purchase order that has not been placed. */
export const updatePurchaseOrderDraftWorkflow = createWorkflow(
  "wholesale-update-purchase-order-draft",
  (input: WorkflowData<UpdatePurchaseOrderDraftInput>) => {
    updatePurchaseOrderDraftStep(input)
  }
)
