import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import { derivedId } from "../../lib/ids/derived-id"
import { roundAmount, subtractAmounts } from "../../lib/money/amount"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { DocumentRef } from "../../trade/announce"
import { postedAndUninvoiced } from "../invoice/invoice-difference"
import { postedDifference } from "../invoice/post-difference"
import { finishBatchesOf } from "../invoice/issue-invoice-batch"
import { issueDueInvoices } from "../invoice/issue-due-invoices"
import { postCreditNote, postReceivables } from "../invoice/post-receivable"
import { reverseMirror } from "../mirror/reverse-mirror"
import { effectKey, orderReference } from "./order-keys"
import { reservationKey } from "./reservation-key"

export interface GiveBackCreditInput {
  readonly id: string
  readonly store_id: string
  readonly operation_id: string
  readonly reason: string
  /** When the order is cancelled. */
  readonly at: Date
  readonly actor: Actor
}

export interface GivenBack {
  /** The documents that partners are to be told of. */
  readonly documents: DocumentRef[]
  /** From when the ledger counts it: of an earlier attempt, where there was one. */
  readonly at: Date
}

/**
 * Gives the account back what a cancelled order took: a reservation is voided; of what approval posted,
 * every invoice is credited for what is left of the order on it, whatever was paid, and the uninvoiced part is
 * unposted; core orders are reversed. Each once by the operation; running it again goes on where it
 * broke off.
 *
 * The invoices come first: one that is credited can no longer be voided, so that what is uninvoiced is
 * the same whenever it is counted.
 */
export async function giveBackCredit(
  container: MedusaContainer,
  input: GiveBackCreditInput
): Promise<GivenBack> {
  const { id, store_id, at } = input
  // What is due, or claimed for an invoice with others, and not issued yet: it is, so that it can be credited.
  await issueDueInvoices(container, { id, store_id }, at)
  await finishBatchesOf(container, { id })
  const order = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .retrieveOrder({ id, store_id })
  if (order.status === "draft") {
    return { documents: [], at }
  }
  if (order.approved_at === null) {
    await voidReservation(container, order, input)
    return { documents: [], at }
  }
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const documents: DocumentRef[] = []
  for (const invoice of await invoices.invoicesOfOrder({ store_id, order_id: id })) {
    documents.push({ type: "invoice", id: invoice.id })
    documents.push(...(await creditInvoice(container, invoice, input)))
  }
  return { documents, at: await unpostUninvoiced(container, order, input) }
}

async function voidReservation(
  container: MedusaContainer,
  { id, store_id, account_id }: OrderDocument,
  { operation_id, reason, actor }: GiveBackCreditInput
): Promise<void> {
  await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).void({
    store_id,
    account_id,
    key: effectKey(operation_id, "void"),
    reservation_key: await reservationKey(container, { id, store_id }),
    reference: orderReference(id),
    reason,
    actor,
  })
}

/**
 * Takes off the balance what no standing invoice is over: from what approval posted, as far as that
 * goes; the rest is what the parts differed from it by.
 *
 * @returns from when it counts; what was written before keeps its moment
 */
async function unpostUninvoiced(
  container: MedusaContainer,
  order: OrderDocument,
  { operation_id, reason, at, actor }: GiveBackCreditInput
): Promise<Date> {
  const { id, store_id, account_id, currency_code } = order
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const about = { store_id, account_id, reference: orderReference(id), reason, actor }
  const shares = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .sharesOfOrder({ store_id, order_id: id })
  const uninvoiced = postedAndUninvoiced(order, await postedDifference(container, order), shares)
  const ofApproval = MathBN.max(0, MathBN.min(uninvoiced, order.total))
  let effective_at = at
  if (MathBN.gt(ofApproval, 0)) {
    const unposted = await credit.unpost({
      ...about,
      effective_at,
      key: effectKey(operation_id, "unpost"),
      reservation_key: await reservationKey(container, { id, store_id }),
      amount: roundAmount(ofApproval, currency_code),
    })
    effective_at = unposted.effective_at
  }
  const difference = subtractAmounts(ofApproval, uninvoiced, currency_code)
  if (!MathBN.eq(difference, 0)) {
    const entry = await credit.recordEntry({
      ...about,
      effective_at,
      kind: "invoice_difference",
      key: effectKey(operation_id, "invoice_difference"),
      amount: difference,
    })
    effective_at = entry.effective_at
  }
  return effective_at
}

async function creditInvoice(
  container: MedusaContainer,
  { id: invoice_id }: Invoice,
  { id: order_id, store_id, operation_id, reason, at, actor }: GiveBackCreditInput
): Promise<DocumentRef[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { credit_note_number_pattern } = await container
    .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    .retrieveWholesaleStore(store_id, { select: ["id", "credit_note_number_pattern"] })
  const { credit_note: note, postings } = await invoices.creditRest({
    id: derivedId("whcn", operation_id, invoice_id),
    store_id,
    invoice_id,
    order_id,
    reason,
    number_pattern: credit_note_number_pattern,
    issued_at: at,
    actor,
  })
  await postReceivables(container, postings)
  if (note) {
    await postCreditNote(container, note)
  }
  const { mirrors } = await invoices.listMirrors({ store_id, invoice_id, order_id })
  for (const mirror of mirrors) {
    await reverseMirror(container, mirror)
  }
  return note ? [{ type: "credit_note", id: note.id }] : []
}
