/**
 * The key under which an effect of a verb happens once. It belongs to the operation, so that a second
 * attempt after a refusal is a new effect.
 */
export const effectKey = (operationId: string, effect: string) => `${operationId}:${effect}`

export const orderReference = (orderId: string) => ({ type: "order", id: orderId })

/** What stock movements of an order name. */
export const orderStockReference = (storeId: string, orderId: string) => ({
  store_id: storeId,
  reference_type: "order",
  reference_id: orderId,
})
