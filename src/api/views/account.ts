import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import type { Account } from "../../modules/wholesale-account/service"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { creditView } from "./credit"
import { priceTierView } from "./pricing"

/** Accounts with their credit, in one read of each. */
export async function accountsWithCredit(
  container: MedusaContainer,
  storeId: string,
  accounts: readonly Account[]
) {
  const { credit_accounts } = await container
    .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    .listCreditAccounts(
      { store_id: storeId, account_ids: accounts.map(({ id }) => id) },
      { limit: accounts.length }
    )
  const credit = new Map(credit_accounts.map((row) => [row.account_id, creditView(row)]))
  return accounts.map((account) => ({ ...account, credit_account: credit.get(account.id) ?? null }))
}

/** @throws WholesaleError 404 */
export async function accountDetail(container: MedusaContainer, storeId: string, id: string) {
  const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
  const account = await accounts.accountOf(storeId, id)
  const of = { store_id: storeId, account_id: id }
  const [[withCredit], tiers, locations, employees, tax_exemptions] = await Promise.all([
    accountsWithCredit(container, storeId, [account]),
    account.price_tier_id
      ? container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).priceTiers({ store_id: storeId })
      : [],
    accounts.listWholesaleAccountLocations(of, { order: { created_at: "ASC", id: "ASC" } }),
    accounts.listWholesaleEmployees(of, { order: { created_at: "ASC", id: "ASC" } }),
    accounts.listWholesaleTaxExemptions(of, { order: { created_at: "DESC", id: "DESC" } }),
  ])
  const tier = tiers.find(({ id: tierId }) => tierId === account.price_tier_id)
  return { ...withCredit, price_tier: tier ? priceTierView(tier) : null, locations, employees, tax_exemptions }
}
