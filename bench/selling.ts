import type { MedusaContainer } from "@medusajs/framework/types"
import { createOrderWorkflow } from "@medusajs/medusa/core-flows"

import { quietContainer } from "../scripts/replay/quiet-container"
import { SYSTEM_ACTOR } from "../src/lib/actor/actor"
import { derivedId } from "../src/lib/ids/derived-id"
import { WHOLESALE_INVOICE } from "../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../src/modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../src/modules/wholesale-order"
import type WholesaleOrderModuleService from "../src/modules/wholesale-order/service"
import { WHOLESALE_PURCHASE } from "../src/modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../src/modules/wholesale-purchase/service"
import { issueDueInvoices } from "../src/workflows/invoice/issue-due-invoices"
import { recordPaymentWorkflow } from "../src/workflows/invoice/record-payment"
import { mirrorInvoiceWorkflow } from "../src/workflows/mirror/mirror-invoice"
import { advanceOrderWorkflow } from "../src/workflows/order/advance-order"
import { approveOrderWorkflow } from "../src/workflows/order/approve-order"
import { placeOrderWorkflow } from "../src/workflows/order/place-order"
import { sendGoodsWorkflow } from "../src/workflows/order/send-goods"
import { createPurchaseOrderDraftWorkflow } from "../src/workflows/purchase/create-purchase-order-draft"
import { placePurchaseOrderWorkflow } from "../src/workflows/purchase/place-purchase-order"
import { CURRENCY, type BenchShop } from "./goods"
import type { Stopwatch } from "./stopwatch"

/** What one round measures; core's order is what the others are compared with. */
export const CORE_ORDER = "core order"
export const SALES = ["manual order", "purchase order", "approval", "invoice", "mirror"] as const

const QUANTITY = 2

/**
 * One order of so many lines by core, then the same lines through the life of a wholesale order: core
 * gets its prices given, as a manual order does, so that neither looks them up.
 */
export async function sellingRound(
  container: MedusaContainer,
  shop: BenchShop,
  { lines, round }: { readonly lines: number; readonly round: number },
  watch: Stopwatch
): Promise<void> {
  await watch.time(CORE_ORDER, () => createOrderWorkflow(container).run({ input: coreOrder(shop, lines) }))

  const { distributor, account_id } = shop.partnership
  const order_id = derivedId("whord", "bench", String(lines), String(round))
  const verb = { id: order_id, store_id: distributor.id, actor: SYSTEM_ACTOR }
  const asked = shop.goods.slice(0, lines).map(({ sku, unit_price }) => ({ sku, quantity: QUANTITY, unit_price }))
  await watch.time("manual order", () =>
    placeOrderWorkflow(container).run({
      input: {
        order_id,
        store_id: distributor.id,
        account_id,
        source: "manual",
        fulfilment_method: "shipping",
        lines: asked,
        actor: SYSTEM_ACTOR,
      },
    })
  )
  await watch.time("approval", () => approveOrderWorkflow(container).run({ input: verb }))
  await deliver(container, verb)
  await watch.time("invoice", () => issueDueInvoices(container, verb))
  const invoice_id = await payInFull(container, verb)
  await watch.time("mirror", () =>
    mirrorInvoiceWorkflow(container).run({ input: { store_id: distributor.id, invoice_id } })
  )

  const placed = await draftPurchaseOrder(container, shop, lines)
  await watch.time("purchase order", () => placePurchaseOrderWorkflow(container).run({ input: placed }))
  await assertAnswered(container, placed)
}

function coreOrder({ partnership, region_id, goods }: BenchShop, lines: number) {
  return {
    region_id,
    currency_code: CURRENCY,
    email: "buyer@example.com",
    sales_channel_id: partnership.distributor.sales_channel_id,
    shipping_address: { address_1: "1 High Street", city: "Leeds", country_code: "gb" },
    items: goods.slice(0, lines).map(({ variant_id, sku, unit_price }) => ({
      variant_id,
      title: sku,
      quantity: QUANTITY,
      unit_price,
      is_tax_inclusive: false,
    })),
  }
}

type Verb = { readonly id: string; readonly store_id: string; readonly actor: typeof SYSTEM_ACTOR }

/** Up to where the invoice is due and not issued yet: the last event by the service alone. */
async function deliver(container: MedusaContainer, verb: Verb): Promise<void> {
  await advanceOrderWorkflow(container).run({ input: { ...verb, event: "start_packing" } })
  await advanceOrderWorkflow(container).run({ input: { ...verb, event: "finish_packing" } })
  await sendGoodsWorkflow(container).run({ input: { ...verb, event: "ship" } })
  await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).transition({ ...verb, event: "deliver" })
}

/** Without telling the subscriber, which would make the mirror before it can be measured. */
async function payInFull(container: MedusaContainer, { id: order_id, store_id, actor }: Verb): Promise<string> {
  const [invoice] = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .invoicesOfOrder({ store_id, order_id })
  await recordPaymentWorkflow(quietContainer(container)).run({
    input: { store_id, invoice_id: invoice.id, amount: invoice.total, method: "bank_transfer", actor },
  })
  return invoice.id
}

async function draftPurchaseOrder(container: MedusaContainer, { partnership, goods }: BenchShop, lines: number) {
  const { retailer, supplier_connection_id: connection_id } = partnership
  const actor = { actor_type: "user" as const, actor_id: retailer.user.id }
  const { result } = await createPurchaseOrderDraftWorkflow(container).run({
    input: {
      store_id: retailer.id,
      connection_id,
      fulfilment_method: "shipping",
      ship_to: { address_1: "1 High Street", city: "Leeds", country_code: "gb" },
      lines: goods.slice(0, lines).map(({ sku }) => ({ sku, quantity: QUANTITY })),
      actor,
    },
  })
  return { id: result.id, store_id: retailer.id, actor }
}

async function assertAnswered(
  container: MedusaContainer,
  { id, store_id }: { readonly id: string; readonly store_id: string }
): Promise<void> {
  const { status, response } = await container
    .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    .purchaseOrder(store_id, id)
  if (status !== "accepted") {
    throw new Error(`The purchase order of the bench is ${status}: ${JSON.stringify(response)}`)
  }
}
