import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { type Amount, roundAmount, subtractAmounts } from "../../lib/money/amount"
import { inCoreTransaction } from "./core-transaction"
import { lockCoreOrder, writeRefund } from "./refund-core-order"

export interface ReverseCoreOrderInput {
  readonly core_order_id: string
  /** Derived from the reversal; becomes the id of the refund of what is left. */
  readonly refund_id: string
  /** What the invoice's books say is not refunded yet. */
  readonly amount_left: Amount
  readonly note?: string
}

export interface CoreOrderReversed {
  readonly core_order_id: string
  /** What this reversal gave back; `"0"` where the core order had been refunded before. */
  readonly refunded_amount: Amount
  readonly refunded_total: Amount
  /** True when it was reversed before and nothing was changed now. */
  readonly repeated: boolean
}

/**
 * Takes a mirrored order back, once: refunds what is left, reads the refunds back and, only when they
 * are the whole payment, marks it canceled, so that it no longer counts among orders. One database
 * transaction; locks the order, then its payment. No stock moves: the goods are the wholesale order's.
 *
 * Core's own cancellation refuses a completed order and goes on after a refund that failed.
 *
 * A person may have refunded by hand in the dashboard: then less than `amount_left` is left, and that is
 * what is refunded.
 *
 * @throws WholesaleError 404 for an order that was not made; 409 `refunds_outstanding` when core has more
 * left than the books say: a credit note is not refunded yet and must be first
 */
export async function reverseCoreOrder(
  container: MedusaContainer,
  { core_order_id, refund_id, amount_left, note }: ReverseCoreOrderInput
): Promise<CoreOrderReversed> {
  return inCoreTransaction(container, async (transaction) => {
    const order = await lockCoreOrder(transaction, core_order_id)
    const { currency_code, captured, refunded } = order
    const left = subtractAmounts(captured, refunded, currency_code)
    const nothing = roundAmount(0, currency_code)
    if (order.status === "canceled") {
      return { core_order_id, refunded_amount: nothing, refunded_total: refunded, repeated: true }
    }
    if (MathBN.gt(left, amount_left)) {
      throw new WholesaleError(
        409,
        "refunds_outstanding",
        `Core order ${core_order_id} has ${left} left to refund, its invoice ${amount_left}: refund its credit notes first.`,
        { core_order_id, captured, refunded, left, amount_left }
      )
    }
    const refunded_total = MathBN.gt(left, 0)
      ? await writeRefund(transaction, order, { core_order_id, refund_id, amount: left, note })
      : refunded
    if (!MathBN.eq(refunded_total, captured)) {
      throw new WholesaleError(
        500,
        "reversal_incomplete",
        `Core order ${core_order_id} reads ${refunded_total} refunded of ${captured}; it was not canceled.`,
        { core_order_id, captured, refunded: refunded_total }
      )
    }
    await transaction.orders.cancel(core_order_id, transaction.orderContext)
    return { core_order_id, refunded_amount: left, refunded_total, repeated: false }
  })
}
