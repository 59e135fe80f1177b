import type { MedusaContainer } from "@medusajs/framework/types"

import type { TradeDocument } from "../documents/registry"
import type { Receiver } from "./applier"
import { applyCatalog } from "./catalog"
import { applyConnection } from "./connection"
import { applyOrder } from "./order"
import { applyOrderResponse } from "./order-response"
import { applyProfile } from "./profile"
import { applyPurchaseOrder } from "./purchase-order"
import { applyReceipt } from "./receipt"
import { applyCreditNote, applyInvoice, applyPayment } from "./receivables"

/** Hands a document to the one applier of its type. */
export async function applyDocument(
  container: MedusaContainer,
  receiver: Receiver,
  document: TradeDocument
): Promise<void> {
  switch (document.type) {
    case "profile":
      return applyProfile(container, receiver, document)
    case "connection":
      return applyConnection(container, receiver, document)
    case "catalog":
      return applyCatalog(container, receiver, document)
    case "purchase_order":
      return applyPurchaseOrder(container, receiver, document)
    case "order_response":
      return applyOrderResponse(container, receiver, document)
    case "order":
      return applyOrder(container, receiver, document)
    case "receipt":
      return applyReceipt(container, receiver, document)
    case "invoice":
      return applyInvoice(container, receiver, document)
    case "credit_note":
      return applyCreditNote(container, receiver, document)
    case "payment":
      return applyPayment(container, receiver, document)
  }
}
