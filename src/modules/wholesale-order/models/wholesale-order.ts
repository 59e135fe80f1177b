import { model } from "@medusajs/framework/utils"

import { FULFILMENT_METHODS } from "../../../lib/fulfilment/methods"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { AppliedExemption } from "../domain/applied-exemption"
import type { HoldKind } from "../domain/hold"
import { INVOICE_CONSOLIDATIONS } from "../domain/invoice-due"
import { ORDER_STATUSES } from "../domain/order-machine"

/** The distributor's sales order. */
const WholesaleOrder = model
  .define("wholesale_order", {
    id: model.id({ prefix: "whord" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    connection_id: model.text().nullable(),
    number: model.text().nullable(),
    source: model.enum(["purchase_order", "portal", "manual"]),
    purchase_order_id: model.text().nullable(),
    purchase_order_number: model.text().nullable(),
    fulfilment_method: model.enum([...FULFILMENT_METHODS]),
    status: model.enum([...ORDER_STATUSES]).default("draft"),
    currency_code: model.text(),
    /** Of the goods, net. */
    subtotal: model.bigNumber(),
    /** Of its charges, net. */
    charge_total: model.bigNumber().default(0),
    tax_total: model.bigNumber(),
    total: model.bigNumber(),
    tax_summary: model.json(),
    ship_to: model.json(),
    bill_to: model.json(),
    note: model.text().nullable(),
    pickup_place: model.text().nullable(),
    pickup_at: model.dateTime().nullable(),
    pickup_notice_due_at: model.dateTime().nullable(),
    pickup_notice_attempts: model.number().default(0),
    cancel_reason: model.text().nullable(),
    goods_returned: model.boolean().nullable(),
    rejection_reason: model.text().nullable(),
    cancel_requested_at: model.dateTime().nullable(),
    cancel_request_reason: model.text().nullable(),
    terms: model.json<PaymentTerms>(),
    /** The certificate under which it is not taxed; null where it is. */
    tax_exemption: model.json<AppliedExemption>().nullable(),
    invoice_on: model.enum(["completion", "approval", "shipment"]).nullable(),
    /** Whether its parts wait to be put on an invoice with others, and until when. */
    invoice_consolidation: model.enum([...INVOICE_CONSOLIDATIONS]).nullable(),
    line_count: model.number(),
    invoice_parts_due: model.json<number[]>(),
    invoice_parts_waiting: model.json<number[]>(),
    /** By which rows of void invoices a part was returned: each counts once. */
    invoice_parts_returned: model.json<string[]>().nullable(),
    placed_at: model.dateTime().nullable(),
    approved_at: model.dateTime().nullable(),
    completed_at: model.dateTime().nullable(),
    cancelled_at: model.dateTime().nullable(),
    parent_id: model.text().nullable(),
    held_at: model.dateTime().nullable(),
    hold_kinds: model.json<HoldKind[]>().nullable(),
    revision: model.number().default(0),
    announced_revision: model.number().default(0),
  })
  .indexes([
    { on: ["store_id", "number"], unique: true },
    {
      name: "IDX_wholesale_order_purchase_order_unique",
      on: ["connection_id", "purchase_order_id"],
      unique: true,
      where: "parent_id is null",
    },
    { on: ["connection_id", "purchase_order_id"] },
    { name: "IDX_wholesale_order_parent", on: ["parent_id"], where: "parent_id is not null" },
    { on: ["store_id", "created_at", "id"] },
    { on: ["store_id", "placed_at", "id"] },
    { on: ["store_id", "status", "created_at"] },
    { on: ["store_id", "account_id", "created_at"] },
    { on: ["store_id", "purchase_order_number"] },
    { name: "IDX_wholesale_order_held", on: ["store_id"], where: "held_at is not null" },
    {
      name: "IDX_wholesale_order_cancel_requested",
      on: ["store_id"],
      where: "cancel_requested_at is not null",
    },
    {
      name: "IDX_wholesale_order_invoice_parts_due",
      on: ["id"],
      where: "invoice_parts_due <> '[]'::jsonb",
    },
    {
      name: "IDX_wholesale_order_invoice_parts_waiting",
      on: ["store_id", "account_id", "id"],
      where: "invoice_parts_waiting <> '[]'::jsonb",
    },
    {
      name: "IDX_wholesale_order_pickup_notice_due",
      on: ["pickup_notice_due_at"],
      where: "pickup_notice_due_at is not null",
    },
    {
      name: "IDX_wholesale_order_behind",
      on: ["id"],
      where: "revision > announced_revision and connection_id is not null",
    },
  ])

export default WholesaleOrder
