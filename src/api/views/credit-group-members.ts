import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { accountNames } from "./account-names"
import { creditView } from "./credit"

/** The accounts that share a limit, each with its company and what of the limit it takes; the largest share first. */
export async function groupMembers(container: MedusaContainer, storeId: string, accountIds: readonly string[]) {
  const members = accountIds.map((account_id) => ({ account_id }))
  const [{ credit_accounts }, companies] = await Promise.all([
    container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .listCreditAccounts({ store_id: storeId, account_ids: accountIds }, { limit: accountIds.length }),
    accountNames(container, storeId, members),
  ])
  return credit_accounts
    .map(creditView)
    .map(({ account_id, balance, reserved, exposure }) => ({
      account_id,
      company_name: companies.get(account_id) ?? null,
      balance,
      reserved,
      exposure,
    }))
    .sort((left, right) => right.exposure - left.exposure)
}
