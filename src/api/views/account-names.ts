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
