import { model } from "@medusajs/framework/utils"

import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { BatchPart } from "../domain/invoice-batches"

/** The intent to put parts of orders on one invoice. They are taken off what waits with it. */
const WholesaleInvoiceBatch = model
  .define("wholesale_invoice_batch", {
    id: model.id({ prefix: "whinvb" }).primaryKey(),
    store_id: model.text(),
    /** What made it, once: a request, or the end of a period. */
    run_id: model.text(),
    account_id: model.text(),
    connection_id: model.text().nullable(),
    currency_code: model.text(),
    terms: model.json<PaymentTerms>(),
    /** In the order in which they stand on the invoice. */
    parts: model.json<BatchPart[]>(),
    /** The day of the invoice. */
    invoice_at: model.dateTime(),
    actor_type: model.text(),
    actor_id: model.text(),
    /** When its invoice was issued and all of it was written into the ledger. */
    done_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["store_id", "run_id"] },
    { name: "IDX_wholesale_invoice_batch_open", on: ["id"], where: "done_at IS NULL" },
  ])

export default WholesaleInvoiceBatch
