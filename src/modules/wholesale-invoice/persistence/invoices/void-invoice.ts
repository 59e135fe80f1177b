import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../../lib/actor/actor"
import type { OfStore } from "./invoices"
import { assertAllowed, changeInvoice, lockInvoice } from "./invoices"
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
 * otherwise); 404
 */
export async function voidInvoice(
  manager: EntityManager,
  { store_id, id, reason, actor }: VoidInvoiceInput
): Promise<Invoice> {
  const invoice = await lockInvoice(manager, { store_id, id })
  assertAllowed(invoice, "void")
  return await changeInvoice(manager, invoice, { event: "void", at: new Date(), actor, reason })
}
