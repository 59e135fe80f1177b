import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type { NewAccount } from "../../modules/wholesale-account/domain/account-details"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { assertCustomer } from "./assert-customer"

export interface CreateAccountInput extends NewAccount {
  /** In the account's currency, major units; null or left out for no limit. */
  readonly credit_limit?: string | null
  readonly actor: Actor
}

const createAccountStep = createStep(
  "wholesale-create-account",
  async ({ credit_limit, actor, ...account }: CreateAccountInput, { container }) => {
    await assertCustomer(container, account.customer_id)
    const { id, store_id, currency_code } = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .createAccount(account)
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    await credit.ensureCreditAccount({ store_id, account_id: id, currency_code })
    if (credit_limit !== undefined) {
      await credit.setLimit({ store_id, account_id: id, limit: credit_limit, actor })
    }
    return new StepResponse({ id })
  }
)

/**
 * Makes a customer account with its credit account. With an `id` it does so once, however often it runs.
 *
 * @throws WholesaleError 404 for a customer that core does not have; 409 `account_number_taken`
 */
export const createAccountWorkflow = createWorkflow(
  "wholesale-create-account",
  (input: WorkflowData<CreateAccountInput>) => new WorkflowResponse(createAccountStep(input))
)
