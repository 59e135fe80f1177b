import { model } from "@medusajs/framework/utils"

/**
 * `payment`: money, or credit from another invoice's note; `credit_note`: the invoice's own note;
 * `discount` for paying early; `write_off` of a residue, or of a bad debt.
 */
export const ALLOCATION_KINDS = ["payment", "credit_note", "discount", "write_off"] as const
export type AllocationKind = (typeof ALLOCATION_KINDS)[number]

/**
 * What settles a part of an invoice or of a late charge, from when on, and until when where it was taken
 * back. Never changed otherwise: what was open on any day follows from these rows.
 */
export const WholesalePaymentAllocation = model
  .define("wholesale_payment_allocation", {
    id: model.id({ prefix: "whpayal" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    /** The verb that made it. */
    operation_id: model.text(),
    kind: model.enum([...ALLOCATION_KINDS]),
    /** Its source is a payment or a credit note; a discount's and a residue's is the money that brought it; a bad debt has none. */
    payment_id: model.text().nullable(),
    credit_note_id: model.text().nullable(),
    invoice_id: model.text(),
    /** Where it settles a late charge on the invoice, and not the invoice. */
    late_charge_id: model.text().nullable(),
    amount: model.bigNumber(),
    applied_on: model.dateTime(),
    /** Why a debt was let go. */
    reason: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    reversed_on: model.dateTime().nullable(),
    reversal_reason: model.text().nullable(),
    reversal_actor_type: model.text().nullable(),
    reversal_actor_id: model.text().nullable(),
    /** When the entries of a discount or write-off, and of its reversal, were written into the ledger. */
    posted_at: model.dateTime().nullable(),
    reversal_posted_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["payment_id"] },
    { on: ["credit_note_id"] },
    { on: ["invoice_id"] },
    { on: ["late_charge_id"], where: "late_charge_id IS NOT NULL" },
    { on: ["operation_id"] },
    { on: ["account_id", "applied_on"] },
    {
      name: "IDX_wholesale_payment_allocation_unposted",
      on: ["id"],
      where:
        "kind IN ('discount', 'write_off') AND (posted_at IS NULL OR (reversed_on IS NOT NULL AND reversal_posted_at IS NULL))",
    },
  ])
