import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { startOfDay } from "../../lib/calendar/days"
import { messageOf } from "../../lib/errors/message-of"
import { everyRow } from "../../lib/sql/key-page"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { HoldDifference } from "../../modules/wholesale-credit/holds/reconcile-holds"
import type { CreditDifference } from "../../modules/wholesale-credit/ledger/reconcile"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { InvoiceDifference, MirrorDifference } from "../../modules/wholesale-invoice/persistence/reconcile"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { differingBalances, type BalanceComparison } from "./compare-balances"

/** Where two books disagree; `kind` says which. */
export type BookDifference =
  | ({ readonly kind: "credit" } & CreditDifference)
  | ({ readonly kind: "balance" } & BalanceComparison)
  | ({ readonly kind: "hold" } & HoldDifference)
  | ({ readonly kind: "invoice" } & InvoiceDifference)
  | ({ readonly kind: "mirror" } & MirrorDifference)
  | { readonly kind: "unmirrored"; readonly invoice_id: string }

const HOUR_MILLISECONDS = 60 * 60 * 1_000
/** When the night's comparison is due, in hours of UTC. */
const NIGHTLY_HOUR = 3

/**
 * Compares a store's books and keeps what was found. Nothing is changed: a difference is a fault that
 * somebody should see.
 */
export async function checkBooks(
  container: MedusaContainer,
  store_id: string,
  checked_at = new Date()
): Promise<BookDifference[]> {
  const differences = await compareBooks(container, store_id)
  await container
    .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    .recordBooksCheck({ store_id, checked_at, differences })
  return differences
}

/**
 * Compares the books of every store once a night, from three o'clock UTC on; a night that nobody was running
 * is made up for. Differences are logged as an error and shown to the store's people.
 */
export async function checkBooksNightly(container: MedusaContainer, now = new Date()): Promise<void> {
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const since = lastNight(now)
  for await (const { id } of everyRow((page) => stores.storesToCheck({ since, ...page }))) {
    if (!(await stores.claimBooksCheck({ store_id: id, since, now }))) {
      continue
    }
    try {
      const differences = await checkBooks(container, id, now)
      if (differences.length > 0) {
        logger.error(
          `Wholesale: the books of store ${id} differ in ${differences.length} places. See Wholesale, Settings, Books.`
        )
      }
    } catch (error) {
      logger.error(
        `The books of store ${id} could not be compared: ${messageOf(error)}`
      )
    }
  }
}

export function lastNight(now: Date): Date {
  const hour = NIGHTLY_HOUR * HOUR_MILLISECONDS
  return new Date(startOfDay(new Date(now.getTime() - hour)).getTime() + hour)
}

async function compareBooks(container: MedusaContainer, store_id: string): Promise<BookDifference[]> {
  const [credit, invoices] = [
    await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).reconcile(store_id),
    await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).reconcile(store_id),
  ]
  const balances = await differingBalances(container, { store_id })
  return [
    ...credit.differences.map((row) => ({ kind: "credit" as const, ...row })),
    ...balances.map((row) => ({ kind: "balance" as const, ...row })),
    ...credit.holds.map((row) => ({ kind: "hold" as const, ...row })),
    ...invoices.invoices.map((row) => ({ kind: "invoice" as const, ...row })),
    ...invoices.mirrors.map((row) => ({ kind: "mirror" as const, ...row })),
    ...invoices.unmirrored.map((invoice_id) => ({ kind: "unmirrored" as const, invoice_id })),
  ]
}
