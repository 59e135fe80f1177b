import type { MedusaContainer } from "@medusajs/framework/types"

import { labelsFor } from "../../documents/language/labels"
import type { AgeBucket, AgeingBucket, StatementDocument } from "../../documents/model/statement"
import { calendarDay } from "../../lib/calendar/days"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { negateAmount } from "../../lib/money/amount"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { AccountAgeing } from "../../modules/wholesale-invoice/persistence/reports/ageing"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { Store } from "../../modules/wholesale-store/service"
import { buyerSide, sellerSide } from "./document-parties"
import { buyerSnapshot, sellerSnapshot } from "./party-snapshots"
import { printedBranding } from "./printed-branding"

export interface StatementPeriod {
  readonly account_id: string
  /** The first and the last day (UTC). */
  readonly from: Date
  readonly to: Date
}

/** A statement of more is no paper that anybody reads. */
const MAX_ENTRIES = 10_000

/**
 * What an account owed and paid over a period, as its people are told, by the dates of the documents, and how late it was on the last day.
 *
 * @throws WholesaleError 404; 422 `statement_too_long` beyond 10,000 entries
 */
export async function statementDocument(
  container: MedusaContainer,
  store: Store,
  { account_id, from, to }: StatementPeriod
): Promise<StatementDocument> {
  const account = await container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).accountOf(store.id, account_id)
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { currency_code } = account
  const statement = await invoices.statement({ store_id: store.id, account_id, currency_code, from, to, for_buyer: true })
  assertReadable(statement.lines.length)
  const { accounts } = await invoices.ageing({ store_id: store.id, account_ids: [account_id], as_of: to, for_buyer: true })
  const { seller, bank_accounts, locale, notes } = sellerSide(sellerSnapshot(store))
  const words = labelsFor(locale)
  return {
    kind: "statement",
    number: `${account.number ?? account.id}/${statement.to}`,
    issued_on: statement.to,
    currency_code,
    branding: await printedBranding(container, store),
    seller,
    bank_accounts,
    locale,
    notes,
    buyer: buyerSide(buyerSnapshot(account, {})).buyer,
    from: statement.from,
    to: statement.to,
    opening_balance: statement.opening,
    entries: statement.lines.map(({ kind, label, at, amount, balance }) => ({
      on: calendarDay(at),
      title: words.entries[kind],
      reference: label,
      due_on: null,
      amount,
      balance,
    })),
    closing_balance: statement.closing,
    ageing: bucketsOf(accounts.find((row) => row.currency_code === currency_code), words.ages),
  }
}

/** What is open by its age, and the credit on account, which makes them sum to the balance. */
function bucketsOf(row: AccountAgeing | undefined, words: Readonly<Record<AgeBucket, string>>): AgeingBucket[] {
  return row
    ? [
        { title: words.current, amount: row.current },
        { title: words.days_1_30, amount: row.days_1_30 },
        { title: words.days_31_60, amount: row.days_31_60 },
        { title: words.days_61_90, amount: row.days_61_90 },
        { title: words.days_91_120, amount: row.days_91_120 },
        { title: words.over_120, amount: row.over_120 },
        { title: words.unapplied, amount: negateAmount(row.unapplied, row.currency_code) },
      ]
    : []
}

function assertReadable(count: number): void {
  if (count > MAX_ENTRIES) {
    throw new WholesaleError(
      422,
      "statement_too_long",
      `The account has ${count} entries in the period; a statement takes ${MAX_ENTRIES}. Choose a shorter period.`,
      { count, max: MAX_ENTRIES }
    )
  }
}
