import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../src/lib/actor/actor"
import { addDays } from "../src/lib/calendar/days"
import { WHOLESALE_INVOICE } from "../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../src/modules/wholesale-invoice/service"
import type { BenchShop } from "./goods"
import { CURRENCY } from "./goods"
import type { Stopwatch } from "./stopwatch"

export const INVOICES_OF_ACCOUNT = 100
export const REPORTS = ["ageing", "ageing of one account", "statement"] as const
const STATEMENT_DAYS = 90
/** Invoices that one statement writes. */
const BATCH = 10_000

interface Database {
  raw<Row>(statement: string, bindings?: readonly (string | number)[]): Promise<{ rows: Row[] }>
}

/** Rows that the plugin wrote; those of the bench are copies with amounts, dates and parties of their own. */
export interface Copied {
  readonly store_id: string
  readonly invoice_id: string
  readonly credit_note_id: string
}

/** What a sold and paid order has left; a credit note of it goes to the account. */
export async function copiedRows(container: MedusaContainer, { partnership }: BenchShop): Promise<Copied> {
  const store_id = partnership.distributor.id
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { invoices: [invoice] } = await invoices.listInvoices({ store_id }, { limit: 1 })
  const { credit_note } = await invoices.issueCreditNote({
    store_id,
    invoice_id: invoice.id,
    amount: "1.00",
    reason: "Short",
    number_pattern: "CN-{YYYY}-{SEQ:6}",
    actor: SYSTEM_ACTOR,
  })
  return { store_id, invoice_id: invoice.id, credit_note_id: credit_note.id }
}

/**
 * Gives the store so many invoices of 100.00, a hundred an account, ten days between one and the next, due after thirty:
 * of twenty fourteen are paid by a payment each, two in part, one is taken back by a credit note, three are open.
 */
export async function fillReceivables(
  container: MedusaContainer,
  copied: Copied,
  { from, to }: { readonly from: number; readonly to: number }
): Promise<void> {
  for (let first = from; first < to; first += BATCH) {
    await write(container, copied, { first, last: Math.min(first + BATCH, to) - 1, account: "n / 100", age: "n % 100 * 10", turn: "n % 20" })
  }
  await settleDown(container)
}

/** An account of its own with so many open invoices. @returns its id */
export async function fillOpenAccount(
  container: MedusaContainer,
  copied: Copied,
  { first, invoices }: { readonly first: number; readonly invoices: number }
): Promise<string> {
  await write(container, copied, { first, last: first + invoices - 1, account: String(first), age: "n % 300", turn: "19" })
  await settleDown(container)
  return accountOf(first)
}

const accountOf = (number: number): string => `whacc_bench_${number}`

/** Reports over all of them, and over one account that has as many invoices however many the store has. */
export async function reportRounds(
  container: MedusaContainer,
  { store_id, rounds }: { readonly store_id: string; readonly rounds: number },
  watch: Stopwatch
): Promise<void> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const to = new Date()
  for (let round = 1; round <= rounds; round++) {
    const account_id = accountOf(round)
    await watch.time("ageing", () => invoices.ageing({ store_id }))
    await watch.time("ageing of one account", () => invoices.ageing({ store_id, account_ids: [account_id] }))
    await watch.time("statement", () =>
      invoices.statement({ store_id, account_id, currency_code: CURRENCY, from: addDays(to, -STATEMENT_DAYS), to })
    )
  }
}

/** One payment that settles every invoice of an account. */
export async function payAll(
  container: MedusaContainer,
  { store_id, account_id, invoices: count }: { readonly store_id: string; readonly account_id: string; readonly invoices: number }
): Promise<void> {
  const { invoices } = await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).recordPayment({
    store_id,
    account_id,
    currency_code: CURRENCY,
    amount: `${count * 100}.00`,
    method: "bank_transfer",
    strategy: "due_date",
    actor: SYSTEM_ACTOR,
  })
  if (invoices.length !== count || invoices.some(({ status }) => status !== "paid")) {
    throw new Error(`The payment of the bench paid ${invoices.length} of ${count} invoices.`)
  }
}

interface Written {
  /** The invoices' numbers: `n` of the expressions below. */
  readonly first: number
  readonly last: number
  readonly account: string
  /** Days since it was issued. */
  readonly age: string
  /** 0 to 13: paid; 14, 15: in part; 16: taken back; else open. */
  readonly turn: string
}

async function write(container: MedusaContainer, copied: Copied, { first, last, account, age, turn }: Written): Promise<void> {
  const database = container.resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION)
  const copies = async (table: string, one: string, id: string, where: string, changes: readonly string[]) => {
    await database.raw(
      `insert into ${table}
       select (jsonb_populate_record(one, jsonb_build_object(
         'store_id', ?::text, 'account_id', 'whacc_bench_' || account, 'connection_id', null, 'currency_code', ?::text,
         'deleted_at', null, ${changes.join(", ")}))).*
       from (select one from ${table} one where ${one} limit 1) as chosen(one),
         (select n, ${account} as account, ${turn} as turn, now() - (${age}) * interval '1 day' as issued
            from generate_series(?::int, ?::int) as n) as made
       where ${where}`,
      [copied.store_id, CURRENCY, id, first, last]
    )
  }
  const amount = (column: string, value: string) =>
    `'${column}', ${value}, 'raw_${column}', jsonb_build_object('value', (${value})::text, 'precision', 20)`
  const paid = "case when turn < 14 then 100 when turn < 16 then 40 else 0 end"
  const credited = "case when turn = 16 then 100 else 0 end"
  await copies("wholesale_invoice", "id = ?", copied.invoice_id, "true", [
    "'id', 'whinv_bench_' || n, 'number', 'BENCH-' || n",
    "'status', case when turn < 14 then 'paid' when turn < 16 then 'partially_paid' when turn = 16 then 'credited' else 'issued' end",
    ...["subtotal", "total"].map((column) => amount(column, "100")),
    ...["charge_total", "tax_total", "discount_total", "written_off_total"].map((column) => amount(column, "0")),
    amount("paid_total", paid),
    amount("credited_total", credited),
    amount("applied_credit_total", credited),
    "'issued_at', issued, 'created_at', issued, 'due_at', issued + interval '30 days'",
    "'paid_at', case when turn < 14 then issued end, 'voided_at', null",
  ])
  await copies("wholesale_payment", "id = (select payment_id from wholesale_payment_allocation where invoice_id = ? limit 1)", copied.invoice_id, "turn < 16", [
    "'id', 'whpay_bench_' || n, 'reference', 'BENCH-' || n, 'received_at', issued, 'created_at', issued",
    "'posted_at', issued, 'choices', null",
    amount("amount", paid),
  ])
  await copies("wholesale_credit_note", "id = ?", copied.credit_note_id, "turn = 16", [
    "'id', 'whcn_bench_' || n, 'number', 'BENCH-CN-' || n, 'invoice_id', 'whinv_bench_' || n",
    "'issued_at', issued, 'created_at', issued, 'posted_at', issued",
    ...["subtotal", "total"].map((column) => amount(column, "100")),
    ...["charge_total", "tax_total"].map((column) => amount(column, "0")),
  ])
  await copies("wholesale_payment_allocation", "invoice_id = ?", copied.invoice_id, "turn < 17", [
    "'id', 'whpayal_bench_' || n, 'operation_id', 'bench_' || n, 'invoice_id', 'whinv_bench_' || n, 'late_charge_id', null",
    "'kind', case when turn = 16 then 'credit_note' else 'payment' end",
    "'payment_id', case when turn < 16 then 'whpay_bench_' || n end",
    "'credit_note_id', case when turn = 16 then 'whcn_bench_' || n end",
    "'applied_on', issued, 'created_at', issued, 'reversed_on', null",
    amount("amount", "case when turn < 14 then 100 when turn < 16 then 40 else 100 end"),
  ])
}

/** As autovacuum leaves tables that have been filled. */
async function settleDown(container: MedusaContainer): Promise<void> {
  const database = container.resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION)
  for (const table of ["invoice", "payment", "payment_allocation", "credit_note"]) {
    await database.raw(`vacuum analyze wholesale_${table}`)
  }
}
