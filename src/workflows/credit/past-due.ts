import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { PastDue } from "../../modules/wholesale-credit/domain/credit-check"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"

interface AccountRules {
  readonly account_id: string
  /** null: nothing is ever past due. */
  readonly past_due_days: number | null
}

/**
 * What is past due on one account, by its own days; null where nothing is.
 *
 * @throws WholesaleError 404 for an account without credit in the store
 */
export async function pastDueOf(
  container: MedusaContainer,
  { store_id, account_id }: { readonly store_id: string; readonly account_id: string }
): Promise<PastDue | null> {
  const { past_due_days } = await container
    .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    .exposure({ store_id, account_id })
  const late = await pastDueByAccount(container, store_id, [{ account_id, past_due_days }])
  return late[account_id]
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
