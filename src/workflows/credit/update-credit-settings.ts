import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { CreditSettings } from "../../lib/credit-rules/credit-settings"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { recheckCreditStep } from "./steps/recheck-credit"

export interface UpdateCreditSettingsInput {
  readonly store_id: string
  readonly account_id: string
  /** What is left out stays; null takes a rule away. */
  readonly changes: Partial<CreditSettings>
  /** The group whose limit it shares from now on; null: none. Left out, it stays. */
  readonly group_id?: string | null
  readonly reason?: string
  readonly actor: Actor
}

/** All or nothing: a group that does not fit leaves the rules as they were. */
const updateSettingsStep = createStep(
  "wholesale-update-credit-settings",
  async ({ changes, group_id, ...about }: UpdateCreditSettingsInput, { container }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    if (group_id !== undefined) {
      await credit.assignToGroup({ ...about, group_id })
    }
    await credit.updateSettings({ ...about, changes })
    return new StepResponse(about)
  }
)

/**
 * Changes the rules of an account's credit, audited, and lets the orders go on that nothing holds any more.
 *
 * @throws WholesaleError 400 `invalid_amount`, `invalid_credit_settings` with `field`; 409
 * `credit_currency_mismatch`; 404
 */
export const updateCreditSettingsWorkflow = createWorkflow(
  "wholesale-update-credit-settings",
  (input: WorkflowData<UpdateCreditSettingsInput>) => {
    const account = updateSettingsStep(input)
    recheckCreditStep(account)
    return new WorkflowResponse(account)
  }
)
