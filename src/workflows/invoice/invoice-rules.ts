import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import type { InvoiceConsolidation, InvoiceOn } from "../../modules/wholesale-order/domain/invoice-due"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/** What makes an account's invoices due, and whether they wait for others: its own rules, else the store's. */
export async function invoiceRules(
  container: MedusaContainer,
  { store_id, account_id }: { readonly store_id: string; readonly account_id: string }
): Promise<{ invoice_on: InvoiceOn; invoice_consolidation: InvoiceConsolidation }> {
  const [store, account] = await Promise.all([
    container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(store_id, { select: ["id", "invoice_on", "invoice_consolidation"] }),
    container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).accountOf(store_id, account_id),
  ])
  return {
    invoice_on: account.invoice_on ?? store.invoice_on,
    invoice_consolidation: account.invoice_consolidation ?? store.invoice_consolidation,
  }
}
