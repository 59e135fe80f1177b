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
import { accountDefaults } from "./account-defaults"
import { assertInvoiceSeriesOf } from "./assert-invoice-series"
import { assertCustomer } from "./assert-customer"

export interface CreateAccountInput extends NewAccount {
  /** In the account's currency, major units; null for no limit. That of its price tier or store where left out. */
  readonly credit_limit?: string | null
  readonly actor: Actor
}

const createAccountStep = createStep(
  "wholesale-create-account",
  async (input: CreateAccountInput, { container }) => {
    const { credit_limit: given, actor, ...account } = input
    assertLimit(given, account.currency_code)
    await assertCustomer(container, account.customer_id)
    await assertInvoiceSeriesOf(container, account.store_id, account.invoice_series)
    const { terms, settings, credit_limit } = await accountDefaults(container, input)
    const { id, store_id, currency_code } = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .createAccount({ ...account, terms })
    await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .openCreditAccount({ store_id, account_id: id, currency_code, limit: credit_limit, settings, actor })
    return new StepResponse({ id })
  }
)

/**
 * Makes a customer account with its credit account; terms and credit rules that are not given are those of
 * its price tier, else of the store. With an `id` it does so once, however often it runs. What is refused
 * leaves nothing.
 *
 * @throws WholesaleError 404 for a customer that core does not have, or a price tier; 409
 * `account_number_taken`, `currency_mismatch`; 400 `invalid_amount`
 */
export const createAccountWorkflow = createWorkflow(
  "wholesale-create-account",
  (input: WorkflowData<CreateAccountInput>) => new WorkflowResponse(createAccountStep(input))
)
