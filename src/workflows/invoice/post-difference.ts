import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import { asWholesaleError } from "../../lib/errors/wholesale-error"
import type { Amount } from "../../lib/money/amount"
import { subtractAmounts, sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import { invoiceDifference, type InvoicedOrder } from "./invoice-difference"

type OrderInLedger = Pick<OrderDocument, "id" | "store_id" | "account_id" | "currency_code">

/** How often others may come first before something else must be wrong. */
const TURNS = 10

/**
 * Approval posted the order's total; its parts round by themselves, and with what else is on an invoice.
 * Once all of it is invoiced, what they differ by is posted, so that the balance is what the invoices say;
 * where one was withdrawn and the part stands on another, what that changes.
 *
 * Entries are numbered, and one is written only by who has seen all before it: of two at once that have
 * seen different invoices the later one reads again.
 */
export async function postDifference(container: MedusaContainer, order: OrderInLedger & InvoicedOrder): Promise<void> {
  const { id, store_id, account_id, currency_code } = order
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  for (let turn = 1; ; turn++) {
    const entries = await differenceEntries(container, order)
    const shares = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .sharesOfOrder({ store_id, order_id: id })
    const difference = invoiceDifference(order, shares)
    const missing = difference && subtractAmounts(difference, sumOf(entries, currency_code), currency_code)
    if (missing === undefined || MathBN.eq(missing, 0)) {
      return
    }
    try {
      await credit.recordEntry({
        store_id,
        account_id,
        kind: "invoice_difference",
        amount: missing,
        // What is left over is known from the invoice on that is the last of them.
        effective_at: new Date(Math.max(...shares.map(({ issued_at }) => issued_at.getTime()))),
        key: entries.length === 0 ? keyOf(id) : `${keyOf(id)}:${entries.length}`,
        reference: { type: "order", id },
        actor: SYSTEM_ACTOR,
      })
    } catch (error) {
      if (asWholesaleError(error)?.code !== "credit_key_reused" || turn === TURNS) {
        throw error
      }
    }
  }
}

/** What was posted beside the order's total so far. */
export async function postedDifference(container: MedusaContainer, order: OrderInLedger): Promise<Amount> {
  return sumOf(await differenceEntries(container, order), order.currency_code)
}

async function differenceEntries(container: MedusaContainer, { id, store_id, account_id }: OrderInLedger) {
  const entries = await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).entriesOfDocument({
    store_id,
    account_id,
    kind: "invoice_difference",
    reference: { type: "order", id },
  })
  // What a cancellation gives back has the key of its operation.
  return entries.filter(({ key }) => key === keyOf(id) || key.startsWith(`${keyOf(id)}:`))
}

const keyOf = (orderId: string) => `order:${orderId}:invoice_difference`

const sumOf = (entries: readonly { readonly balance_delta: Amount }[], currencyCode: string): Amount =>
  sumAmounts(entries.map(({ balance_delta }) => balance_delta), currencyCode)
