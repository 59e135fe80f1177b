import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"

export interface DeletePriceTierInput {
  readonly store_id: string
  readonly id: string
  readonly actor: Actor
}

const deletePriceTierStep = createStep(
  "wholesale-delete-price-tier",
  async ({ store_id, id, actor }: DeletePriceTierInput, { container }) => {
    const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    const { name } = await catalog.priceTierOf({ store_id, id })
    const [, accounts] = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .listAndCountWholesaleAccounts({ store_id, price_tier_id: id }, { take: 1, select: ["id"] })
    if (accounts > 0) {
      throw new WholesaleError(
        409,
        "price_tier_in_use",
        `Price tier ${name} is that of ${accounts} ${accounts === 1 ? "account" : "accounts"}: give them another one first.`,
        { id, name, accounts }
      )
    }
    await catalog.deletePriceTier({ store_id, id, actor })
    return new StepResponse()
  }
)

/**
 * Ends a price tier that no account is in. One that is put into it at the same moment ships for nothing no more.
 *
 * @throws WholesaleError 409 `price_tier_in_use` with `accounts`; 404
 */
export const deletePriceTierWorkflow = createWorkflow(
  "wholesale-delete-price-tier",
  (input: WorkflowData<DeletePriceTierInput>) => {
    deletePriceTierStep(input)
  }
)
