import type { Link } from "@medusajs/framework/modules-sdk"
import type {
  CreateFulfillmentDTO,
  CreateOrderDTO,
  CreatePaymentCollectionDTO,
  IFulfillmentModuleService,
  IOrderModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  PaymentCollectionStatus,
  PaymentSessionStatus,
} from "@medusajs/framework/utils"

import { isCharge } from "../../lib/charges/charge"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { type CoreOrderIds, coreOrderIds } from "./core-order-ids"
import {
  createOrFind,
  ensureCustomer,
  ensureWholesaleChannel,
  type MirrorStore,
  regionOf,
} from "./core-order-parties"
import { coreOrderSnapshot, type InvoiceSnapshot } from "./core-order-snapshot"
import { inCoreTransaction } from "./core-transaction"

export interface MakeCoreOrderInput {
  /** Derived from invoice and order, see `coreOrderId`. */
  readonly core_order_id: string
  readonly invoice: InvoiceSnapshot
  readonly store: MirrorStore
  /** The plan it fulfils, noted as made with it. */
  readonly mirror_id?: string
}

export interface CoreOrderMade {
  readonly core_order_id: string
  readonly sales_channel_id: string
  readonly customer_id?: string
  /** True when it stood there already and nothing was made. */
  readonly repeated: boolean
}

const PAYMENT_PROVIDER = "pp_system_default"
const FULFILMENT_PROVIDER = "manual_manual"

/**
 * Makes the paid and completed core order of an invoice, once for its id, whatever is retried, breaks
 * off or runs twice at the same time in two processes.
 *
 * Sales channel, customer, delivered fulfilment and the links come first, each under an id of its own
 * that a retry meets again. The order with its lines, its transaction, its captured payment and the note
 * that its mirror is made are one database transaction and the last thing written: where the order
 * stands, all of it stands, and whoever cancels before or after knows whether there is one. The
 * modules are called, not core's workflows: no stock is checked, reserved or moved, no price or tax
 * recalculated, no promotion applied, no `order.placed` sent, no hook of the host run.
 *
 * @throws WholesaleError 422 `invoice_does_not_add_up`; 409 `not_allowed` where its mirror was reversed
 */
export async function makeCoreOrder(container: MedusaContainer, input: MakeCoreOrderInput): Promise<CoreOrderMade> {
  const { core_order_id, invoice, store } = input
  const made = await findCoreOrder(container, core_order_id)
  if (made) {
    return made
  }

  const snapshot = coreOrderSnapshot(invoice)
  const ids = coreOrderIds(core_order_id)
  const [sales_channel_id, customer_id, region_id, isFulfilled] = await Promise.all([
    ensureWholesaleChannel(container, store),
    ensureCustomer(container, invoice),
    regionOf(container, invoice),
    ensureFulfilment(container, ids, input, snapshot),
  ])
  await linkCoreOrder(container, core_order_id, ids, isFulfilled)

  const order: CreateOrderDTO & { id: string } = {
    ...snapshot,
    id: core_order_id,
    sales_channel_id,
    customer_id,
    region_id,
    transactions: [captureTransaction(ids, invoice)],
  }
  try {
    await inCoreTransaction(container, async ({ manager, orders, orderContext, payments, paymentContext }) => {
      if (input.mirror_id) {
        await container
          .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
          .markMirrorMade({ id: input.mirror_id, store_id: invoice.store_id }, orderContext)
      }
      await payments.createPaymentCollections(capturedPayment(ids, invoice), paymentContext)
      await orders.createOrders_([order], orderContext)
      // Core keeps the lines back until it reads or the transaction ends; they are updated now.
      await manager.flush()
      await manager.execute(FULFIL_LINES, [core_order_id])
    })
  } catch (error) {
    const other = await findCoreOrder(container, core_order_id)
    if (!other) {
      throw error
    }
    return other
  }
  return { core_order_id, sales_channel_id, customer_id, repeated: false }
}

/**
 * Marks every line fulfilled, so that the dashboard asks nobody to fulfil it. Delivered quantities stay
 * 0: core then offers no return, claim or exchange, which belong to the wholesale order. Plain SQL,
 * because `createOrders` takes no fulfilled quantity and `updateOrderItem` reads and writes line by line.
 */
const FULFIL_LINES = `
  update order_item
  set fulfilled_quantity = quantity, raw_fulfilled_quantity = raw_quantity
  where order_id = ?`

async function findCoreOrder(container: MedusaContainer, id: string): Promise<CoreOrderMade | undefined> {
  const [order] = await container
    .resolve<IOrderModuleService>(Modules.ORDER)
    .listOrders({ id: [id] }, { select: ["id", "sales_channel_id", "customer_id"] })
  return (
    order && {
      core_order_id: order.id,
      sales_channel_id: order.sales_channel_id ?? "",
      customer_id: order.customer_id ?? undefined,
      repeated: true,
    }
  )
}

function captureTransaction(ids: CoreOrderIds, { total, currency_code }: InvoiceSnapshot) {
  return {
    id: ids.capture_transaction_id,
    amount: total,
    currency_code: currency_code.toLowerCase(),
    reference: "capture",
    reference_id: ids.capture_id,
  }
}

/** Payment collection, session, payment and capture as core leaves them after a capture in full. */
function capturedPayment(ids: CoreOrderIds, { total, currency_code, numbers }: InvoiceSnapshot) {
  const paid_at = new Date()
  const amount = { amount: total, currency_code: currency_code.toLowerCase() }
  const payment = {
    id: ids.payment_id,
    ...amount,
    provider_id: PAYMENT_PROVIDER,
    data: {},
    captured_at: paid_at,
    payment_collection_id: ids.payment_collection_id,
    captures: [{ id: ids.capture_id, amount: total }],
  }
  const collection: CreatePaymentCollectionDTO & { id: string; [column: string]: unknown } = {
    id: ids.payment_collection_id,
    ...amount,
    authorized_amount: total,
    captured_amount: total,
    refunded_amount: "0",
    status: PaymentCollectionStatus.COMPLETED,
    completed_at: paid_at,
    metadata: { wholesale_invoice_number: numbers.invoice },
    payment_sessions: [
      {
        id: ids.payment_session_id,
        ...amount,
        provider_id: PAYMENT_PROVIDER,
        data: {},
        status: PaymentSessionStatus.AUTHORIZED,
        authorized_at: paid_at,
        payment,
      },
    ],
  }
  return collection
}

/**
 * A delivered fulfilment, so that the order reads "Delivered". It names no inventory item: nothing is
 * moved. Left out where the store has no stock location or the host no manual fulfilment provider.
 */
async function ensureFulfilment(
  container: MedusaContainer,
  { fulfilment_id }: CoreOrderIds,
  { invoice, store }: MakeCoreOrderInput,
  { shipping_address }: CreateOrderDTO
): Promise<boolean> {
  if (!store.stock_location_id) {
    return false
  }
  const fulfilments = container.resolve<IFulfillmentModuleService>(Modules.FULFILLMENT)
  const find = async () => {
    const [found] = await fulfilments.listFulfillments({ id: [fulfilment_id] }, { select: ["id"] })
    return found?.id
  }
  const [provider] = await fulfilments.listFulfillmentProviders({ id: FULFILMENT_PROVIDER })
  if (!provider) {
    return false
  }
  const delivered_at = new Date()
  const fulfilment: CreateFulfillmentDTO & { id: string } = {
    id: fulfilment_id,
    location_id: store.stock_location_id,
    provider_id: provider.id,
    requires_shipping: false,
    packed_at: delivered_at,
    shipped_at: delivered_at,
    delivered_at,
    delivery_address: { ...shipping_address },
    items: invoice.lines
      .filter(({ kind }) => !isCharge(kind))
      .map(({ sku, title, quantity }) => ({ sku, title, quantity, barcode: "" })),
    metadata: { wholesale_order_number: invoice.numbers.order },
  }
  await createOrFind(() => fulfilments.createFulfillment(fulfilment), find)
  return true
}

/** Writing a link twice leaves one: its key is the pair of ids. */
async function linkCoreOrder(
  container: MedusaContainer,
  order_id: string,
  { payment_collection_id, fulfilment_id }: CoreOrderIds,
  isFulfilled: boolean
): Promise<void> {
  const links = [{ [Modules.ORDER]: { order_id }, [Modules.PAYMENT]: { payment_collection_id } }]
  const fulfilled = [{ [Modules.ORDER]: { order_id }, [Modules.FULFILLMENT]: { fulfillment_id: fulfilment_id } }]
  await container
    .resolve<Link>(ContainerRegistrationKeys.LINK)
    .create([...links, ...(isFulfilled ? fulfilled : [])])
}
