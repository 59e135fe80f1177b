import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { creditableOf } from "../../domain/invoice-machine"
import { lockInvoice } from "../invoices/invoices"
import { IS_BAD_DEBT } from "../invoices/write-off"
import { releaseAllocations } from "../payments/release"
import type { Posting } from "../posting"
import { creditableOfOrder, creditNoteOf, issueCreditNote } from "./issue-credit-note"
import { reduceAllowances } from "./reduce-allowances"
import type { CreditNote } from "../rows"

export interface CreditRestInput {
  /** Makes the credit note once, however often it is asked for. */
  readonly id: string
  readonly store_id: string
  readonly invoice_id: string
  /** Only what is left of this order on it. */
  readonly order_id?: string
  readonly reason: string
  /** The store's credit note number pattern. */
  readonly number_pattern: string
  readonly issued_at?: Date
  readonly actor: Actor
}

/**
 * Credits all that earlier notes leave of an invoice, or of one order on it, whatever was paid. Bad
 * debts are taken back first, and discounts and residues as far as they belong to it, so that what becomes
 * credit on account is what was paid. What is left is read under the invoice's lock: a payment, a credit
 * note or a withdrawal at the same moment comes before it or after. From then on the invoice cannot be voided any more. The same id again answers the note it made.
 *
 * @returns no note where nothing is left, as of a void invoice
 * @throws WholesaleError 404
 */
export async function creditRest(
  manager: EntityManager,
  input: CreditRestInput
): Promise<{ credit_note: CreditNote | undefined; postings: Posting[] }> {
  const { store_id, invoice_id, order_id, reason, actor } = input
  const invoice = await lockInvoice(manager, { store_id, id: invoice_id })
  const known = await creditNoteOf(manager, input.id)
  const isPart = order_id !== undefined && invoice.orders.length > 1
  const left = isPart ? await creditableOfOrder(manager, invoice, order_id) : creditableOf(invoice)
  if (known || MathBN.eq(left, 0)) {
    return { credit_note: known, postings: [] }
  }
  const at = input.issued_at ?? new Date()
  // A bad debt is taken back whole, whatever the invoice became by it: nothing is credited on what is given up.
  const released = await releaseAllocations(manager, {
    store_id,
    account_id: invoice.account_id,
    which: [
      `allocation.invoice_id = ? and ${isPart ? IS_BAD_DEBT : "allocation.kind in ('discount', 'write_off')"}`,
      invoice_id,
    ],
    at,
    reason,
    actor,
  })
  const reduced = isPart
    ? await reduceAllowances(manager, {
        invoice: released.invoices[0] ?? invoice,
        amount: left,
        operation_id: input.id,
        at,
        reason,
        actor,
      })
    : []
  const { credit_note } = await issueCreditNote(manager, {
    ...input,
    issued_at: at,
    amount: left,
    order_id: isPart ? order_id : undefined,
  })
  return { credit_note, postings: [...released.postings, ...reduced] }
}
