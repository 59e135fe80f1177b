import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"

/** Company names by account id. */
export async function accountNames(
  container: MedusaContainer,
  storeId: string,
  rows: readonly { readonly account_id: string }[]
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map(({ account_id }) => account_id))]
  const accounts = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .listWholesaleAccounts(
      { id: ids, store_id: storeId },
      { select: ["id", "company_name"], take: ids.length }
    )
  return new Map(accounts.map(({ id, company_name }) => [id, company_name]))
}

/** How many accounts of a name a search looks at; who types less of a name finds the first of them. */
const ACCOUNTS_NAMED = 1_000

/** The ids of the accounts whose name, number or e-mail has this text in it. */
export async function accountsNamed(container: MedusaContainer, storeId: string, q: string): Promise<string[]> {
  const accounts = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .listWholesaleAccounts(
      { store_id: storeId, q },
      { select: ["id"], take: ACCOUNTS_NAMED, order: { company_name: "ASC" } }
    )
  return accounts.map(({ id }) => id)
}
