import type { MedusaContainer } from "@medusajs/framework/types"

import type { PastDue } from "../../modules/wholesale-credit/domain/credit-check"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"

interface AccountRules {
  readonly account_id: string
  /** null: nothing is ever past due. */
  readonly past_due_days: number | null
}

/**
 * What is past due on each of a store's accounts, by the account's own days; null where nothing is. One
 * read, however many accounts.
 */
export async function pastDueByAccount(
  container: MedusaContainer,
  store_id: string,
  accounts: readonly AccountRules[]
): Promise<Record<string, PastDue | null>> {
  const asked = accounts.flatMap(({ account_id, past_due_days }) =>
    past_due_days === null ? [] : [{ account_id, days: past_due_days }]
  )
  const found = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .pastDue({ store_id, accounts: asked })
  const late = new Map(found.map(({ account_id, ...pastDue }) => [account_id, pastDue]))
  return Object.fromEntries(accounts.map(({ account_id }) => [account_id, late.get(account_id) ?? null]))
}
