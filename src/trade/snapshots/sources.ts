import { catalogSource } from "./catalog"
import { connectionSource } from "./connection"
import { creditNoteSource } from "./credit-note"
import { invoiceSource } from "./invoice"
import { orderSource } from "./order"
import { orderResponseSource } from "./order-response"
import { paymentSource } from "./payment"
import { purchaseOrderSource } from "./purchase-order"
import { receiptSource } from "./receipt"

/**
 * Every type of document that a store tells its partners of, in the order in which the sweeper sends
 * what stayed behind: a document comes after those it speaks of. A store's profile travels inside its
 * connection.
 */
export const DOCUMENT_SOURCES = {
  connection: connectionSource,
  catalog: catalogSource,
  purchase_order: purchaseOrderSource,
  order_response: orderResponseSource,
  order: orderSource,
  receipt: receiptSource,
  invoice: invoiceSource,
  credit_note: creditNoteSource,
  payment: paymentSource,
} as const

export type AnnouncedType = keyof typeof DOCUMENT_SOURCES
