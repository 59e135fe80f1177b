import type { OrderAnswer, PurchaseOrderAnswer } from "./answers"
import { eventually } from "./eventually"
import type { Partnership } from "./pairing"
import { stockLevels } from "./stock"
import { creditOf, ORDERED, usd, WHOLESALE, type Traders } from "./traders"

export const CARRIER = "Harbour Freight"

/** Approves, packs, ships and delivers all that was ordered. */
export async function deliver(traders: Traders, { account_id }: Partnership, orderId: string): Promise<OrderAnswer> {
  const { distributor, terminal } = traders
  const run = async (verb: string, body?: object): Promise<OrderAnswer> => {
    const { order } = await distributor.client.post<{ order: OrderAnswer }>(
      `${WHOLESALE}/orders/${orderId}/${verb}`,
      body
    )
    return order
  }
  const shelf = async (): Promise<string> => {
    const [first] = await stockLevels(distributor.client, distributor.store, distributor.articles.slice(0, 1))
    return `${first.sku}: ${first.stocked} stocked, ${first.available} available`
  }

  terminal.step("On the shelf", await shelf())
  await run("approve")
  const { balance } = await creditOf(distributor, account_id)
  terminal.step("Approved", `${usd(balance)} owed; ${await shelf()}`)
  await run("start-packing")
  const { number } = await run("finish-packing")
  terminal.step("Packed", number)
  const tracking = `HF-${number.slice(-6)}`
  await run("ship", { carrier: CARRIER, tracking_numbers: [tracking] })
  terminal.step("Shipped", `${CARRIER}, ${tracking}; ${await shelf()}`)
  const order = await run("deliver")
  terminal.step("Delivered", order.number)
  return order
}

export interface ReceivedGoods {
  readonly id: string
  readonly units: number
  /** The status of the purchase order now. */
  readonly purchase_order_status: string
}

/** Says which articles of its own the SKUs are, and takes the goods into stock. */
export async function receive(
  { retailer, terminal }: Traders,
  { buys_over }: Partnership,
  purchaseOrderId: string
): Promise<ReceivedGoods> {
  const path = `${WHOLESALE}/purchase-orders/${purchaseOrderId}`
  const arrived = await eventually(`${retailer.store.name} knows that the order was delivered`, async () => {
    const { purchase_order } = await retailer.client.get<{ purchase_order: PurchaseOrderAnswer }>(path)
    return purchase_order.order_status === "delivered" ? purchase_order : undefined
  })
  terminal.step("Arrived", `${arrived.number}, the order is ${arrived.order_status}`)

  if (arrived.unmapped_lines.length) {
    await retailer.client.post(`${WHOLESALE}/suppliers/${buys_over}/mappings`, {
      mappings: ORDERED.map(({ sku }, index) => ({
        supplier_sku: sku,
        variant_id: retailer.articles[index].variant_id,
      })),
    })
    const [first] = retailer.articles
    terminal.step("SKUs mapped", `${arrived.unmapped_lines.length}, as ${ORDERED[0].sku} to ${first.sku}`)
  }
  const { receipt, purchase_order } = await retailer.client.post<{
    receipt: { id: string }
    purchase_order: PurchaseOrderAnswer
  }>(`${path}/receipts`, {
    lines: arrived.lines.map(({ id, quantity }) => ({ line_id: id, received: quantity })),
  })
  const units = arrived.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const [first] = await stockLevels(retailer.client, retailer.store, retailer.articles.slice(0, 1))
  terminal.step("Received", `${units} units, none short or damaged; ${first.sku}: ${first.stocked} stocked`)
  return { id: receipt.id, units, purchase_order_status: purchase_order.status }
}
