import { sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { taxRateKey, type TaxSummaryEntry } from "../../modules/wholesale-order/domain/order-totals"
import type { Order } from "../../modules/wholesale-order/persistence/rows"
import type { OrderResponse } from "../../modules/wholesale-order/persistence/responses"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import type { OrderResponseBody } from "../documents/order-response"
import type { PurchaseOrderBody } from "../documents/purchase-order"
import type { DocumentSource } from "./snapshot"

export const orderResponseSource: DocumentSource<"order_response"> = {
  type: "order_response",
  async snapshot(container, id) {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const response = await orders.orderResponse({ id })
    if (!response) {
      return undefined
    }
    const { store_id, connection_id, purchase_order_id } = response
    const [received] = await container
      .resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
      .listWholesaleInboxDocuments(
        { connection_id, document_type: "purchase_order", document_id: purchase_order_id },
        { take: 1, order: { incarnation: "ASC", revision: "ASC" } }
      )
    if (!received) {
      return undefined
    }
    // The purchase order as it was placed: number, currency and lines never change after that.
    const purchaseOrder = received.body as PurchaseOrderBody
    const answered = response.order_id
      ? await orders.ordersOfPurchaseOrder({ store_id, connection_id, purchase_order_id })
      : []
    return {
      store_id,
      connection_id,
      document_id: id,
      revision: response.revision,
      body: bodyOf(response, purchaseOrder, answered),
    }
  },
  async markAnnounced(container, input) {
    await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .markAnnounced({ type: "order_response", ...input })
  },
  async behind(container, page) {
    return container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .documentsToAnnounce({ type: "order_response", ...page })
  },
}

function bodyOf(
  response: OrderResponse,
  purchaseOrder: PurchaseOrderBody,
  orders: readonly Order[]
): OrderResponseBody {
  const currency = purchaseOrder.currency_code
  return {
    version: 1,
    purchase_order_id: response.purchase_order_id,
    purchase_order_number: purchaseOrder.number,
    answer: response.answer,
    answered_at: new Date(response.updated_at).toISOString(),
    order_id: response.order_id,
    order_number: orders.find(({ id }) => id === response.order_id)?.number ?? null,
    currency_code: currency,
    totals: orders.length > 0 ? totalsOf(orders, currency) : null,
    tax_summary: taxSummaryOf(orders, currency),
    price_changes: priceChanges(response, purchaseOrder),
    refusal: response.refusal && {
      code: response.refusal.code,
      message: response.refusal.message,
      details: (response.refusal.details ?? {}) as Record<string, unknown>,
    },
  }
}

/** Of all that the purchase order became: a split does not change what has been answered. */
function totalsOf(orders: readonly Order[], currency: string) {
  const sum = (figure: "subtotal" | "charge_total" | "tax_total" | "total") =>
    sumAmounts(orders.map((order) => order[figure]), currency)
  return {
    subtotal: sum("subtotal"),
    charge_total: sum("charge_total"),
    tax_total: sum("tax_total"),
    total: sum("total"),
  }
}

/** Sorted, since the parts of an order name its rates in another order than the whole did. */
function taxSummaryOf(orders: readonly Order[], currency: string): OrderResponseBody["tax_summary"] {
  const rates = new Map<string, TaxSummaryEntry[]>()
  for (const rate of orders.flatMap(({ tax_summary }) => tax_summary)) {
    const key = taxRateKey(rate.code, rate.rate)
    rates.set(key, [...(rates.get(key) ?? []), rate])
  }
  return [...rates.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, parts]) => ({
      ...parts[0],
      base: sumAmounts(parts.map(({ base }) => base), currency),
      tax: sumAmounts(parts.map(({ tax }) => tax), currency),
    }))
}

/** A refusal for changed prices names SKUs; the partner's lines with them are what it asks for. */
function priceChanges(
  { refusal }: OrderResponse,
  { lines }: PurchaseOrderBody
): OrderResponseBody["price_changes"] {
  if (refusal?.code !== "price_changed") {
    return []
  }
  const details = refusal.details as { lines: { sku: string; current: string }[] }
  const current = new Map(details.lines.map((line) => [line.sku, line.current]))
  return lines.flatMap(({ line_id, sku, unit_price }) => {
    const price = current.get(sku)
    return price === undefined ? [] : [{ line_id, sku, ordered_unit_price: unit_price, unit_price: price }]
  })
}
