import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import type { DocumentSource } from "./snapshot"

export const receiptSource: DocumentSource<"receipt"> = {
  type: "receipt",
  async snapshot(container, id) {
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const { store_id } = await purchase.retrieveWholesaleReceipt(id, { select: ["store_id"] })
    const receipt = await purchase.receipt(store_id, id)
    if (receipt.status !== "done") {
      return undefined
    }
    return {
      store_id,
      connection_id: receipt.connection_id,
      document_id: id,
      revision: receipt.revision,
      body: {
        version: 1,
        purchase_order_id: receipt.purchase_order_id,
        order_id: receipt.order_id,
        sequence: receipt.sequence,
        received_at: new Date(receipt.received_at).toISOString(),
        note: receipt.note,
        lines: receipt.lines.map((line) => ({
          line_id: line.purchase_order_line_id,
          sku: line.supplier_sku,
          received: line.received_quantity,
          short: line.short_quantity,
          damaged: line.damaged_quantity,
        })),
      },
    }
  },
  async markAnnounced(container, input) {
    await container
      .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      .markReceiptAnnounced(input)
  },
  async behind(container, page) {
    return container
      .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      .receiptsToAnnounce(page)
  },
}
