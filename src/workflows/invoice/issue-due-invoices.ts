import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { PartToInvoice } from "../../modules/wholesale-invoice/persistence/invoices/issue-invoice"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { charged } from "../../modules/wholesale-order/domain/charged"
import { FIRST_SHIPMENT, WHOLE_ORDER } from "../../modules/wholesale-order/domain/invoice-due"
import type { OrderCharge, OrderDocument, OrderLine } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { buyerSnapshot, deliverySnapshot, sellerSnapshot } from "../documents/party-snapshots"
import { postDifference } from "./post-difference"

/**
 * Issues the invoices that an order's events have made due, each once, and posts what they differ by
 * from the amount that approval posted.
 *
 * @param at the day of the invoices; now, unless history is replayed
 * @returns the invoices of the parts that were due
 */
export async function issueDueInvoices(
  container: MedusaContainer,
  { id, store_id }: { readonly id: string; readonly store_id: string },
  at?: Date
): Promise<Invoice[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const order = await orders.retrieveOrder({ id, store_id })
  const invoices: Invoice[] = []
  for (const part of order.invoice_parts_due) {
    const invoice = await issuePart(container, order, part, at)
    await postDifference(container, order)
    await orders.settleInvoicePart({ id, store_id, part })
    invoices.push(invoice)
  }
  return invoices
}

async function issuePart(
  container: MedusaContainer,
  order: OrderDocument,
  part: number,
  at: Date | undefined
): Promise<Invoice> {
  const [store, account] = await Promise.all([
    container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(order.store_id),
    container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(order.store_id, order.account_id),
  ])
  return container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).issueInvoice({
    store_id: order.store_id,
    account_id: order.account_id,
    connection_id: order.connection_id,
    parts: [partToInvoice(order, part)],
    currency_code: order.currency_code,
    tax_summary: order.tax_summary.map(({ rate, code, name }) => ({ rate, code, name })),
    seller: sellerSnapshot(store),
    buyer: { ...buyerSnapshot(account, order.bill_to), delivery: deliverySnapshot(order, part) },
    terms: order.terms,
    number_pattern: store.invoice_number_pattern,
    issued_at: at,
    actor: SYSTEM_ACTOR,
  })
}

function partToInvoice(order: OrderDocument, part: number): PartToInvoice {
  return {
    order_id: order.id,
    order_number: order.number ?? order.id,
    purchase_order_id: order.purchase_order_id,
    purchase_order_number: order.purchase_order_number,
    part,
    lines: [
      ...linesOfPart(order, part).map((line) => ({
        order_line_id: line.id,
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unit_price,
        tax_rate: line.tax_rate,
      })),
      ...chargesOfPart(order, part).map((charge) => ({
        kind: charge.kind,
        order_line_id: charge.id,
        sku: "",
        title: charge.name,
        quantity: 1,
        unit_price: charge.amount,
        tax_rate: charge.tax_rate,
      })),
    ],
  }
}

function linesOfPart(order: OrderDocument, part: number): OrderLine[] {
  if (part === WHOLE_ORDER) {
    return [...order.lines]
  }
  const shipment = order.shipments.find(({ sequence }) => sequence === part)
  const shipped = new Map(shipment?.lines.map(({ line_id, quantity }) => [line_id, quantity]))
  return order.lines.flatMap((line) => {
    const quantity = shipped.get(line.id)
    return quantity === undefined ? [] : [{ ...line, quantity }]
  })
}

/** What is charged beside the goods is invoiced with the first of them. */
function chargesOfPart(order: OrderDocument, part: number): OrderCharge[] {
  return part === WHOLE_ORDER || part === FIRST_SHIPMENT ? charged(order.charges) : []
}
