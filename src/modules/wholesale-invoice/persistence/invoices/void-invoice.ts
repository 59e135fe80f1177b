import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../../lib/actor/actor"
import type { OfStore } from "./invoices"
import { assertNoLateCharges } from "../late-charges/late-charges"
import { assertAllowed, changeInvoices, lockInvoice } from "./invoices"
import type { Invoice } from "../rows"

export interface VoidInvoiceInput extends OfStore {
  readonly reason: string
  readonly at?: Date
  readonly actor: Actor
}

/**
 * Withdraws an invoice on which nothing was paid or credited. Its number stays taken; the parts of orders
 * on it are on no invoice any more, and wait to be returned to their orders.
 *
 * @throws WholesaleError 409 `not_allowed` with the allowed events (a credit note is the way out
 * otherwise); 409 `invoice_has_late_charges`, which are voided first; 404
 */
export async function voidInvoice(
  manager: EntityManager,
  { store_id, id, reason, at = new Date(), actor }: VoidInvoiceInput
): Promise<Invoice> {
  const invoice = await lockInvoice(manager, { store_id, id })
  assertAllowed(invoice, "void")
  await assertNoLateCharges(manager, invoice)
  const [withdrawn] = await changeInvoices(manager, [{ invoice, event: "void" }], {
    at,
    actor,
    reason,
  })
  await manager.execute(
    `update wholesale_invoice_order set withdrawn_at = ?, updated_at = now()
      where invoice_id = ? and withdrawn_at is null and deleted_at is null`,
    [withdrawn.voided_at, id]
  )
  return withdrawn
}
