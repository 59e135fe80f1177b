import type { BigNumberInput, MedusaContainer, PaymentCollectionUpdatableFields } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import { type Amount, negateAmount, roundAmount, subtractAmounts, sumAmounts } from "../../lib/money/amount"
import { coreOrderIds, refundTransactionId } from "./core-order-ids"
import { type CoreTransaction, inCoreTransaction } from "./core-transaction"

export interface RefundCoreOrderInput {
  readonly core_order_id: string
  /** Derived from what is refunded; becomes the id of core's refund. */
  readonly refund_id: string
  readonly amount: Amount
  readonly note?: string
}

export interface CoreOrderRefunded {
  readonly core_order_id: string
  readonly refund_id: string
  readonly amount: Amount
  /** All refunds of the core order, read back after this one. */
  readonly refunded_total: Amount
  /** True when this refund stood there already and nothing was refunded now. */
  readonly repeated: boolean
}

/** A core order under lock, with what its payment has taken and given back. */
export interface LockedCoreOrder {
  readonly id: string
  readonly status: string
  readonly currency_code: string
  readonly captured: Amount
  readonly refunded: Amount
  readonly refunds: readonly { readonly id: string; readonly amount: Amount }[]
}

/**
 * Gives back a part of a mirrored order's payment, once for its id: refund, totals of the payment and
 * the order's transaction are one database transaction. Locks the order, then its payment.
 *
 * The payment has core's system provider, which moves no money: no provider is called.
 *
 * @throws WholesaleError 404 for an order that was not made; 409 `core_order_canceled`;
 * 409 `refund_exceeds_payment` with the figures; 409 `refund_differs` when the id stands with another amount
 */
export async function refundCoreOrder(
  container: MedusaContainer,
  input: RefundCoreOrderInput
): Promise<CoreOrderRefunded> {
  return inCoreTransaction(container, async (transaction) => {
    const order = await lockCoreOrder(transaction, input.core_order_id)
    const amount = roundAmount(input.amount, order.currency_code)
    const known = order.refunds.find(({ id }) => id === input.refund_id)
    if (known) {
      return repeatedRefund(order, known, amount)
    }
    if (order.status === "canceled") {
      throw new WholesaleError(
        409,
        "core_order_canceled",
        `Core order ${order.id} is canceled and fully refunded; nothing more can be refunded.`,
        { core_order_id: order.id, refund_id: input.refund_id }
      )
    }
    const refunded_total = await writeRefund(transaction, order, { ...input, amount })
    return { core_order_id: order.id, refund_id: input.refund_id, amount, refunded_total, repeated: false }
  })
}

/** Locks the order, then its payment, as core's own refund locks the payment. */
export async function lockCoreOrder(
  { manager, payments, paymentContext }: CoreTransaction,
  core_order_id: string
): Promise<LockedCoreOrder> {
  const [order] = await manager.execute<{ status: string; currency_code: string }[]>(
    `select status, currency_code from "order" where id = ? and deleted_at is null for update`,
    [core_order_id]
  )
  const { payment_id } = coreOrderIds(core_order_id)
  const locked = await manager.execute<object[]>("select id from payment where id = ? for update", [payment_id])
  if (!order || locked.length === 0) {
    throw notFound("Core order", core_order_id)
  }
  const payment = await payments.retrievePayment(payment_id, { relations: ["captures", "refunds"] }, paymentContext)
  const { currency_code } = order
  const refunds = (payment.refunds ?? []).map((refund) => ({
    id: refund.id,
    amount: roundAmount(rawAmountOf(refund), currency_code),
  }))
  return {
    id: core_order_id,
    status: order.status,
    currency_code,
    captured: sumAmounts((payment.captures ?? []).map(rawAmountOf), currency_code),
    refunded: sumAmounts(refunds.map(({ amount }) => amount), currency_code),
    refunds,
  }
}

/** Writes a refund that does not stand yet; answers the sum of all refunds as read back. */
export async function writeRefund(
  transaction: CoreTransaction,
  order: LockedCoreOrder,
  { refund_id, amount, note }: RefundCoreOrderInput
): Promise<Amount> {
  const { orders, orderContext, payments, paymentContext } = transaction
  const { id: core_order_id, currency_code, captured, refunded } = order
  const left = subtractAmounts(captured, refunded, currency_code)
  if (MathBN.lte(amount, 0) || MathBN.gt(amount, left)) {
    throw new WholesaleError(
      409,
      "refund_exceeds_payment",
      `Core order ${core_order_id} has ${left} left to refund of ${captured}; ${amount} cannot be refunded.`,
      { core_order_id, refund_id, amount, captured, refunded, left }
    )
  }
  const ids = coreOrderIds(core_order_id)
  await payments.createRefunds(
    [{ id: refund_id, payment: ids.payment_id, amount, note, metadata: { source: "medusa-wholesale" } }],
    paymentContext
  )
  const totals: PaymentCollectionUpdatableFields & { refunded_amount: Amount } = {
    refunded_amount: sumAmounts([refunded, amount], currency_code),
  }
  await payments.updatePaymentCollections(ids.payment_collection_id, totals, paymentContext)
  const refundTransaction = {
    id: refundTransactionId(refund_id),
    order_id: core_order_id,
    amount: negateAmount(amount, currency_code),
    currency_code,
    reference: "refund",
    reference_id: refund_id,
  }
  await orders.addOrderTransactions(refundTransaction, orderContext)

  const written = await payments.listRefunds({ payment_id: ids.payment_id }, { take: null }, paymentContext)
  const readBack = sumAmounts(written.map(rawAmountOf), currency_code)
  if (!MathBN.eq(readBack, totals.refunded_amount)) {
    throw new WholesaleError(
      500,
      "refund_not_written",
      `Core order ${core_order_id} reads ${readBack} refunded where ${totals.refunded_amount} was expected; nothing was kept.`,
      { core_order_id, refund_id, expected: totals.refunded_amount, found: readBack }
    )
  }
  return readBack
}

function repeatedRefund(
  order: LockedCoreOrder,
  known: LockedCoreOrder["refunds"][number],
  amount: Amount
): CoreOrderRefunded {
  if (!MathBN.eq(known.amount, amount)) {
    throw new WholesaleError(
      409,
      "refund_differs",
      `Refund ${known.id} of core order ${order.id} stands with ${known.amount}, not ${amount}.`,
      { core_order_id: order.id, refund_id: known.id, amount, refunded: known.amount }
    )
  }
  return {
    core_order_id: order.id,
    refund_id: known.id,
    amount: known.amount,
    refunded_total: order.refunded,
    repeated: true,
  }
}

function rawAmountOf(row: { raw_amount?: BigNumberInput; amount: BigNumberInput }): BigNumberInput {
  return row.raw_amount ?? row.amount
}
