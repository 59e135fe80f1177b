import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import type { CreditSettings } from "../../lib/credit-rules/credit-settings"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type { AccountDetails } from "../../modules/wholesale-account/domain/account-details"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { updateCreditSettingsWorkflow } from "../credit/update-credit-settings"
import { tierOf, tierRules } from "./account-defaults"
import { assertInvoiceSeriesOf } from "./assert-invoice-series"
import { assertCustomer } from "./assert-customer"

export interface UpdateAccountInput {
  readonly id: string
  readonly store_id: string
  readonly changes: Partial<AccountDetails>
  /** Gives the account the terms and credit rules of its price tier, where that has any and none are given. */
  readonly apply_tier_defaults?: boolean
  readonly actor: Actor
}

interface CreditOfTier {
  readonly rules: Partial<CreditSettings>
  readonly reason: string
}

/** Answers the credit rules that are still to be applied. Everything is checked before anything is written. */
const updateAccountStep = createStep(
  "wholesale-update-account",
  async ({ id, store_id, changes, apply_tier_defaults, actor }: UpdateAccountInput, { container }) => {
    const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    const account = await accounts.accountOf(store_id, id)
    await assertCustomer(container, changes.customer_id)
    await assertInvoiceSeriesOf(container, store_id, changes.invoice_series)
    const tierId = changes.price_tier_id === undefined ? account.price_tier_id : changes.price_tier_id
    if (apply_tier_defaults && !tierId) {
      throw new WholesaleError(
        400,
        "no_price_tier",
        `Account ${account.company_name} is in no price tier whose defaults could be applied: give price_tier_id.`,
        { account_id: id }
      )
    }
    const tier =
      tierId && (apply_tier_defaults || changes.price_tier_id) ? await tierOf(container, store_id, tierId) : undefined
    const applied = apply_tier_defaults ? tier : undefined
    const rules = applied && tierRules(applied, account.currency_code)
    const terms = changes.terms ?? applied?.default_terms
    await accounts.updateAccount({ store_id, account_id: id, actor }, { ...changes, ...(terms && { terms }) })
    const credit: CreditOfTier | null = rules ? { rules, reason: `Defaults of price tier ${applied?.name}` } : null
    return new StepResponse(credit)
  }
)

/**
 * Changes what was given of an account. A price tier changes neither terms nor credit of an account that is
 * there, unless its defaults are asked for; credit is changed as by hand, audited, with the tier as the reason.
 * Running it again changes nothing more.
 *
 * @throws WholesaleError 404 for a customer that core does not have, or a price tier; 400 `no_price_tier`;
 * 409 `account_number_taken`, `currency_mismatch`, `unknown_invoice_series`
 */
export const updateAccountWorkflow = createWorkflow(
  "wholesale-update-account",
  (input: WorkflowData<UpdateAccountInput>) => {
    const credit = updateAccountStep(input)
    when(credit, (applied) => applied !== null).then(() => {
      updateCreditSettingsWorkflow.runAsStep({
        input: transform({ input, credit }, ({ input: { id, store_id, actor }, credit: applied }) => ({
          store_id,
          account_id: id,
          changes: applied?.rules ?? {},
          reason: applied?.reason,
          actor,
        })),
      })
    })
    return new WorkflowResponse(input)
  }
)
