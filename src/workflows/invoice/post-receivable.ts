import type { MedusaContainer } from "@medusajs/framework/types"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { CreditNote, Payment } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"

/**
 * Writes a payment's or credit note's entry into the account's ledger, once, and notes on the document
 * that it is there. The document is committed before; what a crash leaves between is found by that note.
 */
export async function postPayment(
  container: MedusaContainer,
  payment: Payment,
  actor: Actor
): Promise<void> {
  await post(container, { type: "payment", id: payment.id }, payment, payment.amount, actor)
}

export async function postCreditNote(
  container: MedusaContainer,
  note: CreditNote,
  actor: Actor
): Promise<void> {
  await post(container, { type: "credit_note", id: note.id }, note, note.total, actor)
}

async function post(
  container: MedusaContainer,
  reference: { type: "payment" | "credit_note"; id: string },
  { store_id, account_id }: { store_id: string; account_id: string },
  amount: string,
  actor: Actor
): Promise<void> {
  await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).recordEntry({
    store_id,
    account_id,
    kind: reference.type,
    amount,
    key: `${reference.type}:${reference.id}`,
    reference,
    actor,
  })
  await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .markPosted({ store_id, ...reference })
}
