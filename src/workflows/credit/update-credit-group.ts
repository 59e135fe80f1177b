import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { UpdateGroupInput } from "../../modules/wholesale-credit/groups/groups"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { recheckCreditStep } from "./steps/recheck-credit"

const updateGroupStep = createStep(
  "wholesale-update-credit-group",
  async (input: UpdateGroupInput, { container }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    await credit.updateGroup(input)
    return new StepResponse(await credit.retrieveGroup(input))
  }
)

/**
 * Changes the limit that several accounts share, audited, and lets the orders of all of them go on that
 * nothing holds any more.
 *
 * @throws WholesaleError as `updateGroup` of the credit module
 */
export const updateCreditGroupWorkflow = createWorkflow(
  "wholesale-update-credit-group",
  (input: WorkflowData<UpdateGroupInput>) => {
    const group = updateGroupStep(input)
    when(group, ({ account_ids }) => account_ids.length > 0).then(() => {
      recheckCreditStep(
        transform({ group, input }, (data) => ({
          store_id: data.input.store_id,
          account_id: data.group.account_ids[0],
          actor: data.input.actor,
        }))
      )
    })
    return new WorkflowResponse(group)
  }
)
