import type { OrderAnswer, PurchaseOrderAnswer } from "./answers"
import { eventually } from "./eventually"
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
  const path = `${WHOLESALE}/purchase-orders/${draft.id}`
  const { purchase_order: placed } = await retailer.client.post<{ purchase_order: PurchaseOrderAnswer }>(`${path}/place`)
  terminal.step("Purchase order placed", `${placed.number}, ${usd(placed.subtotal)} net`)
  const answered = await eventually(`${distributor.store.name} answered ${placed.number}`, async () => {
    const { purchase_order } = await retailer.client.get<{ purchase_order: PurchaseOrderAnswer }>(path)
    const { response, status, order_number } = purchase_order
    return response && (status === "refused" || order_number) ? purchase_order : undefined
  })
  const { number, status, order_number, total, response } = answered
  if (status !== "accepted") {
    throw new Error(`${distributor.store.name} refused ${number}: ${JSON.stringify(response)}`)
  }
  terminal.step("Answer", `accepted as ${order_number}, ${usd(total)} with tax`)
  return answered
}

export async function readOrder({ distributor }: Traders, id: string): Promise<OrderAnswer> {
  const { order } = await distributor.client.get<{ order: OrderAnswer }>(`${WHOLESALE}/orders/${id}`)
  return order
}
