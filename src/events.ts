/** Events that hosts may subscribe to. They follow what is committed; nothing of the plugin rests on them. */
export const WholesaleEvents = {
  /** `{ id, store_id }` of an invoice that is fully paid. */
  INVOICE_PAID: "wholesale.invoice.paid",
  /** `{ id, store_id, invoice_id }` of a credit note. */
  CREDIT_NOTE_ISSUED: "wholesale.credit_note.issued",
} as const
