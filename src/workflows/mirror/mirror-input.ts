import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Mirror } from "../../modules/wholesale-invoice/persistence/mirrors/mirrors"
import type { Invoice, InvoiceLine } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { InvoiceSnapshotTax } from "./core-order-snapshot"
import type { MakeCoreOrderInput } from "./make-core-order"

/** All that the core order of a mirror is made from, as the invoice says it of the order. */
export async function mirrorInput(
  container: MedusaContainer,
  mirror: Pick<Mirror, "id" | "store_id" | "invoice_id" | "order_id" | "core_order_id" | "account_id" | "total">
): Promise<MakeCoreOrderInput> {
  const { store_id, invoice_id, order_id } = mirror
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const [invoice, order, account, store, everyStore, flags] = await Promise.all([
    container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .invoiceWithLines({ id: invoice_id, store_id }),
    container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .retrieveOrder({ id: order_id, store_id }),
    container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(store_id, mirror.account_id),
    stores.retrieveWholesaleStore(store_id),
    stores.listWholesaleStores({}, { take: 2, select: ["id"] }),
    stores.effectiveFlags(store_id),
  ])
  const invoiced = invoice.orders.find((each) => each.order_id === order_id)
  const lines = invoice.lines.filter((line) => line.order_id === order_id)
  const orderLines = new Map(order.lines.map((line) => [line.id, line]))
  return {
    core_order_id: mirror.core_order_id,
    mirror_id: mirror.id,
    store: {
      id: store_id,
      name: store.name,
      mirror_sales_channel_id: store.mirror_sales_channel_id,
      is_only_store: everyStore.length === 1,
      stock_location_id: store.stock_location_ids[0] ?? null,
    },
    invoice: {
      invoice_id,
      order_id,
      store_id,
      numbers: {
        invoice: invoice.number,
        order: invoiced?.order_number ?? order.number ?? order_id,
        purchase_order: invoiced?.purchase_order_number,
      },
      currency_code: invoice.currency_code,
      lines: lines.map((line) => ({
        kind: line.kind,
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unit_price,
        subtotal: line.subtotal,
        tax_rate: line.tax_rate,
        product_id: orderLines.get(line.order_line_id)?.product_id,
        variant_id: orderLines.get(line.order_line_id)?.variant_id,
      })),
      tax_summary: taxesOfLines(lines, invoice),
      total: mirror.total,
      ship_to: order.ship_to,
      bill_to: order.bill_to,
      customer: {
        account_id: account.id,
        id: account.customer_id,
        email: account.email,
        company: account.company_name,
        match_member: flags.link_member_wholesale_accounts.enabled,
      },
    },
  }
}

/** The invoice's taxes as far as these lines have a share in them. */
function taxesOfLines(
  lines: readonly InvoiceLine[],
  { tax_summary, currency_code }: Pick<Invoice, "tax_summary" | "currency_code">
): InvoiceSnapshotTax[] {
  return tax_summary.flatMap(({ code, name, rate }) => {
    const taxed = lines.filter((line) => line.tax_code === code && MathBN.eq(line.tax_rate, rate))
    return taxed.length
      ? [
          {
            code: code ?? "",
            name,
            rate,
            base: sumAmounts(taxed.map(({ subtotal }) => subtotal), currency_code),
            tax: sumAmounts(taxed.map(({ tax_total }) => tax_total), currency_code),
          },
        ]
      : []
  })
}
