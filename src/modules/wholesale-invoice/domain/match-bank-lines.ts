import { MathBN } from "@medusajs/framework/utils"

import { calendarDay } from "../../../lib/calendar/days"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import type { Choice } from "./allocation-plan"
import type { BankLine } from "./bank-lines"

/** An invoice of which something is open. */
export interface PayableInvoice {
  readonly id: string
  readonly number: string
  /** Of its orders and their purchase orders. */
  readonly order_numbers: readonly string[]
  readonly account_id: string
  readonly currency_code: string
  readonly outstanding: Amount
  /** What closes it until which day, where a discount may be taken. */
  readonly early?: { readonly payable: Amount; readonly until: Date } | null
  readonly due_at: Date
}

export interface PayingAccount {
  readonly id: string
  readonly number: string | null
  readonly company_name: string
}

/**
 * `sure`: the invoices are named and the amount is theirs; `likely`: they are named and the amount is
 * another, or the amount is that of one open invoice alone; `account`: only the payer is known.
 */
export type Certainty = "sure" | "likely" | "account"

export interface Proposal {
  readonly certainty: Certainty
  readonly account_id: string
  /** What goes to which invoice; none where only the payer is known. */
  readonly allocations: Choice[]
  /** What they leave of the amount: credit on account. */
  readonly unapplied: Amount
}

export interface MatchedLine extends BankLine {
  /** Null: somebody has to say whose it is. */
  readonly proposal: Proposal | null
}

/**
 * Proposes what each line pays. Pure, and decides nothing: people confirm what it proposes. An invoice
 * that one line pays in full is not proposed for the next.
 */
export function matchBankLines(
  lines: readonly BankLine[],
  invoices: readonly PayableInvoice[],
  accounts: readonly PayingAccount[]
): MatchedLine[] {
  const left = new Map(invoices.map(({ id, outstanding }) => [id, outstanding]))
  return lines.map((line) => {
    const open = invoices.filter(
      ({ id, currency_code }) => currency_code === line.currency_code && MathBN.gt(left.get(id) ?? 0, 0)
    )
    const proposal = byReference(line, open, left) ?? byAmount(line, open, accounts, left) ?? byPayer(line, accounts)
    for (const { invoice_id, amount } of proposal?.allocations ?? []) {
      left.set(invoice_id, subtractAmounts(left.get(invoice_id) ?? "0", amount, line.currency_code))
    }
    return { ...line, proposal }
  })
}

function byReference(
  line: BankLine,
  open: readonly PayableInvoice[],
  left: ReadonlyMap<string, Amount>
): Proposal | undefined {
  const said = searchable(`${line.reference} ${line.payer}`)
  const named = open.filter((invoice) =>
    [invoice.number, ...invoice.order_numbers].some((number) => names(said, number))
  )
  const accounts = new Set(named.map(({ account_id }) => account_id))
  if (accounts.size !== 1) {
    return undefined
  }
  const currency = line.currency_code
  const due = [...named].sort((one, other) => one.due_at.getTime() - other.due_at.getTime())
  const owed = sumAmounts(due.map(({ id }) => left.get(id) ?? "0"), currency)
  const payable = (invoice: PayableInvoice) => earlyPayable(line, invoice) ?? left.get(invoice.id) ?? "0"
  if (MathBN.eq(line.amount, sumAmounts(due.map(payable), currency))) {
    const allocations = due.map((invoice) => ({ invoice_id: invoice.id, amount: payable(invoice) }))
    return { certainty: "sure", account_id: due[0].account_id, allocations, unapplied: roundAmount(0, currency) }
  }
  const { allocations, unapplied } = spread(line, due, left)
  return {
    certainty: MathBN.eq(line.amount, owed) ? "sure" : "likely",
    account_id: due[0].account_id,
    allocations,
    unapplied,
  }
}

/** The one open invoice of this amount; of the payer's, where the payer is known. */
function byAmount(
  line: BankLine,
  open: readonly PayableInvoice[],
  accounts: readonly PayingAccount[],
  left: ReadonlyMap<string, Amount>
): Proposal | undefined {
  const payer = payerOf(line, accounts)
  const equal = open.filter(
    (invoice) =>
      (!payer || payer.id === invoice.account_id) &&
      [left.get(invoice.id), earlyPayable(line, invoice)].some((amount) => amount !== undefined && MathBN.eq(amount, line.amount))
  )
  return equal.length === 1
    ? {
        certainty: "likely",
        account_id: equal[0].account_id,
        allocations: [{ invoice_id: equal[0].id, amount: line.amount }],
        unapplied: roundAmount(0, line.currency_code),
      }
    : undefined
}

/** What the invoice takes less for being paid on the line's day. */
function earlyPayable(line: BankLine, { early }: PayableInvoice): Amount | undefined {
  return early && calendarDay(line.received_at) <= calendarDay(early.until) ? early.payable : undefined
}

function byPayer(line: BankLine, accounts: readonly PayingAccount[]): Proposal | null {
  const payer = payerOf(line, accounts)
  return payer
    ? { certainty: "account", account_id: payer.id, allocations: [], unapplied: line.amount }
    : null
}

function payerOf(line: BankLine, accounts: readonly PayingAccount[]): PayingAccount | undefined {
  const said = searchable(`${line.reference} ${line.payer}`)
  const known = accounts.filter(
    ({ number, company_name }) => (number && names(said, number)) || names(said, company_name)
  )
  return known.length === 1 ? known[0] : undefined
}

function spread(line: BankLine, due: readonly PayableInvoice[], left: ReadonlyMap<string, Amount>) {
  const currency = line.currency_code
  let unapplied = line.amount
  const allocations = due.flatMap(({ id }) => {
    const amount = roundAmount(MathBN.min(unapplied, left.get(id) ?? 0), currency)
    unapplied = subtractAmounts(unapplied, amount, currency)
    return MathBN.gt(amount, 0) ? [{ invoice_id: id, amount }] : []
  })
  return { allocations, unapplied }
}

/** Words of letters and digits, apart by one space; people and banks put any other sign between them. */
function searchable(text: string): string {
  return ` ${text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `
}

/** Whether the number or name stands in the text, whole: INV-1 is not in INV-10. */
function names(said: string, name: string): boolean {
  const wanted = searchable(name)
  const joined = wanted.trim().replace(/ /g, "")
  return wanted.trim() !== "" && (said.includes(wanted) || said.includes(` ${joined} `))
}
