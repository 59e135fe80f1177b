import type { MedusaContainer } from "@medusajs/framework/types"

import { notFound } from "../../lib/errors/wholesale-error"
import type { Amount } from "../../lib/money/amount"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import type { Account } from "../../modules/wholesale-account/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import { buyersView } from "../../modules/wholesale-invoice/domain/buyers-view"
import { isOverdue } from "../../modules/wholesale-invoice/domain/overdue"
import type { ListedInvoice } from "../../modules/wholesale-invoice/persistence/reads"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { Order } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { amountNumber } from "./amounts"
import { creditNoteView, invoiceLineView, invoiceView, invoicePaymentView } from "./invoice"
import { orderChargeView, orderLineView, orderView } from "./order"

// What a buyer sees is named member by member: what the store keeps for itself stays with it.

/** The account a customer buys for, with its places and what it may still order on account. */
export async function portalAccount(container: MedusaContainer, account: Account) {
  const { id, store_id } = account
  const [locations, credit] = await Promise.all([
    container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .listWholesaleAccountLocations(
        { store_id, account_id: id },
        { order: { created_at: "ASC", id: "ASC" }, take: null }
      ),
    container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .exposure({ store_id, account_id: id }),
  ])
  return {
    id,
    number: account.number,
    company_name: account.company_name,
    email: account.email,
    currency_code: account.currency_code,
    terms: account.terms,
    locations,
    credit: {
      limit: numberOrNull(credit.credit_limit),
      exposure: amountNumber(credit.exposure),
      available: numberOrNull(credit.available),
    },
  }
}

export function portalOrder(order: Order) {
  const view = orderView(order)
  return {
    id: view.id,
    number: view.number,
    source: view.source,
    purchase_order_number: view.purchase_order_number,
    fulfilment_method: view.fulfilment_method,
    status: view.status,
    currency_code: view.currency_code,
    subtotal: view.subtotal,
    charge_total: view.charge_total,
    tax_total: view.tax_total,
    total: view.total,
    tax_summary: view.tax_summary,
    ship_to: view.ship_to,
    bill_to: view.bill_to,
    note: view.note,
    pickup_place: view.pickup_place,
    pickup_at: view.pickup_at,
    rejection_reason: view.rejection_reason,
    cancel_reason: view.cancel_reason,
    cancel_requested_at: view.cancel_requested_at,
    cancel_request_reason: view.cancel_request_reason,
    terms: view.terms,
    line_count: view.line_count,
    placed_at: view.placed_at,
    approved_at: view.approved_at,
    completed_at: view.completed_at,
    cancelled_at: view.cancelled_at,
    created_at: view.created_at,
  }
}

/** What credit decides and why is the store's own; the buyer sees what becomes of the order. */
const STORES_OWN: ReadonlySet<string> = new Set(["hold", "release", "split", "split_off"])

/** @throws WholesaleError 404, for another account's order too */
export async function portalOrderDetail(container: MedusaContainer, account: Account, id: string) {
  const order = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .retrieveOrder({ id, store_id: account.store_id, account_id: account.id })
  return {
    ...portalOrder(order),
    lines: order.lines.map(orderLineView),
    charges: order.charges.map(orderChargeView),
    shipments: order.shipments.map(
      ({ sequence, carrier, tracking_numbers, shipped_at, delivered_at, lines }) => ({
        sequence,
        carrier,
        tracking_numbers,
        shipped_at,
        delivered_at,
        lines,
      })
    ),
    events: order.events
      .filter(({ event }) => !STORES_OWN.has(event))
      .map(({ event, from, to, reason, at }) => ({ event, from, to, reason, at })),
  }
}

export function portalInvoice(invoice: ListedInvoice) {
  const view = invoiceView(invoice)
  const told = buyersView(invoice)
  return {
    id: view.id,
    number: view.number,
    orders: view.orders,
    status: told.status,
    is_overdue: isOverdue({ ...told, due_at: invoice.due_at }, new Date()),
    currency_code: view.currency_code,
    subtotal: view.subtotal,
    charge_total: view.charge_total,
    tax_total: view.tax_total,
    total: view.total,
    paid_total: view.paid_total,
    credited_total: view.credited_total,
    outstanding: amountNumber(told.outstanding),
    tax_summary: view.tax_summary,
    seller: view.seller,
    buyer: view.buyer,
    issued_at: view.issued_at,
    due_at: view.due_at,
    terms: view.terms,
    paid_at: view.paid_at,
  }
}

/** @throws WholesaleError 404, for another account's invoice too */
export async function portalInvoiceDetail(container: MedusaContainer, account: Account, id: string) {
  const invoice = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .retrieveInvoice({ id, store_id: account.store_id })
  if (invoice.account_id !== account.id) {
    throw notFound("Invoice", id)
  }
  return {
    ...portalInvoice(invoice),
    lines: invoice.lines.map(invoiceLineView),
    payments: invoice.payments.map(invoicePaymentView).map(({ applied, method, reference, received_at }) => ({
      amount: applied,
      method,
      reference,
      received_at,
    })),
    credit_notes: invoice.credit_notes
      .map(creditNoteView)
      .map(({ number, subtotal, charge_total, tax_total, total, reason, lines, issued_at }) => ({
        number,
        subtotal,
        charge_total,
        tax_total,
        total,
        reason,
        lines,
        issued_at,
      })),
  }
}

function numberOrNull(amount: Amount | null): number | null {
  return amount === null ? null : amountNumber(amount)
}
