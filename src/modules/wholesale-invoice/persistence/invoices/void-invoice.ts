import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../../lib/actor/actor"
import type { OfStore } from "./invoices"
import { assertNoLateCharges } from "../late-charges/late-charges"
import { assertAllowed, changeInvoices, lockInvoice } from "./invoices"
import type { Invoice } from "../rows"

export interface VoidInvoiceInput extends OfStore {
  readonly reason: string
  readonly actor: Actor
}

/**
 * Withdraws an invoice on which nothing was paid or credited. Its number stays taken, and its (order,
 * part) is not invoiced again.
 *
 * @throws WholesaleError 409 `not_allowed` with the allowed events (a credit note is the way out
 * otherwise); 409 `invoice_has_late_charges`, which are voided first; 404
 */
export async function voidInvoice(
  manager: EntityManager,
  { store_id, id, reason, actor }: VoidInvoiceInput
): Promise<Invoice> {
  const invoice = await lockInvoice(manager, { store_id, id })
  assertAllowed(invoice, "void")
  await assertNoLateCharges(manager, invoice)
  const [withdrawn] = await changeInvoices(manager, [{ invoice, event: "void" }], {
    at: new Date(),
    actor,
    reason,
  })
  return withdrawn
}
