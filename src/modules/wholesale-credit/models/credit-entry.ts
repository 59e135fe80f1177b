import { model } from "@medusajs/framework/utils"

import { CREDIT_ENTRY_KINDS } from "../domain/credit-entry"

/** One line of the credit ledger. Entries are only ever added. */
export const WholesaleCreditEntry = model
  .define("wholesale_credit_entry", {
    id: model.id({ prefix: "whcredent" }).primaryKey(),
    store_id: model.text(),
    credit_account_id: model.text(),
    /** Counts from 1 within the credit account, without gaps. */
    sequence: model.number(),
    kind: model.enum([...CREDIT_ENTRY_KINDS]),
    /** The moment from which it counts, which is its document's own; `created_at` is when it was booked. */
    effective_at: model.dateTime(),
    balance_delta: model.bigNumber(),
    reserved_delta: model.bigNumber(),
    balance_after: model.bigNumber(),
    reserved_after: model.bigNumber(),
    key: model.text(),
    /** The key of the `reserve` entry that this one belongs to, on all entries of a reservation. */
    reservation_key: model.text().nullable(),
    reference_type: model.text(),
    reference_id: model.text(),
    reason: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
  })
  .indexes([
    { on: ["store_id", "key"], unique: true },
    { on: ["credit_account_id", "sequence"], unique: true },
    { on: ["credit_account_id", "reservation_key"], where: "reservation_key IS NOT NULL" },
    { name: "IDX_wholesale_credit_entry_effective", on: ["credit_account_id", "effective_at", "sequence"] },
    { on: ["reference_id"] },
  ])
