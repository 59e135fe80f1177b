import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { allowedActions, PurchaseOrderAction, PurchaseOrderStatus } from "../domain/purchase-order-machine"
import type { FulfilmentMethod } from "../../../lib/fulfilment/methods"
import { supplierOrdersOf, type SupplierOrder } from "./supplier-orders"

/** A purchase order with its lines; amounts are decimal strings in major units. */
export interface PurchaseOrderDetail {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly number: string | null
  readonly status: PurchaseOrderStatus
  readonly status_before_cancel_request: PurchaseOrderStatus | null
  readonly allowed_actions: PurchaseOrderAction[]
  readonly fulfilment_method: FulfilmentMethod
  readonly currency_code: string
  readonly subtotal: Amount
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly ship_to: Readonly<Record<string, unknown>>
  readonly note: string | null
  readonly pickup_place: string | null
  readonly pickup_at: Date | null
  readonly location_id: string | null
  readonly response: Readonly<Record<string, unknown>> | null
  readonly order_id: string | null
  readonly order_number: string | null
  readonly order_status: string | null
  readonly cancel_requested_at: Date | null
  readonly cancel_request_reason: string | null
  readonly cancel_answer: Readonly<Record<string, unknown>> | null
  readonly placed_at: Date | null
  readonly revision: number
  readonly announced_revision: number
  readonly created_at: Date
  readonly lines: PurchaseOrderLineDetail[]
  /** What the supplier made of it: an order, and what was split off that. */
  readonly orders: SupplierOrder[]
}

export interface PurchaseOrderLineDetail {
  readonly id: string
  readonly line_number: number
  readonly supplier_sku: string
  readonly title: string
  readonly quantity: number
  readonly unit_price: Amount
  readonly subtotal: Amount
  readonly variant_id: string | null
  readonly received_quantity: number
  readonly short_quantity: number
  readonly damaged_quantity: number
  readonly cancelled_quantity: number
}

/** A receipt with its lines, as stock is raised by it and as it travels. */
export interface ReceiptDetail {
  readonly id: string
  readonly store_id: string
  readonly purchase_order_id: string
  readonly purchase_order_number: string | null
  readonly connection_id: string
  readonly order_id: string | null
  readonly sequence: number
  readonly location_id: string
  readonly status: "pending" | "done"
  readonly received_at: Date
  readonly note: string | null
  readonly revision: number
  readonly announced_revision: number
  readonly lines: ReceiptLineDetail[]
}

export interface ReceiptLineDetail {
  readonly id: string
  readonly purchase_order_line_id: string
  readonly line_number: number
  readonly supplier_sku: string
  readonly title: string
  /** What is raised with the receipt; a line without is kept until its SKU is mapped. */
  readonly variant_id: string | null
  readonly received_quantity: number
  readonly short_quantity: number
  readonly damaged_quantity: number
  readonly stocked: boolean
}

/** See `WholesalePurchaseModuleService.purchaseOrder`. */
export async function purchaseOrder(em: EntityManager, storeId: string, id: string): Promise<PurchaseOrderDetail> {
  const [header] = await em.execute<Omit<PurchaseOrderDetail, "lines" | "orders" | "allowed_actions">[]>(
    `select id, store_id, connection_id, number, status, status_before_cancel_request, fulfilment_method,
        currency_code, raw_subtotal ->> 'value' as subtotal, raw_charge_total ->> 'value' as charge_total, raw_tax_total ->> 'value' as tax_total,
        raw_total ->> 'value' as total, ship_to, note, pickup_place, pickup_at, location_id, response, order_id,
        order_number, order_status, cancel_requested_at, cancel_request_reason,
        cancel_answer, placed_at, revision, announced_revision, created_at
      from "wholesale_purchase_order" where id = ? and store_id = ? and deleted_at is null`,
    [id, storeId]
  )
  if (!header) {
    throw notFound("Purchase order", id)
  }
  const lines = await em.execute<PurchaseOrderLineDetail[]>(
    `select id, line_number, supplier_sku, title, quantity, raw_unit_price ->> 'value' as unit_price,
        raw_subtotal ->> 'value' as subtotal, variant_id, received_quantity, short_quantity, damaged_quantity,
        cancelled_quantity
      from "wholesale_purchase_order_line" where purchase_order_id = ? and deleted_at is null
      order by line_number`,
    [id]
  )
  const orders = await supplierOrdersOf(em, id)
  return { ...header, allowed_actions: allowedActions(header), lines, orders }
}

/** See `WholesalePurchaseModuleService.receipt`. */
export async function receipt(em: EntityManager, storeId: string, id: string): Promise<ReceiptDetail> {
  const [header] = await em.execute<Omit<ReceiptDetail, "lines">[]>(
    `select receipt.id, receipt.store_id, receipt.purchase_order_id, po.number as purchase_order_number,
        po.connection_id, po.order_id, receipt.sequence, receipt.location_id, receipt.status, receipt.received_at,
        receipt.note, receipt.revision, receipt.announced_revision
      from "wholesale_receipt" receipt join "wholesale_purchase_order" po on po.id = receipt.purchase_order_id
      where receipt.id = ? and receipt.store_id = ? and receipt.deleted_at is null`,
    [id, storeId]
  )
  if (!header) {
    throw notFound("Receipt", id)
  }
  const lines = await em.execute<ReceiptLineDetail[]>(
    `select line.id, line.purchase_order_line_id, pol.line_number, pol.supplier_sku, pol.title, line.variant_id,
        line.received_quantity, line.short_quantity, line.damaged_quantity, line.stocked
      from "wholesale_receipt_line" line
      join "wholesale_purchase_order_line" pol on pol.id = line.purchase_order_line_id
      where line.receipt_id = ? and line.deleted_at is null order by pol.line_number`,
    [id]
  )
  return { ...header, lines }
}
