import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { amountNumber } from "./amounts"

/** A count without its rows. */
const COUNT = { take: 1, select: ["id"] }

/** What waits for the people of a store, in figures. */
export async function summaryOf(
  container: MedusaContainer,
  { id: store_id, currency_code }: { readonly id: string; readonly currency_code: string }
) {
  const [selling, receivables, buying, [, connections_requested], books] = await Promise.all([
    ordersWaiting(container, store_id),
    container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .summarise({ store_id }),
    purchasesWaiting(container, store_id),
    container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .listAndCountWholesaleConnections(
        { store_id, role: "distributor", effective_status: "requested" },
        COUNT
      ),
    container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).latestBooksCheck(store_id),
  ])
  const outstanding = receivables.outstanding.map((row) => ({
    currency_code: row.currency_code,
    amount: amountNumber(row.amount),
  }))
  return {
    ...selling,
    connections_requested,
    invoices_open: receivables.invoices_open,
    invoices_overdue: receivables.invoices_overdue,
    outstanding: outstanding.find((row) => row.currency_code === currency_code)?.amount ?? 0,
    currency_code,
    outstanding_by_currency: outstanding,
    ...buying,
    bills_open: receivables.bills_open,
    book_differences: books?.difference_count ?? 0,
  }
}

async function ordersWaiting(container: MedusaContainer, storeId: string) {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const [{ by_status, cancel_requests }, [, orders_held]] = await Promise.all([
    orders.orderCounts(storeId, ["pending", "approved", "packing", "packed"]),
    orders.listAndCountWholesaleOrders({ store_id: storeId, held_at: { $ne: null } }, COUNT),
  ])
  const { pending = 0, approved = 0, packing = 0, packed = 0 } = by_status
  return {
    orders_pending: Math.max(0, pending - orders_held),
    orders_held,
    orders_to_pack: approved + packing,
    orders_to_ship: packed,
    cancel_requests,
  }
}

async function purchasesWaiting(container: MedusaContainer, store_id: string) {
  const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
  const [[, placed], [, toReceive], [, unmapped]] = await Promise.all([
    purchase.listAndCountWholesalePurchaseOrders({ store_id, status: "placed" }, COUNT),
    purchase.listAndCountWholesalePurchaseOrders(
      { store_id, status: ["accepted", "receiving"] },
      COUNT
    ),
    purchase.listAndCountWholesalePurchaseOrderLines(
      {
        store_id,
        variant_id: null,
        purchase_order: { status: ["placed", "accepted", "receiving", "received"] },
      },
      COUNT
    ),
  ])
  return {
    purchase_orders_placed: placed,
    purchase_orders_to_receive: toReceive,
    unmapped_lines: unmapped,
  }
}
