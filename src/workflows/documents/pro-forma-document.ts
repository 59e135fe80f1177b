import type { MedusaContainer } from "@medusajs/framework/types"

import type { InvoiceDocument } from "../../documents/model/invoice"
import { calendarDay } from "../../lib/calendar/days"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { charged } from "../../modules/wholesale-order/domain/charged"
import { WHOLE_ORDER } from "../../modules/wholesale-order/domain/invoice-due"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import type { Store } from "../../modules/wholesale-store/service"
import { documentLine, totalsOf } from "./document-figures"
import { buyerSide, sellerSide } from "./document-parties"
import { documentTax, taxSummary } from "./document-taxes"
import { buyerSnapshot, deliverySnapshot, sellerSnapshot } from "./party-snapshots"
import { printedBranding } from "./printed-branding"

const NOT_AN_ORDER: readonly string[] = ["draft", "rejected", "cancelled"]

/**
 * What the invoice of an order will say, before there is one: to pay ahead, or for customs.
 *
 * @throws WholesaleError 404; 409 `no_pro_forma` for a draft, an order that has ended, and one that is
 * invoiced, with its `invoices`
 */
export async function proFormaDocument(container: MedusaContainer, store: Store, id: string): Promise<InvoiceDocument> {
  const of = { id, store_id: store.id }
  const order = await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).retrieveOrder(of)
  await assertNotInvoiced(container, order)
  const account = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store.id, order.account_id)
  const buyer = { ...buyerSnapshot(account, order.bill_to), delivery: deliverySnapshot(order, WHOLE_ORDER) }
  const { currency_code } = order
  return {
    kind: "pro_forma",
    number: order.number ?? order.id,
    issued_on: calendarDay(new Date(order.placed_at ?? order.created_at)),
    currency_code,
    branding: await printedBranding(container, store),
    ...sellerSide(sellerSnapshot(store)),
    ...buyerSide(buyer),
    purchase_order_number: order.purchase_order_number,
    order_numbers: order.number ? [order.number] : [],
    buyer_reference: null,
    lines: order.lines.map((line) =>
      documentLine(line, documentTax({ rate: line.tax_rate, code: line.tax_code, name: line.tax_name }))
    ),
    charges: charged(order.charges).map(({ kind, name, amount, ...tax }) => ({
      kind,
      title: name,
      amount,
      tax: documentTax({ rate: tax.tax_rate, code: tax.tax_code, name: tax.tax_name }),
    })),
    tax_summary: taxSummary(order.tax_summary),
    totals: totalsOf(order, currency_code),
    terms: { due_on: null, discount: null, text: null },
    prepaid: sumAmounts([], currency_code),
    settlement: null,
  }
}

async function assertNotInvoiced(container: MedusaContainer, order: OrderDocument): Promise<void> {
  const { id, number, status, store_id } = order
  if (NOT_AN_ORDER.includes(status)) {
    throw new WholesaleError(
      409,
      "no_pro_forma",
      `Order ${number ?? id} is ${status}: a pro forma invoice is for an order that is placed and not invoiced yet.`,
      { order_id: id, number, status }
    )
  }
  const invoices = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .invoicesOfOrder({ store_id, order_id: id })
  const standing = invoices.filter((invoice) => invoice.status !== "void").map((invoice) => invoice.number)
  if (standing.length > 0) {
    throw new WholesaleError(
      409,
      "no_pro_forma",
      `Order ${number ?? id} is invoiced by ${standing.join(", ")}: send that in place of a pro forma invoice.`,
      { order_id: id, number, status, invoices: standing }
    )
  }
}
