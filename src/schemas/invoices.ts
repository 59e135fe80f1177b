import { z } from "@medusajs/framework/zod"

import {
  anyOf,
  calendarDay,
  currencyCode,
  isoDateTime,
  listQuery,
  nonNegativeAmount,
  positiveAmount,
  quantity,
  queryBoolean,
  reason,
  rowId,
  text,
} from "./common"

export const invoiceStatus = z.enum(["issued", "partially_paid", "paid", "credited", "void", "written_off"])

export const listInvoices = listQuery({
  status: anyOf(invoiceStatus).optional(),
  account_id: rowId.optional(),
  order_id: rowId.optional(),
  overdue: queryBoolean.optional(),
})
/** What waits of an account, on one invoice for each currency, connection and terms; or these orders on one. */
export const consolidateInvoices = z.strictObject({
  account_id: rowId,
  /** What was supplied on that day (UTC) or before. */
  through: calendarDay.optional(),
  order_ids: z.array(rowId).min(1).max(1_000).optional(),
})
export const listUninvoiced = z.strictObject({ account_id: rowId.optional(), through: calendarDay.optional() })
export const listPortalInvoices = listQuery({
  status: anyOf(invoiceStatus.exclude(["written_off"])).optional(),
  order_id: rowId.optional(),
  overdue: queryBoolean.optional(),
})
const allocations = z
  .array(z.strictObject({ invoice_id: rowId, amount: positiveAmount }))
  .min(1)
  .max(1_000)
const strategy = z.enum(["oldest_first", "due_date", "by_choice", "unapplied"])

/** Amounts are named where, and only where, one chooses. */
const choicesFit = (put: { strategy?: string; allocations?: unknown }) =>
  (put.strategy === "by_choice") === (put.allocations !== undefined)
const CHOICES = { message: "are given with, and only with, the strategy by_choice", path: ["allocations"] }

/** Money for one invoice, or for an account: then the strategy says where it goes. */
export const recordPayment = z
  .strictObject({
    invoice_id: rowId.optional(),
    account_id: rowId.optional(),
    strategy: strategy.optional(),
    allocations: allocations.optional(),
    amount: positiveAmount,
    method: text(50),
    reference: text(200).optional(),
    received_at: isoDateTime.optional(),
    /** Of a bank's statement: the same line is recorded once, by whoever confirms it. */
    bank_line_id: rowId.optional(),
  })
  .refine((payment) => (payment.invoice_id === undefined) !== (payment.account_id === undefined), {
    message: "give either an invoice or an account",
    path: ["invoice_id"],
  })
  .refine((payment) => payment.invoice_id === undefined || payment.strategy === undefined, {
    message: "is for payments of an account",
    path: ["strategy"],
  })
  .refine(choicesFit, CHOICES)
/** What is unapplied of a payment or credit note. */
export const allocateCredit = z
  .strictObject({ strategy: strategy.exclude(["unapplied"]), allocations: allocations.optional() })
  .refine(choicesFit, CHOICES)
/** All of it, or what lies on one invoice. */
export const unallocateCredit = z.strictObject({ invoice_id: rowId.optional(), reason })
export const refundCredit = z.strictObject({
  amount: positiveAmount,
  method: text(50),
  reference: text(200).optional(),
  reason: reason.optional(),
  refunded_at: isoDateTime.optional(),
})
export const chargeLate = z.strictObject({
  kind: z.enum(["fee", "interest"]),
  amount: positiveAmount,
  reason: reason.optional(),
  charged_at: isoDateTime.optional(),
})
/** A bad debt: all that is outstanding, or a part of it. */
export const writeOffInvoice = z.strictObject({ amount: positiveAmount.optional(), reason })
/** How payments settle: for the store, or for one of its accounts. Null: as the store, or nothing. */
export const receivableSettings = z.strictObject({
  account_id: rowId.nullable().default(null),
  write_off_tolerance: nonNegativeAmount.nullable(),
  settle_first: z.enum(["invoice", "charges"]).nullable(),
  reason: reason.optional(),
})
/** From how many days late a store reminds, in rising order, and what it charges then. */
export const dunningLevels = z.strictObject({
  levels: z
    .array(
      z.strictObject({
        days_late: z.number().int().min(1).max(3_650),
        /** In the store's currency. */
        fee: nonNegativeAmount.nullable().optional(),
        /** A year's. */
        interest_percent: nonNegativeAmount.nullable().optional(),
      })
    )
    .max(10),
  reason: reason.optional(),
})
/** A bank's CSV and how it is written. */
export const matchBankStatement = z.strictObject({
  csv: z.string().min(1).max(4_000_000),
  columns: z.strictObject({
    date: text(100),
    amount: text(100),
    reference: text(100),
    payer: text(100).optional(),
  }),
  delimiter: z.enum([",", ";", "\t"]).default(","),
  decimal: z.enum([".", ","]).default("."),
  date_order: z.enum(["ymd", "dmy", "mdy"]).default("ymd"),
  /** The store's where it is not given. */
  currency_code: currencyCode.optional(),
})
export const readReceivableSettings = z.strictObject({ account_id: rowId.optional() })
export const listReceivableChanges = listQuery({ account_id: rowId.optional() })
export const listPayments = listQuery({
  invoice_id: rowId.optional(),
  account_id: rowId.optional(),
  status: z.enum(["received", "void"]).optional(),
  method: text(50).optional(),
  unapplied: queryBoolean.optional(),
})

/** A credit note over line quantities, or over an amount; one of the two. */
export const issueCreditNote = z
  .strictObject({
    invoice_id: rowId,
    reason,
    lines: z.array(z.strictObject({ line_id: rowId, quantity })).min(1).max(10_000).optional(),
    amount: positiveAmount.optional(),
    /** The amount is spread over the lines of this order alone. */
    order_id: rowId.optional(),
  })
  .refine((note) => note.order_id === undefined || note.amount !== undefined, {
    message: "goes with an amount",
    path: ["order_id"],
  })
  .refine((note) => (note.lines === undefined) !== (note.amount === undefined), {
    message: "give either lines or an amount",
    path: ["lines"],
  })
export const listCreditNotes = listQuery({ invoice_id: rowId.optional(), account_id: rowId.optional() })
/** A page of what is open on an account, or of what it has to its credit. */
export const listOfAccount = listQuery({})
export const listMirrors = listQuery({
  core_order_id: rowId.optional(),
  invoice_id: rowId.optional(),
  order_id: rowId.optional(),
})
