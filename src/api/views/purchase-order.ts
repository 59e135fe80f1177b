import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import { openQuantity } from "../../modules/wholesale-purchase/domain/receipt-lines"
import type { PurchaseOrderLineDetail } from "../../modules/wholesale-purchase/persistence/reads"
import type { SupplierOrder } from "../../modules/wholesale-purchase/persistence/supplier-orders"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { amountNumber } from "./amounts"
import { billsOfPurchaseOrder } from "./bill"
import { taxSummaryView } from "./tax-summary"

/**
 * A purchase order with what belongs to it. `unmapped_lines` are those whose SKU is no variant of the
 * store yet: what came of them waits for a mapping before it goes into stock.
 *
 * @throws WholesaleError 404
 */
export async function purchaseOrderDetail(container: MedusaContainer, storeId: string, id: string) {
  const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
  const { allowed_actions, lines, orders, ...order } = await purchase.purchaseOrder(storeId, id)
  const of = { purchase_order_id: id, store_id: storeId }
  const [suppliers, variants, receipts, events, bills] = await Promise.all([
    supplierNames(container, storeId, [order.connection_id]),
    variantsOf(container, lines),
    purchase.listWholesaleReceipts(of, { relations: ["lines"], order: { sequence: "ASC" } }),
    purchase.listWholesalePurchaseOrderEvents(of, { order: { at: "ASC", id: "ASC" } }),
    billsOfPurchaseOrder(container, storeId, id),
  ])
  return {
    ...order,
    supplier_name: suppliers.get(order.connection_id) ?? null,
    subtotal: amountNumber(order.subtotal),
    charge_total: amountNumber(order.charge_total),
    tax_total: amountNumber(order.tax_total),
    total: amountNumber(order.total),
    lines: lines.map((line) => ({
      ...line,
      unit_price: amountNumber(line.unit_price),
      subtotal: amountNumber(line.subtotal),
      open_quantity: openQuantity(line),
      variant: variants.get(line.variant_id ?? "") ?? null,
    })),
    orders: orders.map(supplierOrderView),
    unmapped_lines: lines
      .filter(({ variant_id }) => variant_id === null)
      .map(({ id: line_id, supplier_sku, title, quantity, received_quantity }) => ({
        line_id,
        supplier_sku,
        title,
        quantity,
        received_quantity,
      })),
    receipts,
    bills,
    events,
    allowed_events: allowed_actions,
  }
}

/** One of the supplier's orders, with its appointment and reasons beside its figures. */
function supplierOrderView({ summary, tracking, incarnation: _, revision: __, ...order }: SupplierOrder) {
  const { charges = [], tax_summary, pickup, rejection_reason, cancel_reason, goods_returned } = summary
  return {
    ...order,
    subtotal: amountNumber(order.subtotal),
    charge_total: amountNumber(order.charge_total),
    tax_total: amountNumber(order.tax_total),
    total: amountNumber(order.total),
    charges: charges.map(({ amount, ...charge }) => ({ ...charge, amount: amountNumber(amount) })),
    tax_summary: taxSummaryView(tax_summary),
    lines: order.lines.map((line) => ({ ...line, unit_price: amountNumber(line.unit_price) })),
    shipments: tracking,
    pickup,
    rejection_reason,
    cancel_reason,
    goods_returned,
  }
}

/** Rows of the list with their supplier's name, read once for all. */
export async function withSupplierNames<Row extends { readonly connection_id: string }>(
  container: MedusaContainer,
  storeId: string,
  rows: readonly Row[]
) {
  const names = await supplierNames(container, storeId, [...new Set(rows.map((row) => row.connection_id))])
  return rows.map((row) => ({ ...row, supplier_name: names.get(row.connection_id) ?? null }))
}

async function supplierNames(
  container: MedusaContainer,
  storeId: string,
  connectionIds: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const connections = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .listWholesaleConnections(
      { id: [...connectionIds], store_id: storeId },
      { select: ["id", "partner_name"], take: connectionIds.length }
    )
  return new Map(connections.map(({ id, partner_name }) => [id, partner_name]))
}

/** The store's own variants of the lines, in one query; one that is gone from core is left out. */
async function variantsOf(container: MedusaContainer, lines: readonly PurchaseOrderLineDetail[]) {
  const ids = [...new Set(lines.flatMap(({ variant_id }) => variant_id ?? []))]
  const { data: variants } = ids.length
    ? await container.resolve(ContainerRegistrationKeys.QUERY).graph({
        entity: "product_variant",
        fields: ["id", "sku", "title", "product_id", "product.title", "product.thumbnail"],
        filters: { id: ids },
      })
    : { data: [] }
  return new Map(
    variants.map(({ id, sku, title, product_id, product }) => [
      id,
      { id, sku, title, product_id, product_title: product?.title ?? null, thumbnail: product?.thumbnail ?? null },
    ])
  )
}
