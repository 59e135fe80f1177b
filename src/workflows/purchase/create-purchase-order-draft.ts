import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { ownedRow } from "../../lib/errors/owned-row"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { newTerms, type TermsInput } from "./draft-terms"
import { priceDraftLines, type DraftLine } from "./price-draft-lines"

export interface CreatePurchaseOrderDraftInput extends TermsInput {
  /** Given by a caller who may come again; the same id makes the draft once. */
  readonly id?: string
  /** The retailer's store. */
  readonly store_id: string
  readonly connection_id: string
  readonly lines: readonly DraftLine[]
  readonly actor: Actor
}

const createPurchaseOrderDraftStep = createStep(
  "wholesale-create-purchase-order-draft",
  async (input: CreatePurchaseOrderDraftInput, { container }) => {
    const { id, store_id, connection_id, actor } = input
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    if (id) {
      const [made] = await purchase.listWholesalePurchaseOrders({ id, store_id }, { take: 1, select: ["id"] })
      if (made) {
        return new StepResponse({ id })
      }
    }
    const [connections, store] = await Promise.all([
      container
        .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
        .listWholesaleConnections(
          { id: connection_id, store_id, role: "retailer" },
          { take: 1, select: ["id"] }
        ),
      container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    ])
    ownedRow(connections, "Supplier", connection_id)
    const terms = newTerms(store, input)
    const priced = await priceDraftLines(container, { store_id, connection_id, lines: input.lines })
    const draft = await purchase.createDraft({ ...terms, ...priced, id, store_id, connection_id, actor })
    return new StepResponse({ id: draft.id })
  }
)

/**
 * Writes a purchase order, at the prices of the catalog that the supplier sent last; net, for the
 * supplier adds the tax. With an `id` it does so once, however often it runs.
 */
export const createPurchaseOrderDraftWorkflow = createWorkflow(
  "wholesale-create-purchase-order-draft",
  (input: WorkflowData<CreatePurchaseOrderDraftInput>) =>
    new WorkflowResponse(createPurchaseOrderDraftStep(input))
)
