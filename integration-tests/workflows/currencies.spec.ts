import type {
  IOrderModuleService,
  ISalesChannelModuleService,
  IStockLocationService,
  ITaxModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import type { StoreClient, JsonObject } from "../../scripts/fixture/store-client"
import {
  createTradingStores,
  type TradingStore,
  type TradingStores,
} from "../../scripts/fixture/trading-stores"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { mapSkusWorkflow } from "../../src/workflows/catalog/map-skus"
import { receivePurchaseOrderWorkflow } from "../../src/workflows/purchase/receive-purchase-order"
import { figuresTooFine } from "../helpers/amounts-in-json"
import { brokenBooks } from "../helpers/books"
import { levelsOf, seedVariants } from "../helpers/stock-fixtures"
import { loginTo } from "../helpers/store-login"
import { connectStores, offerGoods, Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(120_000)

/** Units and price of each SKU. */
type Goods = Readonly<Record<string, readonly [quantity: number, price: string]>>

interface Figures {
  readonly currency_code: string
  readonly digits: number
  readonly goods: Goods
  readonly subtotal: number
  readonly tax_total: number
  readonly total: number
  /** A credit note over one unit of the first line. */
  readonly one_unit: number
}

/** All at 7.25 %. */
const TRADES: readonly Figures[] = [
  // 3 × 9.99 = 29.97; 2.172825 → 2.17. One of three: 9.99, and a third of the tax, 0.7233 → 0.72.
  { currency_code: "usd", digits: 2, goods: { A: [3, "9.99"] }, subtotal: 29.97, tax_total: 2.17, total: 32.14, one_unit: 10.71 },
  // 3 × 0.10 + 7 × 0.20 + 1 × 1.005 = 0.30 + 1.40 + 1.01 (half up) = 2.71; 0.196475 → 0.20.
  // 0.10, and a third of the line's share of the tax: 0.20 × 0.30 / 2.71 = 0.0221 → 0.02, of which 0.0067 → 0.01.
  { currency_code: "usd", digits: 2, goods: { A: [3, "0.1"], B: [7, "0.2"], C: [1, "1.005"] }, subtotal: 2.71, tax_total: 0.2, total: 2.91, one_unit: 0.11 },
  // 3 × 333 = 999; 72.4275 → 72. 333, and 24.
  { currency_code: "jpy", digits: 0, goods: { A: [3, "333"] }, subtotal: 999, tax_total: 72, total: 1071, one_unit: 357 },
  // 3 × 9.995 = 29.985; 2.1739125 → 2.174. 9.995, and 0.72466… → 0.725.
  { currency_code: "kwd", digits: 3, goods: { A: [3, "9.995"] }, subtotal: 29.985, tax_total: 2.174, total: 32.159, one_unit: 10.72 },
]

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer

    beforeAll(async () => {
      await getContainer()
        .resolve<ITaxModuleService>(Modules.TAX)
        .createTaxRegions({
          country_code: "us",
          provider_id: "tp_system",
          default_tax_rate: { name: "Sales tax", code: "SALES", rate: 7.25 },
        })
    })

    beforeEach(() => {
      container = getContainer()
    })

    const login = (store: TradingStore) =>
      loginTo(api, store)
    const expectBooksInOrder = async ({ distributor, retailer }: TradingStores) => {
      expect(await brokenBooks(container, [distributor.id, retailer.id])).toEqual({})
    }
    /** Core's orders, their totals as its order module adds them up. */
    const coreOrders = async () => {
      const orders = await container
        .resolve<IOrderModuleService>(Modules.ORDER)
        .listOrders({}, { select: ["id", "status", "total", "subtotal", "tax_total"] })
      return orders.map(({ status, total, subtotal, tax_total }) => ({
        status,
        total: Number(total),
        subtotal: Number(subtotal),
        tax_total: Number(tax_total),
      }))
    }

    /** Two partners and what is offered, so many of each on the shelf. */
    const partners = async (goods: Goods, currency_code: string, stock: number) => {
      const stores = await createTradingStores(container, { currency_code })
      const variants = await seedVariants(
        container,
        Object.keys(goods).map((sku) => ({ sku, stocked: { [stores.distributor.location_id]: stock } }))
      )
      const partnership = await connectStores(container, stores, null)
      await offerGoods(
        container,
        stores.distributor.id,
        currency_code,
        variants.map(({ variant_id, sku }) => ({ variant_id, price: goods[sku][1] }))
      )
      return { partnership, trade: new Trade(container, partnership), variants }
    }
    const place = (trade: Trade, goods: Goods) =>
      trade.place(...Object.entries(goods).map(([sku, [quantity]]) => ({ sku, quantity })))

    it.each(TRADES)(
      "carries a trade over $total $currency_code to the mirror and back, to the last digit",
      async ({ currency_code, digits, goods, one_unit, ...totals }) => {
        const { partnership, trade } = await partners(goods, currency_code, 50)
        const [distributor, retailer] = [await login(partnership.distributor), await login(partnership.retailer)]
        const exact = (value: number) => value.toFixed(digits)

        const order_id = await place(trade, goods)
        expect(await trade.exposure()).toMatchObject({ reserved: exact(totals.total) })
        const invoice = await trade.deliver(order_id)
        await distributor.post("/admin/wholesale/payments", {
          invoice_id: invoice.id,
          amount: totals.total,
          method: "bank_transfer",
        })
        await trade.mirror(invoice)

        const order = await distributor.get<{ order: Document }>(`/admin/wholesale/orders/${order_id}`)
        const invoiced = await distributor.get<{ invoice: Document & { lines: Line[] } }>(
          `/admin/wholesale/invoices/${invoice.id}`
        )
        const [purchase_order_id] = [(await trade.order(order_id)).purchase_order_id ?? ""]
        const bought = await retailer.get<{ purchase_order: Document }>(
          `/admin/wholesale/purchase-orders/${purchase_order_id}`
        )
        for (const document of [order.order, invoiced.invoice, bought.purchase_order]) {
          expect(document).toMatchObject({ currency_code, ...totals })
          const subtotals = MathBN.sum(0, ...document.lines.map(({ subtotal }) => subtotal))
          expect(subtotals.toNumber()).toBe(totals.subtotal)
        }
        const taxes = MathBN.sum(0, ...invoiced.invoice.lines.map(({ tax_total }) => tax_total))
        expect(taxes.toNumber()).toBe(totals.tax_total)

        // Core's own total, in its module and in its API.
        expect(await coreOrders()).toMatchObject([{ status: "completed", ...totals }])
        const { orders } = await distributor.get<{ orders: JsonObject[] }>(
          "/admin/orders?fields=id,total,subtotal,tax_total,*summary,*payment_collections"
        )
        expect(orders).toMatchObject([
          {
            ...totals,
            summary: { current_order_total: totals.total, paid_total: totals.total, pending_difference: 0 },
            payment_collections: [{ amount: totals.total, captured_amount: totals.total }],
          },
        ])

        const { credit_note } = await distributor.post<{ credit_note: Document }>(
          "/admin/wholesale/credit-notes",
          { invoice_id: invoice.id, reason: "One was broken.", lines: [{ line_id: invoiced.invoice.lines[0].id, quantity: 1 }] }
        )
        expect(credit_note.total).toBe(one_unit)
        expect(await trade.exposure()).toMatchObject({ balance: exact(-one_unit) })
        await trade.cancel(order_id, { goods_returned: true })
        expect(await trade.exposure()).toMatchObject({ balance: exact(-totals.total) })
        expect(await coreOrders()).toMatchObject([{ status: "canceled" }])
        await expectBooksInOrder(partnership)

        const { account_id, supplier_connection_id } = partnership
        const tooFine = async (client: StoreClient, path: string) => {
          const { status, body } = await client.request("GET", `/admin/wholesale/${path}`)
          return status === 200 ? figuresTooFine(body, digits, path) : [`${path}: ${status}`]
        }
        const ofDistributor = [
          "orders", `orders/${order_id}`, "invoices", `invoices/${invoice.id}`, "payments", "credit-notes",
          "credit-accounts", `credit-accounts/${account_id}`, `credit-accounts/${account_id}/entries`, "accounts",
          `accounts/${account_id}`, "catalog/items", "mirrors", "summary",
        ]
        const ofRetailer = [
          "purchase-orders", `purchase-orders/${purchase_order_id}`, `suppliers/${supplier_connection_id}/catalog`,
          "bills", "summary",
        ]
        const found = await Promise.all([
          ...ofDistributor.map((path) => tooFine(distributor, path)),
          ...ofRetailer.map((path) => tooFine(retailer, path)),
        ])
        expect(found.flat()).toEqual([])
      }
    )

    it("sells the whole stock, is paid, mirrors it, and has none left", async () => {
      const goods: Goods = { LAMP: [50, "9.99"] }
      const { partnership, trade, variants } = await partners(goods, "usd", 50)
      const level = async () => (await levelsOf(container, variants[0]))[partnership.distributor.location_id]

      const order_id = await place(trade, goods)
      const late = await place(trade, { LAMP: [1, "9.99"] })
      await trade.approve(order_id)
      expect(await level()).toEqual({ stocked: 50, reserved: 50 })
      await expect(trade.approve(late)).rejects.toMatchObject({
        code: "insufficient_stock",
        details: { items: [{ sku: "LAMP", asked: 1, available: 0 }] },
      })
      await trade.pack(order_id)
      await trade.ship(order_id)
      await trade.advance(order_id, "deliver")
      expect(await level()).toEqual({ stocked: 0, reserved: 0 })
      // 50 × 9.99 = 499.50, and 36.21375 → 36.21 of tax.
      const invoice = await trade.invoice(order_id)
      await trade.pay(invoice, "535.71")
      await trade.mirror(invoice)

      expect(await coreOrders()).toMatchObject([{ status: "completed", total: 535.71 }])
      expect(await level()).toEqual({ stocked: 0, reserved: 0 })
      await expectBooksInOrder(partnership)
    })

    it("lets a store that is both buy from one and sell to another what it bought", async () => {
      const goods: Goods = { LAMP: [10, "10"] }
      const { partnership: ends, variants } = await partners(goods, "usd", 50)
      const middle = await createMiddleStore(container)
      const [own] = await seedVariants(container, [{ sku: "LAMP-RESOLD" }])
      const buying = await connectStores(container, { distributor: ends.distributor, retailer: middle }, null)
      const selling = await connectStores(container, { distributor: middle, retailer: ends.retailer }, null)
      await mapSkusWorkflow(container).run({
        input: {
          store_id: middle.id,
          connection_id: buying.supplier_connection_id,
          mappings: [{ supplier_sku: "LAMP", variant_id: own.variant_id }],
        },
      })
      const supply = new Trade(container, buying)
      const sale = new Trade(container, selling)

      const bought = await place(supply, goods)
      const bill = await supply.deliver(bought)
      await supply.pay(bill, bill.total)
      await receiveAll(container, buying, (await supply.order(bought)).purchase_order_id ?? "")
      expect(await levelsOf(container, own)).toEqual({ [middle.location_id]: { stocked: 10, reserved: 0 } })

      await offerGoods(container, middle.id, "usd", [{ variant_id: own.variant_id, price: "15" }])
      const sold = await sale.place({ sku: "LAMP-RESOLD", quantity: 10 })
      const invoice = await sale.deliver(sold)
      await sale.pay(invoice, invoice.total)
      await supply.mirror(bill)
      await sale.mirror(invoice)

      expect((await supply.order(bought)).number).toBe((await sale.order(sold)).number)
      expect(await levelsOf(container, own)).toEqual({ [middle.location_id]: { stocked: 0, reserved: 0 } })
      expect(await levelsOf(container, variants[0])).toEqual({
        [ends.distributor.location_id]: { stocked: 40, reserved: 0 },
      })
      // 10 × 10.00 and 10 × 15.00, each with 7.25 %: 107.25 and 160.875 → 160.88.
      const totals = (await coreOrders()).map(({ total }) => total).sort()
      expect(totals).toEqual([107.25, 160.88])
      expect(await brokenBooks(container, [ends.distributor.id, middle.id, ends.retailer.id])).toEqual({})
    })
  },
})

interface Line {
  readonly id: string
  readonly subtotal: number
  readonly tax_total: number
}

interface Document {
  readonly total: number
  readonly lines: readonly Line[]
}

async function createMiddleStore(container: MedusaContainer): Promise<TradingStore> {
  const name = "Crossroads Supply"
  const location = await container
    .resolve<IStockLocationService>(Modules.STOCK_LOCATION)
    .createStockLocations({ name })
  const channel = await container
    .resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
    .createSalesChannels({ name })
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const { id } = await stores.createStore({
    name,
    mode: "both",
    currency_code: "usd",
    email: "both@example.com",
    address: { address_1: "5 Cross Street", city: "Utica", province: "us-ny", country_code: "us" },
    sales_channel_id: channel.id,
    stock_location_ids: [location.id],
  })
  await stores.setFlag({ flag: "retailer_connections", store_id: id, enabled: true, actor: SYSTEM_ACTOR })
  const user = { id: "user_both", email: "both@example.com" }
  return { id, name, location_id: location.id, sales_channel_id: channel.id, user }
}

/** Counts in everything that a purchase order waits for. */
async function receiveAll(
  container: MedusaContainer,
  partnership: Partnership,
  purchase_order_id: string
): Promise<void> {
  const { lines } = await new Trade(container, partnership).purchaseOrder(purchase_order_id)
  await receivePurchaseOrderWorkflow(container).run({
    input: {
      store_id: partnership.retailer.id,
      purchase_order_id,
      lines: lines.map(({ id, quantity }) => ({ line_id: id, received: quantity, short: 0, damaged: 0 })),
      actor: { actor_type: "user", actor_id: partnership.retailer.user.id },
    },
  })
}
