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
import { assertLimit } from "../../modules/wholesale-credit/domain/credit-limit"
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
    assertLimit(credit_limit, account.currency_code)
    await assertCustomer(container, account.customer_id)
    const { id, store_id, currency_code } = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .createAccount(account)
    await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .openCreditAccount({ store_id, account_id: id, currency_code, limit: credit_limit, actor })
    return new StepResponse({ id })
  }
)

/**
 * Makes a customer account with its credit account. With an `id` it does so once, however often it runs.
 * What is refused leaves nothing.
 *
 * @throws WholesaleError 404 for a customer that core does not have; 409 `account_number_taken`; 400
 * `invalid_amount`
 */
export const createAccountWorkflow = createWorkflow(
  "wholesale-create-account",
  (input: WorkflowData<CreateAccountInput>) => new WorkflowResponse(createAccountStep(input))
)
