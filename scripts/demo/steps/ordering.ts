import type { OrderAnswer, PurchaseOrderAnswer } from "./answers"
import type { Partnership } from "./pairing"
import { ORDERED, usd, WHOLESALE, type Traders } from "./traders"

/**
 * Writes a purchase order and places it.
 * @throws Error where the distributor refuses it
 */
export async function placePurchaseOrder(
  { distributor, retailer, terminal }: Traders,
  { buys_over }: Partnership
): Promise<PurchaseOrderAnswer> {
  const { purchase_order: draft } = await retailer.client.post<{ purchase_order: PurchaseOrderAnswer }>(
    `${WHOLESALE}/purchase-orders`,
    {
      connection_id: buys_over,
      fulfilment_method: "shipping",
      lines: ORDERED.map(({ sku, ordered }) => ({ sku, quantity: ordered })),
    }
  )
  for (const { title, ordered, wholesale_price } of ORDERED) {
    terminal.step("Line", `${String(ordered).padStart(2)} × ${title} at ${wholesale_price}`)
  }
  const { purchase_order } = await retailer.client.post<{ purchase_order: PurchaseOrderAnswer }>(
    `${WHOLESALE}/purchase-orders/${draft.id}/place`
  )
  if (purchase_order.status !== "accepted") {
    throw new Error(
      `${distributor.store.name} refused ${purchase_order.number}: ${JSON.stringify(purchase_order.response)}`
    )
  }
  const { number, order_number, subtotal, total } = purchase_order
  terminal.step("Purchase order placed", `${number}, ${usd(subtotal)} net`)
  terminal.step("Answer", `accepted as ${order_number}, ${usd(total)} with tax`)
  return purchase_order
}

export async function readOrder({ distributor }: Traders, id: string): Promise<OrderAnswer> {
  const { order } = await distributor.client.get<{ order: OrderAnswer }>(`${WHOLESALE}/orders/${id}`)
  return order
}
