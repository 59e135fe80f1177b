import type { MedusaContainer } from "@medusajs/framework/types"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import { seriesOf, type InvoiceSeries } from "../../modules/wholesale-store/domain/invoice-series"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/**
 * That the series that an account names is one of its store's; none named is fine.
 *
 * @throws WholesaleError 409 `unknown_invoice_series` with those that there are
 */
export async function assertInvoiceSeriesOf(
  container: MedusaContainer,
  storeId: string,
  series: string | null | undefined
): Promise<void> {
  if (series) {
    const store = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(storeId)
    seriesOf(store, series)
  }
}

/**
 * That no account is left with a series that the store gives up.
 *
 * @throws WholesaleError 409 `invoice_series_in_use` with the accounts
 */
export async function assertSeriesUnused(
  container: MedusaContainer,
  storeId: string,
  kept: readonly InvoiceSeries[] | undefined
): Promise<void> {
  if (!kept) {
    return
  }
  const { invoice_series } = await container
    .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    .retrieveWholesaleStore(storeId, { select: ["id", "invoice_series"] })
  const given_up = invoice_series
    .map(({ series }) => series)
    .filter((series) => !kept.some((each) => each.series === series))
  const using = given_up.length
    ? await container
        .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
        .listWholesaleAccounts({ store_id: storeId, invoice_series: given_up }, { take: 20 })
    : []
  if (using.length) {
    throw new WholesaleError(
      409,
      "invoice_series_in_use",
      `Invoices of ${using.map(({ company_name }) => company_name).join(", ")} are numbered in ` +
        `${[...new Set(using.map((account) => account.invoice_series))].join(", ")}: give those accounts another series first.`,
      { accounts: using.map(({ id, invoice_series: series }) => ({ account_id: id, series })) }
    )
  }
}
