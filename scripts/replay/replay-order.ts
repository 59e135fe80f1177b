import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { derivedId } from "../../src/lib/ids/derived-id"
import type { Amount } from "../../src/lib/money/amount"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type { Invoice } from "../../src/modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import type { OrderStatus } from "../../src/modules/wholesale-order/domain/order-machine"
import type { Order } from "../../src/modules/wholesale-order/persistence/rows"
import { issueDueInvoices } from "../../src/workflows/invoice/issue-due-invoices"
import { recordPaymentWorkflow } from "../../src/workflows/invoice/record-payment"
import { mirrorInvoiceWorkflow } from "../../src/workflows/mirror/mirror-invoice"
import { advanceOrderWorkflow } from "../../src/workflows/order/advance-order"
import { approveOrderWorkflow } from "../../src/workflows/order/approve-order"
import { placeOrderWorkflow } from "../../src/workflows/order/place-order"
import { sendGoodsWorkflow } from "../../src/workflows/order/send-goods"
import { stockReceived } from "../../src/workflows/stock/stock-received"
import type { ExportDocument } from "./documents"
import { accountId, companyName } from "./replay-accounts"
import type { ReplayGoods } from "./replay-goods"
import type { ReplayStore } from "./replay-store"

export interface ReplaySettings {
  readonly container: MedusaContainer
  readonly store: ReplayStore
}

/**
 * Carries a sale through its whole life on its own date: placed, approved from stock that came in for
 * it, packed, shipped, delivered, invoiced, paid in full and mirrored. Every id derives from the
 * document's number, and it goes on from the status that the order has: what broke off is finished.
 *
 * @returns the order's total
 */
export async function replayOrder(
  settings: ReplaySettings,
  document: ExportDocument,
  goods: ReadonlyMap<string, ReplayGoods>
): Promise<Amount> {
  const order = await place(settings, document)
  await receiveGoods(settings, document, goods)
  await advance(settings, order, document.rows[0].at)
  await settle(settings, order, document.rows[0].at)
  return order.total
}

async function place({ container, store }: ReplaySettings, { number, rows }: ExportDocument): Promise<Order> {
  const [{ customer, country_code, at }] = rows
  const { result } = await placeOrderWorkflow(container).run({
    input: {
      order_id: derivedId("whord", store.id, number),
      store_id: store.id,
      account_id: accountId(store.id, customer),
      source: "manual",
      fulfilment_method: "shipping",
      lines: rows.map(({ sku, quantity, unit_price }) => ({ sku, quantity, unit_price })),
      ship_to: { company: companyName(customer), country_code },
      note: `Document ${number} of the export, from row ${rows[0].row}`,
      actor: SYSTEM_ACTOR,
      at,
    },
  })
  return result
}

/** Goods receipt of what the document sells: history does not say what was on the shelf. */
async function receiveGoods(
  { container, store }: ReplaySettings,
  { number, rows }: ExportDocument,
  goods: ReadonlyMap<string, ReplayGoods>
): Promise<void> {
  const reference_id = derivedId("receipt", store.id, number)
  await stockReceived(container, {
    key: reference_id,
    store_id: store.id,
    reference_type: "replay",
    reference_id,
    location_id: store.location_id,
    lines: rows.map(({ row, sku, quantity }) => ({
      line_id: String(row),
      variant_id: goods.get(sku)?.variant_id ?? null,
      sku,
      quantity,
    })),
  })
}

async function advance({ container, store }: ReplaySettings, order: Order, at: string): Promise<void> {
  const verb = { id: order.id, store_id: store.id, actor: SYSTEM_ACTOR, at }
  const next: Partial<Record<OrderStatus, () => Promise<{ result: Order }>>> = {
    pending: () => approveOrderWorkflow(container).run({ input: verb }),
    approved: () => advanceOrderWorkflow(container).run({ input: { ...verb, event: "start_packing" } }),
    packing: () => advanceOrderWorkflow(container).run({ input: { ...verb, event: "finish_packing" } }),
    packed: () => sendGoodsWorkflow(container).run({ input: { ...verb, event: "ship" } }),
    shipped: () => advanceOrderWorkflow(container).run({ input: { ...verb, event: "deliver" } }),
  }
  let { status } = order
  for (let step = next[status]; step; step = next[status]) {
    status = (await step()).result.status
  }
  if (status !== "delivered") {
    throw new Error(`Order ${order.number} of the replay is ${status}: somebody else has changed it.`)
  }
}

async function settle({ container, store }: ReplaySettings, order: Order, at: string): Promise<void> {
  const { id: invoice_id, total } = await invoiceOf(container, order, at)
  await recordPaymentWorkflow(container).run({
    input: {
      id: derivedId("whpay", invoice_id),
      store_id: store.id,
      invoice_id,
      amount: total,
      method: "bank_transfer",
      received_at: at,
      actor: SYSTEM_ACTOR,
    },
  })
  await mirrorInvoiceWorkflow(container).run({ input: { store_id: store.id, invoice_id } })
}

/** Delivery issues it; only where that broke off it is still due. */
async function invoiceOf(container: MedusaContainer, { id, store_id }: Order, at: string): Promise<Invoice> {
  const issued = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .invoicesOfOrder({ store_id, order_id: id })
  const [invoice] = issued.length > 0 ? issued : await issueDueInvoices(container, { id, store_id }, new Date(at))
  if (!invoice) {
    throw new Error(`Order ${id} of the replay is delivered and has no invoice.`)
  }
  return invoice
}
