import type { MedusaContainer } from "@medusajs/framework/types"

import { addDays, startOfDay } from "../../lib/calendar/days"
import type { Amount } from "../../lib/money/amount"
import { subtractAmounts, sumAmounts } from "../../lib/money/amount"
import { everyRow, type KeyPage } from "../../lib/sql/key-page"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import { balanceDelta } from "../../modules/wholesale-credit/domain/credit-entry"
import type { LedgerBalance } from "../../modules/wholesale-credit/ledger/balances"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { postedAndUninvoiced } from "../invoice/invoice-difference"
import { postingKey } from "../invoice/post-receivable"
import { inSnapshot } from "./in-snapshot"

export interface CompareInput {
  readonly store_id: string
  readonly account_id?: string
  /** As it was at the end of this day (UTC), by the dates of the documents; all that is booked where it is not given. */
  readonly as_of?: Date
}

/** What the ledger says that an account owes, and what its documents say. */
export interface BalanceComparison {
  readonly account_id: string
  readonly currency_code: string
  /** Of the ledger. */
  readonly balance: Amount
  /** outstanding + uninvoiced − unapplied + corrections − unposted: what it should be. */
  readonly documents_balance: Amount
  /** Open invoices and open late charges. */
  readonly outstanding: Amount
  /** Orders that are approved, as far as no invoice that stands is over them. */
  readonly uninvoiced: Amount
  /** Credit on account that lies on no invoice. */
  readonly unapplied: Amount
  /** Adjusted and written off by hand, beside all documents. */
  readonly corrections: Amount
  /** What documents that are just being booked will move the balance by. */
  readonly unposted: Amount
}

const ACCOUNTS = 100
const ORDERS = 500

/**
 * Every account of a store, its ledger beside its documents. A page of accounts is read as of one moment,
 * each module's rows by itself, whatever people do meanwhile; what they are in the midst of is told apart:
 *
 * - a document that is committed and has no entry yet is `unposted`;
 * - an order that a verb is under way on counts as the ledger has it, less its invoices.
 *
 * Without a day, an order of which all is invoiced must have nothing left in the ledger. With one, orders count
 * by when they were approved and cancelled, and what their invoices differ by as the ledger has it.
 */
export async function* compareBalances(
  container: MedusaContainer,
  input: CompareInput
): AsyncGenerator<BalanceComparison, void, undefined> {
  const page = (accounts: KeyPage) =>
    inSnapshot(container, (snapshot) => comparePage(container, input, { ...accounts, snapshot }))
  for await (const { comparison } of everyRow(page, ACCOUNTS)) {
    yield comparison
  }
}

/** Those of an account on which ledger and documents do not agree. */
export async function differingBalances(container: MedusaContainer, input: CompareInput): Promise<BalanceComparison[]> {
  const differing: BalanceComparison[] = []
  for await (const comparison of compareBalances(container, input)) {
    if (comparison.balance !== comparison.documents_balance) {
      differing.push(comparison)
    }
  }
  return differing
}

interface Moment {
  readonly snapshot: string
  readonly until?: Date
}

async function comparePage(
  container: MedusaContainer,
  { store_id, account_id, as_of }: CompareInput,
  { limit, after, snapshot }: KeyPage & Pick<Moment, "snapshot">
): Promise<{ id: string; comparison: BalanceComparison }[]> {
  const moment: Moment = { snapshot, ...(as_of && { until: addDays(startOfDay(as_of), 1) }) }
  const ledger = await container
    .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    .ledgerBalances({ store_id, account_id, limit, after, ...moment })
  if (!ledger.length) {
    return []
  }
  const of = { store_id, account_ids: ledger.map((account) => account.account_id) }
  const receivables = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .receivableBalances({ ...of, ...moment })
  const owed = new Map(receivables.map((row) => [`${row.account_id} ${row.currency_code}`, row]))
  const uninvoiced = await uninvoicedBy(container, of, moment)
  const unposted = await unpostedBy(container, of, moment)
  return ledger.map((account) => ({
    id: account.id,
    comparison: compare(account, {
      outstanding: owed.get(`${account.account_id} ${account.currency_code}`)?.outstanding,
      unapplied: owed.get(`${account.account_id} ${account.currency_code}`)?.unapplied,
      uninvoiced: uninvoiced.get(account.account_id),
      unposted: unposted.get(account.account_id),
    }),
  }))
}

function compare(
  { account_id, currency_code, balance, corrections }: LedgerBalance,
  found: Partial<Pick<BalanceComparison, "outstanding" | "uninvoiced" | "unapplied" | "unposted">>
): BalanceComparison {
  const amount = (value: Amount = "0") => sumAmounts([value], currency_code)
  const figures = {
    outstanding: amount(found.outstanding),
    uninvoiced: amount(found.uninvoiced),
    unapplied: amount(found.unapplied),
    corrections,
    unposted: amount(found.unposted),
  }
  const documents_balance = subtractAmounts(
    sumAmounts([figures.outstanding, figures.uninvoiced, figures.corrections], currency_code),
    sumAmounts([figures.unapplied, figures.unposted], currency_code),
    currency_code
  )
  return { account_id, currency_code, balance, documents_balance, ...figures }
}

interface OfAccounts {
  readonly store_id: string
  readonly account_ids: readonly string[]
}

/** By account. */
type Sums = Map<string, Amount>

function add(sums: Sums, account_id: string, amount: Amount, currencyCode: string): void {
  sums.set(account_id, sumAmounts([sums.get(account_id) ?? "0", amount], currencyCode))
}

async function uninvoicedBy(container: MedusaContainer, of: OfAccounts, moment: Moment): Promise<Sums> {
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const also = moment.until ? [] : await invoices.ordersToTell({ ...of, ...moment })
  const sums: Sums = new Map()
  let after = ""
  for (;;) {
    const page = await orders.uninvoicedOrders({ ...of, ...moment, also, limit: ORDERS, after })
    const asked = { store_id: of.store_id, order_ids: page.map(({ id }) => id), ...moment }
    const posted = new Map((await credit.orderBalances(asked)).map((row) => [row.order_id, row]))
    const invoiced = new Map((await invoices.invoicedOrders(asked)).map((row) => [row.order_id, row]))
    for (const order of page) {
      const { balance = "0", differences = "0" } = posted.get(order.id) ?? {}
      const share = invoiced.get(order.id)
      const shares = share ? [share] : []
      const { account_id, currency_code } = order
      const left = order.in_flight
        ? postedAndUninvoiced({ total: balance, currency_code }, "0", shares)
        : postedAndUninvoiced(order, differences, shares)
      add(sums, account_id, left, currency_code)
    }
    if (page.length < ORDERS) {
      return sums
    }
    after = page[page.length - 1].id
  }
}

async function unpostedBy(container: MedusaContainer, of: OfAccounts, { snapshot, until }: Moment): Promise<Sums> {
  const unnoted = (
    await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).unnotedEntries({ ...of, snapshot })
  ).filter(({ effective_at }) => until === undefined || effective_at < until)
  const sums: Sums = new Map()
  if (!unnoted.length) {
    return sums
  }
  const standing = new Set(
    await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .standingKeys({ store_id: of.store_id, keys: unnoted.map(postingKey), snapshot })
  )
  for (const { type, id, account_id, amount, currency_code } of unnoted) {
    if (!standing.has(postingKey({ type, id }))) {
      add(sums, account_id, balanceDelta(type, amount, currency_code), currency_code)
    }
  }
  return sums
}
