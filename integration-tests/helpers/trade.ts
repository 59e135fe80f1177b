import type { MedusaContainer } from "@medusajs/framework/types"

import type { TradingStore, TradingStores } from "../../scripts/fixture/trading-stores"
import type { Actor } from "../../src/lib/actor/actor"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_CREDIT } from "../../src/modules/wholesale-credit"
import type { CreditExposure } from "../../src/modules/wholesale-credit/ledger/reads"
import type WholesaleCreditModuleService from "../../src/modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type { Invoice } from "../../src/modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../src/modules/wholesale-order"
import type { Order, OrderDocument } from "../../src/modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../src/modules/wholesale-order/service"
import { WHOLESALE_PURCHASE } from "../../src/modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../src/modules/wholesale-purchase/service"
import { createAccountWorkflow } from "../../src/workflows/account/create-account"
import { publishCatalogWorkflow } from "../../src/workflows/catalog/publish-catalog"
import { upsertItemsWorkflow } from "../../src/workflows/catalog/upsert-items"
import { approveConnectionWorkflow } from "../../src/workflows/connection/approve-connection"
import { requestConnectionWorkflow } from "../../src/workflows/connection/request-connection"
import { decideOrderCreditWorkflow, type DecideOrderCreditInput } from "../../src/workflows/credit/decide-order-credit"
import { placeCreditHoldWorkflow } from "../../src/workflows/credit/place-credit-hold"
import { consolidateInvoicesWorkflow } from "../../src/workflows/invoice/consolidate-invoices"
import { recordPaymentWorkflow } from "../../src/workflows/invoice/record-payment"
import { voidInvoiceWorkflow } from "../../src/workflows/invoice/void-invoice"
import { voidPaymentWorkflow } from "../../src/workflows/invoice/void-payment"
import { undoWriteOffWorkflow, writeOffInvoiceWorkflow } from "../../src/workflows/invoice/write-off-invoice"
import { mirrorInvoiceWorkflow } from "../../src/workflows/mirror/mirror-invoice"
import { advanceOrderWorkflow, type AdvanceOrderInput } from "../../src/workflows/order/advance-order"
import { approveOrderWorkflow } from "../../src/workflows/order/approve-order"
import { cancelOrderWorkflow, type CancelOrderInput } from "../../src/workflows/order/cancel-order"
import { editOrderWorkflow } from "../../src/workflows/order/edit-order"
import { placeOrderWorkflow } from "../../src/workflows/order/place-order"
import { refuseCancelRequestWorkflow } from "../../src/workflows/order/refuse-cancel-request"
import { rejectOrderWorkflow } from "../../src/workflows/order/reject-order"
import { sendGoodsWorkflow } from "../../src/workflows/order/send-goods"
import { createPurchaseOrderDraftWorkflow } from "../../src/workflows/purchase/create-purchase-order-draft"
import { placePurchaseOrderWorkflow } from "../../src/workflows/purchase/place-purchase-order"
import { requestCancelPurchaseOrderWorkflow } from "../../src/workflows/purchase/request-cancel-purchase-order"

export interface GoodsAsked {
  readonly sku: string
  readonly quantity: number
}

/** A distributor and a retailer who trade; plain JSON, so that another process can be told of it. */
export interface Partnership {
  readonly distributor: TradingStore
  readonly retailer: TradingStore
  /** The retailer's account at the distributor. */
  readonly account_id: string
  /** The distributor's side of the connection. */
  readonly customer_connection_id: string
  /** The retailer's side of the connection. */
  readonly supplier_connection_id: string
}

const userOf = (store: TradingStore): Actor => ({ actor_type: "user", actor_id: store.user.id })

/** Pairs the stores and approves the connection, with the account's limit. */
export async function connectStores(
  container: MedusaContainer,
  { distributor, retailer }: TradingStores,
  credit_limit: string | null
): Promise<Partnership> {
  const { code, id: pairing_id } = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .generatePairingCode({ store_id: distributor.id, actor: userOf(distributor) })
  const { result: supplier } = await requestConnectionWorkflow(container).run({
    input: { store_id: retailer.id, code, actor: userOf(retailer) },
  })
  const [customer] = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .listWholesaleConnections({ store_id: distributor.id, pairing_id })
  await approveConnectionWorkflow(container).run({
    input: { id: customer.id, store_id: distributor.id, credit_limit, actor: userOf(distributor) },
  })
  const approved = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .activeConnection(distributor.id, customer.id)
  return {
    distributor,
    retailer,
    account_id: approved.account_id ?? "",
    customer_connection_id: customer.id,
    supplier_connection_id: supplier.id,
  }
}

/** Puts variants on the distributor's list at net prices and sends the catalog to all partners. */
export async function offerGoods(
  container: MedusaContainer,
  store_id: string,
  currency_code: string,
  goods: readonly { readonly variant_id: string; readonly price: string }[]
): Promise<void> {
  await upsertItemsWorkflow(container).run({
    input: {
      store_id,
      currency_code,
      items: goods.map(({ variant_id, price }) => ({ variant_id, wholesale_price: price, published: true })),
    },
  })
  await publishCatalogWorkflow(container).run({ input: { store_id } })
}

/** One trade after another between two partners, through the workflows that the routes run. */
export class Trade {
  private readonly orders: WholesaleOrderModuleService
  private readonly invoices: WholesaleInvoiceModuleService
  private readonly purchases: WholesalePurchaseModuleService
  private readonly credit: WholesaleCreditModuleService

  constructor(
    private readonly container: MedusaContainer,
    readonly partnership: Partnership
  ) {
    this.orders = container.resolve(WHOLESALE_ORDER)
    this.invoices = container.resolve(WHOLESALE_INVOICE)
    this.purchases = container.resolve(WHOLESALE_PURCHASE)
    this.credit = container.resolve(WHOLESALE_CREDIT)
  }

  /** A purchase order that is written and not placed. */
  async draft(lines: readonly GoodsAsked[], id?: string): Promise<string> {
    const { retailer, supplier_connection_id } = this.partnership
    const { result } = await createPurchaseOrderDraftWorkflow(this.container).run({
      input: {
        id,
        store_id: retailer.id,
        connection_id: supplier_connection_id,
        fulfilment_method: "shipping",
        lines,
        actor: userOf(retailer),
      },
    })
    return result.id
  }

  async placeDraft(id: string): Promise<void> {
    const { retailer } = this.partnership
    await placePurchaseOrderWorkflow(this.container).run({
      input: { id, store_id: retailer.id, actor: userOf(retailer) },
    })
  }

  async purchaseOrder(id: string) {
    return this.purchases.purchaseOrder(this.partnership.retailer.id, id)
  }

  /** Writes and places a purchase order; answers the distributor's order. */
  async place(...lines: GoodsAsked[]): Promise<string> {
    const id = await this.draft(lines)
    await this.placeDraft(id)
    const { order_id, status, response } = await this.purchaseOrder(id)
    if (!order_id) {
      throw new Error(`The purchase order is ${status}: ${JSON.stringify(response)}`)
    }
    return order_id
  }

  /** An account whose orders wait to be put on an invoice with others; nobody else's verbs look at it. */
  async accountThatCollects(name: string): Promise<string> {
    const { distributor } = this.partnership
    const { result } = await createAccountWorkflow(this.container).run({
      input: {
        store_id: distributor.id,
        company_name: name,
        currency_code: "usd",
        credit_limit: "1000",
        invoice_consolidation: "manual",
        actor: userOf(distributor),
      },
    })
    return result.id
  }

  /** What waits of an account on one invoice, once for the run. */
  async consolidate(account_id: string, run_id: string): Promise<Invoice[]> {
    const { distributor } = this.partnership
    const { result } = await consolidateInvoicesWorkflow(this.container).run({
      input: { store_id: distributor.id, account_id, run_id, actor: userOf(distributor) },
    })
    return result
  }

  async voidInvoice(id: string): Promise<void> {
    const { distributor } = this.partnership
    await voidInvoiceWorkflow(this.container).run({
      input: { id, store_id: distributor.id, reason: "It is wrong.", actor: userOf(distributor) },
    })
  }

  /** An order that the distributor enters, without a purchase order. */
  async enter(order_id: string, line: GoodsAsked & { unit_price?: string }, of?: string): Promise<Order> {
    const { distributor, account_id } = this.partnership
    const { result } = await placeOrderWorkflow(this.container).run({
      input: {
        order_id,
        store_id: distributor.id,
        account_id: of ?? account_id,
        source: "manual",
        fulfilment_method: "shipping",
        // An account of its own has no address.
        ...(of && { ship_to: { address_1: "1 Elm Street", city: "Albany", country_code: "us" } }),
        lines: [line],
        actor: userOf(distributor),
      },
    })
    return result
  }

  /** An order on an account of its own, which a person holds; nobody else's verbs look at that account. */
  async enterHeld(order_id: string, ...lines: GoodsAsked[]): Promise<Order> {
    const { distributor } = this.partnership
    const actor = userOf(distributor)
    const { result: account } = await createAccountWorkflow(this.container).run({
      input: { store_id: distributor.id, company_name: order_id, currency_code: "usd", credit_limit: "1000", actor },
    })
    const { result: order } = await placeOrderWorkflow(this.container).run({
      input: {
        order_id,
        store_id: distributor.id,
        account_id: account.id,
        source: "manual",
        fulfilment_method: "shipping",
        ship_to: { address_1: "1 Elm Street", city: "Albany", country_code: "us" },
        lines,
        actor,
      },
    })
    await placeCreditHoldWorkflow(this.container).run({
      input: { store_id: distributor.id, order_id, key: order_id, reason: "To be looked at", actor },
    })
    return order
  }

  /** About an order that waits for credit. */
  async decide(
    id: string,
    decision: Pick<DecideOrderCreditInput, "decision" | "amount" | "operation_id">
  ): Promise<void> {
    await decideOrderCreditWorkflow(this.container).run({
      input: { ...this.verb(id), ...decision, reason: "It was looked at." },
    })
  }

  /** Other quantities of the lines, in their order. */
  async edit(id: string, quantities: readonly number[], operation_id?: string): Promise<void> {
    const { store_id } = this.verb(id)
    const { lines } = await this.container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .retrieveOrder({ id, store_id })
    await editOrderWorkflow(this.container).run({
      input: {
        ...this.verb(id),
        operation_id,
        lines: quantities.map((quantity, index) => ({ line_id: lines[index].id, quantity })),
      },
    })
  }

  async approve(id: string, operation_id?: string): Promise<void> {
    await approveOrderWorkflow(this.container).run({ input: { ...this.verb(id), operation_id } })
  }

  async advance(id: string, event: AdvanceOrderInput["event"]): Promise<void> {
    await advanceOrderWorkflow(this.container).run({ input: { ...this.verb(id), event } })
  }

  async pack(id: string): Promise<void> {
    await this.advance(id, "start_packing")
    await this.advance(id, "finish_packing")
  }

  async ship(id: string, operation_id?: string): Promise<void> {
    await sendGoodsWorkflow(this.container).run({
      input: { ...this.verb(id), event: "ship", operation_id },
    })
  }

  /** From pending to delivered. */
  async complete(id: string): Promise<void> {
    await this.approve(id)
    await this.pack(id)
    await this.ship(id)
    await this.advance(id, "deliver")
  }

  /** From pending to delivered, and so invoiced. */
  async deliver(id: string): Promise<Invoice> {
    await this.complete(id)
    return this.invoice(id)
  }

  async cancel(
    id: string,
    { reason = "It was not wanted.", ...rest }: Partial<CancelOrderInput> = {}
  ): Promise<void> {
    await cancelOrderWorkflow(this.container).run({ input: { ...this.verb(id), reason, ...rest } })
  }

  async reject(id: string, operation_id?: string): Promise<void> {
    await rejectOrderWorkflow(this.container).run({
      input: { ...this.verb(id), reason: "It cannot be delivered.", operation_id },
    })
  }

  /** The buyer's wish, which the distributor grants by `cancel` or refuses. */
  async askToCancel(purchase_order_id: string): Promise<void> {
    const { retailer } = this.partnership
    await requestCancelPurchaseOrderWorkflow(this.container).run({
      input: {
        id: purchase_order_id,
        store_id: retailer.id,
        reason: "It is not needed.",
        actor: userOf(retailer),
      },
    })
  }

  async refuseToCancel(id: string): Promise<void> {
    await refuseCancelRequestWorkflow(this.container).run({
      input: { ...this.verb(id), reason: "It is packed already." },
    })
  }

  async pay(invoice: Pick<Invoice, "id">, amount: string, id?: string): Promise<void> {
    const { distributor } = this.partnership
    await recordPaymentWorkflow(this.container).run({
      input: {
        id,
        store_id: distributor.id,
        invoice_id: invoice.id,
        amount,
        method: "bank_transfer",
        actor: userOf(distributor),
      },
    })
  }

  async voidPayment(id: string): Promise<void> {
    const { distributor } = this.partnership
    await voidPaymentWorkflow(this.container).run({
      input: { id, store_id: distributor.id, reason: "The cheque bounced.", actor: userOf(distributor) },
    })
  }

  /** Gives all that is outstanding up as a bad debt. */
  async writeOff({ id }: Pick<Invoice, "id">, operation_id: string): Promise<void> {
    const { distributor } = this.partnership
    await writeOffInvoiceWorkflow(this.container).run({
      input: { id, store_id: distributor.id, operation_id, reason: "Insolvent.", actor: userOf(distributor) },
    })
  }

  async undoWriteOff({ id }: Pick<Invoice, "id">): Promise<void> {
    const { distributor } = this.partnership
    await undoWriteOffWorkflow(this.container).run({
      input: { id, store_id: distributor.id, reason: "They pay after all.", actor: userOf(distributor) },
    })
  }

  async mirror(invoice: Pick<Invoice, "id">): Promise<void> {
    await mirrorInvoiceWorkflow(this.container).run({
      input: { store_id: this.partnership.distributor.id, invoice_id: invoice.id },
    })
  }

  async order(id: string): Promise<OrderDocument> {
    return this.orders.retrieveOrder({ id, store_id: this.partnership.distributor.id })
  }

  /** The order's only invoice. */
  async invoice(order_id: string): Promise<Invoice> {
    const { invoices } = await this.invoices.listInvoices({
      store_id: this.partnership.distributor.id,
      order_id,
    })
    if (invoices.length !== 1) {
      throw new Error(`Order ${order_id} has ${invoices.length} invoices.`)
    }
    return invoices[0]
  }

  async exposure(): Promise<CreditExposure> {
    const { distributor, account_id } = this.partnership
    return this.credit.exposure({ store_id: distributor.id, account_id })
  }

  async setLimit(limit: string | null): Promise<void> {
    const { distributor, account_id } = this.partnership
    await this.credit.setLimit({ store_id: distributor.id, account_id, limit, actor: userOf(distributor) })
  }

  private verb(id: string) {
    const { distributor } = this.partnership
    return { id, store_id: distributor.id, actor: userOf(distributor) }
  }
}
