import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { readReceivableSettings, receivableSettings } from "../../../../schemas/invoices"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { ok } from "../../../route-kit/route-answer"
import { receivableSettingsView } from "../../../views/invoice"

/** How payments settle, as far as it is set: for the store, and for the account that is named. */
export const GET = adminRead({
  flags: SALES,
  query: readReceivableSettings,
  handler: async ({ container, store, query: { account_id = null } }) => {
    await currencyOf(container, store, account_id)
    const settings = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .receivableSettings({ store_id: store.id, account_id })
    return ok({ receivable_settings: settings.map(receivableSettingsView) })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: receivableSettings,
  handler: async ({ container, store, actor, body }) => {
    const settings = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .setReceivableSettings({
        ...body,
        store_id: store.id,
        actor,
        currency_code: await currencyOf(container, store, body.account_id),
      })
    return ok({ receivable_settings: [receivableSettingsView(settings)] })
  },
})

/** @throws WholesaleError 404 for an account that is missing or another store's */
async function currencyOf(
  container: MedusaContainer,
  store: { readonly id: string; readonly currency_code: string },
  accountId: string | null
): Promise<string> {
  if (accountId === null) {
    return store.currency_code
  }
  const { currency_code } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store.id, accountId)
  return currency_code
}
