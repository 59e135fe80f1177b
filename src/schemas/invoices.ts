import { z } from "@medusajs/framework/zod"

import { anyOf, isoDateTime, listQuery, positiveAmount, quantity, queryBoolean, reason, rowId, text } from "./common"

export const invoiceStatus = z.enum(["issued", "partially_paid", "paid", "credited", "void"])

export const listInvoices = listQuery({
  status: anyOf(invoiceStatus).optional(),
  account_id: rowId.optional(),
  order_id: rowId.optional(),
  overdue: queryBoolean.optional(),
})
export const listPortalInvoices = listQuery({
  status: anyOf(invoiceStatus).optional(),
  order_id: rowId.optional(),
  overdue: queryBoolean.optional(),
})
export const recordPayment = z.strictObject({
  invoice_id: rowId,
  amount: positiveAmount,
  method: text(50),
  reference: text(200).optional(),
  received_at: isoDateTime.optional(),
})
export const listPayments = listQuery({ invoice_id: rowId.optional(), account_id: rowId.optional() })

/** A credit note over line quantities, or over an amount; one of the two. */
export const issueCreditNote = z
  .strictObject({
    invoice_id: rowId,
    reason,
    lines: z.array(z.strictObject({ line_id: rowId, quantity })).min(1).max(10_000).optional(),
    amount: positiveAmount.optional(),
  })
  .refine((note) => (note.lines === undefined) !== (note.amount === undefined), {
    message: "give either lines or an amount",
    path: ["lines"],
  })
export const listCreditNotes = listQuery({ invoice_id: rowId.optional() })
export const listMirrors = listQuery({
  core_order_id: rowId.optional(),
  invoice_id: rowId.optional(),
  order_id: rowId.optional(),
})
