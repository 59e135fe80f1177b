import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { PostableDocument, PostingType } from "../../modules/wholesale-invoice/persistence/posting"
import type { CreditNote } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"

/**
 * Writes entries of one store's receivables into the ledger, each once, all or none, and notes on their
 * documents that they are there. Each says from when, why and by whom as its document does. The documents are committed
 * before; what a crash leaves between is found by those notes.
 */
export async function postReceivables(
  container: MedusaContainer,
  documents: readonly PostableDocument[]
): Promise<void> {
  if (!documents.length) {
    return
  }
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const entries = await invoices.dueEntries(documents)
  await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).recordEntries(
    entries.map(({ type, id, store_id, account_id, amount, effective_at, reason, actor }) => ({
      store_id,
      account_id,
      kind: type,
      amount,
      effective_at,
      key: postingKey({ type, id }),
      reference: { type: DOCUMENT_OF[type], id },
      reason: reason ?? undefined,
      actor,
    }))
  )
  await invoices.markPosted(documents)
}

/** The key of a document's entry in the ledger. */
export const postingKey = ({ type, id }: Pick<PostableDocument, "type" | "id">) => `${type}:${id}`

export async function postCreditNote(
  container: MedusaContainer,
  { id, store_id }: CreditNote
): Promise<void> {
  await postReceivables(container, [{ type: "credit_note", id, store_id }])
}

const DOCUMENT_OF: Record<PostingType, string> = {
  payment: "payment",
  payment_void: "payment",
  credit_note: "credit_note",
  refund: "refund",
  discount: "allocation",
  discount_void: "allocation",
  write_off: "allocation",
  write_off_void: "allocation",
  late_charge: "late_charge",
  late_charge_void: "late_charge",
}
