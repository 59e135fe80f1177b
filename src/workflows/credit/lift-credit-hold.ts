import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { ownedRow } from "../../lib/errors/owned-row"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { pastDueByAccount } from "./past-due"
import { showHolds } from "./show-holds"

export interface LiftCreditHoldInput {
  readonly id: string
  readonly store_id: string
  readonly reason: string
  readonly actor: Actor
}

const liftHoldStep = createStep(
  "wholesale-lift-credit-hold",
  async ({ id, store_id, reason, actor }: LiftCreditHoldInput, { container }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const { account_id } = ownedRow(
      await credit.listWholesaleCreditHolds({ id, store_id }, { select: ["id", "account_id"] }),
      "Credit hold",
      id
    )
    const accounts = await credit.accountsToRecheck({ store_id, account_id })
    const past_due = await pastDueByAccount(container, store_id, accounts)
    const { hold, released, waiting } = await credit.liftHold({ store_id, hold_id: id, reason, past_due, actor })
    await showHolds(container, {
      store_id,
      order_ids: [...released, ...waiting].map(({ order_id }) => order_id),
      reason,
      actor,
    })
    return new StepResponse(hold)
  }
)

/**
 * Takes a person's hold away; orders that nothing else holds go on.
 *
 * @throws WholesaleError as `liftHold` of the credit module
 */
export const liftCreditHoldWorkflow = createWorkflow(
  "wholesale-lift-credit-hold",
  (input: WorkflowData<LiftCreditHoldInput>) => new WorkflowResponse(liftHoldStep(input))
)
