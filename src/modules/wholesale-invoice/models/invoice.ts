import { model } from "@medusajs/framework/utils"

import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import { INVOICE_STATUSES } from "../domain/invoice-machine"

export const WholesaleInvoice = model
  .define("wholesale_invoice", {
    id: model.id({ prefix: "whinv" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    connection_id: model.text().nullable(),
    number: model.text(),
    /** Of the store's series of numbers, where it is not the one that all invoices are in otherwise. */
    series: model.text().nullable(),
    status: model.enum([...INVOICE_STATUSES]),
    currency_code: model.text(),
    /** Of the goods, net. */
    subtotal: model.bigNumber(),
    /** Of shipping and handling, net. */
    charge_total: model.bigNumber().default(0),
    tax_total: model.bigNumber(),
    total: model.bigNumber(),
    paid_total: model.bigNumber().default(0),
    credited_total: model.bigNumber().default(0),
    /** How much of its own credit notes is put to it. */
    applied_credit_total: model.bigNumber().default(0),
    discount_total: model.bigNumber().default(0),
    written_off_total: model.bigNumber().default(0),
    tax_summary: model.json(),
    seller: model.json(),
    buyer: model.json(),
    issued_at: model.dateTime(),
    due_at: model.dateTime(),
    terms: model.json<PaymentTerms>(),
    paid_at: model.dateTime().nullable(),
    voided_at: model.dateTime().nullable(),
    revision: model.number().default(1),
    announced_revision: model.number().default(0),
  })
  .indexes([
    { on: ["store_id", "number"], unique: true },
    { on: ["store_id", "created_at"] },
    { on: ["account_id", "created_at"] },
    {
      name: "IDX_wholesale_invoice_open",
      on: ["store_id", "due_at"],
      where: "status IN ('issued', 'partially_paid')",
    },
    {
      name: "IDX_wholesale_invoice_voided",
      on: ["store_id", "voided_at"],
      where: "voided_at IS NOT NULL",
    },
    {
      name: "IDX_wholesale_invoice_behind",
      on: ["id"],
      where: "revision > announced_revision AND connection_id IS NOT NULL",
    },
  ])
