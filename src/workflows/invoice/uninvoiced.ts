import type { MedusaContainer } from "@medusajs/framework/types"

import type { Amount } from "../../lib/money/amount"
import { sumAmounts } from "../../lib/money/amount"
import { calculateInvoiceTotals } from "../../modules/wholesale-invoice/domain/invoice-totals"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { batchesOf, type Batch } from "../../modules/wholesale-order/domain/invoice-batches"
import type { WaitingOrderPart, WaitingSummary } from "../../modules/wholesale-order/persistence/invoice-batches"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { partToInvoice } from "./part-to-invoice"

export interface UninvoicedOrder {
  readonly order_id: string
  readonly order_number: string
  readonly purchase_order_number: string | null
  /** 0 for all of it, else its shipments. */
  readonly parts: readonly number[]
  /** When the first of them was supplied. */
  readonly supplied_at: Date
  /** Its part of the invoice, tax included. */
  readonly total: Amount
}

/** What would be on one invoice. */
export interface Uninvoiced extends WaitingSummary {
  /** What the invoice would come to, and of which orders; where one account is asked for. */
  readonly total?: Amount
  readonly orders?: readonly UninvoicedOrder[]
}

/**
 * What waits to be put on invoices, an entry an invoice. Of one account it says of which orders, and what
 * the invoices would come to, computed as they will be.
 */
export async function uninvoiced(
  container: MedusaContainer,
  {
    store_id,
    account_id,
    before,
  }: { readonly store_id: string; readonly account_id?: string; readonly before?: Date }
): Promise<Uninvoiced[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  if (account_id === undefined) {
    return await orders.waitingByAccount({ store_id, before })
  }
  const waiting = await orders.waitingParts({ store_id, account_id, before })
  const partOf = new Map(waiting.map((part) => [keyOf(part), part]))
  const entries: Uninvoiced[] = []
  for (const batch of batchesOf(waiting)) {
    const parts = batch.parts.flatMap((part) => partOf.get(keyOf(part)) ?? [])
    entries.push({
      ...summaryOf(batch, parts),
      ...(await previewOf(orders, store_id, parts)),
    })
  }
  return entries
}

const keyOf = ({ order_id, part }: Batch["parts"][number]) => `${order_id} ${part}`

function summaryOf({ parts: _, ...key }: Batch, parts: readonly WaitingOrderPart[]): WaitingSummary {
  const days = parts.map(({ supplied_at }) => supplied_at.getTime())
  return {
    ...key,
    order_count: new Set(parts.map(({ order_id }) => order_id)).size,
    supplied_from: new Date(Math.min(...days)),
    supplied_through: new Date(Math.max(...days)),
  }
}

async function previewOf(
  service: WholesaleOrderModuleService,
  storeId: string,
  parts: readonly WaitingOrderPart[]
): Promise<Pick<Uninvoiced, "total" | "orders">> {
  const orders = new Map<string, OrderDocument>()
  for (const { order_id } of parts) {
    if (!orders.has(order_id)) {
      orders.set(order_id, await service.retrieveOrder({ id: order_id, store_id: storeId }))
    }
  }
  const [{ currency_code }] = parts
  const lines = parts.flatMap(({ order_id, part }) => {
    const order = orders.get(order_id)
    return order ? partToInvoice(order, part).lines.map((line) => ({ order_id, line })) : []
  })
  const totals = calculateInvoiceTotals(lines.map(({ line }) => line), currency_code)
  const ofOrder = (orderId: string) =>
    totals.lines.flatMap(({ subtotal, tax_total }, index) =>
      lines[index].order_id === orderId ? [subtotal, tax_total] : []
    )
  return {
    total: totals.total,
    orders: [...orders.keys()].map((order_id) => {
      const own = parts.filter((part) => part.order_id === order_id)
      return {
        order_id,
        order_number: own[0].order_number,
        purchase_order_number: own[0].purchase_order_number,
        parts: own.map(({ part }) => part),
        supplied_at: own[0].supplied_at,
        total: sumAmounts(ofOrder(order_id), currency_code),
      }
    }),
  }
}
