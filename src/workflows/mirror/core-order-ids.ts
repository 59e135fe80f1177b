import { derivedId } from "../../lib/ids/derived-id"

/** The rows of one core order that Medusa would otherwise name at random. */
export interface CoreOrderIds {
  readonly payment_collection_id: string
  readonly payment_session_id: string
  readonly payment_id: string
  readonly capture_id: string
  readonly capture_transaction_id: string
  readonly fulfilment_id: string
}

/** Id of the core order that mirrors an order's part of a paid invoice. */
export function coreOrderId(invoiceId: string, orderId: string): string {
  return derivedId("order", invoiceId, orderId)
}

/** Ids that follow from the core order's, so that a retry meets what it made before. */
export function coreOrderIds(coreOrderId: string): CoreOrderIds {
  return {
    payment_collection_id: derivedId("pay_col", coreOrderId),
    payment_session_id: derivedId("payses", coreOrderId),
    payment_id: derivedId("pay", coreOrderId),
    capture_id: derivedId("capt", coreOrderId),
    capture_transaction_id: derivedId("ordtrx", coreOrderId, "capture"),
    fulfilment_id: derivedId("ful", coreOrderId),
  }
}

/** Id of the order transaction that goes with a refund. */
export function refundTransactionId(refundId: string): string {
  return derivedId("ordtrx", refundId)
}

/** Id of the sales channel that a store's mirrored orders stand in. */
export function wholesaleChannelId(storeId: string): string {
  return derivedId("sc", storeId, "wholesale")
}
