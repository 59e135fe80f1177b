import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import { StoreClient } from "../../scripts/fixture/store-client"
import {
  createTradingStores,
  FIXTURE_PASSWORD,
  type TradingStore,
  type TradingStores,
} from "../../scripts/fixture/trading-stores"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { stockLevel } from "../helpers/stock-level"

jest.setTimeout(180_000)

interface Figures {
  readonly balance: number
  readonly reserved: number
  readonly exposure: number
}

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let variant: StockedVariant
    let distributor: StoreClient
    let retailer: StoreClient

    const login = (store: TradingStore) =>
      StoreClient.login(
        String(api.defaults.baseURL),
        { email: store.user.email, password: FIXTURE_PASSWORD },
        store.id
      )

    beforeAll(async () => {
      const container = getContainer()
      stores = await createTradingStores(container)
      ;[variant] = await createStockedProducts(container, stores.distributor.location_id, [
        { title: "Lantern", sku: "LANTERN", stock: 50 },
      ])
    })

    beforeEach(async () => {
      distributor = await login(stores.distributor)
      retailer = await login(stores.retailer)
    })

    it("carries 12 × 100.00 from pairing to the mirror, and takes it all back when cancelled", async () => {
      const container = getContainer()
      const level = () =>
        stockLevel(container, variant.inventory_item_id, stores.distributor.location_id)
      const connection = await pair(distributor, retailer, 5_000)
      await offer(distributor, variant, 100)

      const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 12)
      const credit = () =>
        distributor
          .get<{ credit_account: Figures }>(
            `/admin/wholesale/credit-accounts/${connection.account_id}`
          )
          .then(({ credit_account }) => credit_account)
      // 12 × 100.00 = 1,200.00: reserved, not owed yet.
      expect(await credit()).toMatchObject({ balance: 0, reserved: 1200, exposure: 1200 })

      await distributor.post(`/admin/wholesale/orders/${order.order_id}/approve`)
      expect(await credit()).toMatchObject({ balance: 1200, reserved: 0, exposure: 1200 })
      // 50 on the shelf, 12 promised.
      expect(await level()).toEqual({ stocked: 50, available: 38 })

      for (const verb of ["start-packing", "finish-packing", "ship", "deliver"]) {
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/${verb}`)
      }
      expect(await level()).toEqual({ stocked: 38, available: 38 })

      const { invoices } = await distributor.get<{ invoices: { id: string; total: number }[] }>(
        `/admin/wholesale/invoices?order_id=${order.order_id}`
      )
      expect(invoices).toMatchObject([{ total: 1200, status: "issued" }])

      await distributor.post("/admin/wholesale/payments", {
        invoice_id: invoices[0].id,
        amount: 1200,
        method: "bank_transfer",
        reference: "TRANSFER-1",
      })
      expect(await credit()).toMatchObject({ balance: 0, exposure: 0 })
      await reconcileWorkflow(container).run({ input: {} })
      expect(await coreOrders()).toMatchObject([
        {
          status: "completed",
          total: 1200,
          payment_status: "captured",
          sales_channel: { name: "Wholesale – Harbour Trading Co." },
          metadata: { source: "medusa-wholesale", wholesale_order_id: order.order_id },
        },
      ])
      expect(await level()).toEqual({ stocked: 38, available: 38 })

      await distributor.post(`/admin/wholesale/orders/${order.order_id}/cancel`, {
        reason: "The goods were faulty.",
        goods_returned: true,
      })
      expect(await level()).toEqual({ stocked: 50, available: 50 })
      // Paid 1,200.00 and owes nothing for it any more.
      expect(await credit()).toMatchObject({ balance: -1200, exposure: -1200 })
      expect(await coreOrders()).toMatchObject([{ status: "canceled", payment_status: "refunded" }])

      const again = await distributor.request(
        "POST",
        `/admin/wholesale/orders/${order.order_id}/cancel`,
        { reason: "Twice.", goods_returned: true }
      )
      expect(again).toMatchObject({ status: 409, body: { code: "not_allowed" } })
      expect(await level()).toEqual({ stocked: 50, available: 50 })
      expect(await credit()).toMatchObject({ balance: -1200 })
    })

    /** The distributor's ordinary orders, as Medusa's own API shows them. */
    async function coreOrders() {
      const { orders } = await distributor.get<{ orders: { id: string }[] }>(
        "/admin/orders?fields=id,status,total,tax_total,payment_status,fulfillment_status,sales_channel.name,metadata"
      )
      return orders
    }
  },
})

async function pair(distributor: StoreClient, retailer: StoreClient, creditLimit: number | null) {
  const { pairing_code } = await distributor.post<{ pairing_code: { code: string } }>(
    "/admin/wholesale/pairing-codes"
  )
  const { connection } = await retailer.post<{ connection: { id: string } }>(
    "/admin/wholesale/connections",
    { code: pairing_code.code }
  )
  const { connections } = await distributor.get<{ connections: { id: string }[] }>(
    "/admin/wholesale/connections?status=requested"
  )
  const approved = await distributor.post<{ connection: { account_id: string } }>(
    `/admin/wholesale/connections/${connections[0].id}/approve`,
    { credit_limit: creditLimit }
  )
  return { retailer_id: connection.id, account_id: approved.connection.account_id }
}

async function offer(distributor: StoreClient, variant: StockedVariant, price: number) {
  await distributor.post("/admin/wholesale/catalog/items", {
    items: [{ variant_id: variant.variant_id, wholesale_price: price, published: true }],
  })
  await distributor.post("/admin/wholesale/catalog/publish")
}

async function placeByPurchaseOrder(retailer: StoreClient, connectionId: string, quantity: number) {
  const draft = await retailer.post<{ purchase_order: { id: string } }>(
    "/admin/wholesale/purchase-orders",
    {
      connection_id: connectionId,
      fulfilment_method: "shipping",
      lines: [{ sku: "LANTERN", quantity }],
    }
  )
  const { purchase_order } = await retailer.post<{
    purchase_order: { id: string; status: string; order_id: string; order_number: string }
  }>(`/admin/wholesale/purchase-orders/${draft.purchase_order.id}/place`)
  expect(purchase_order).toMatchObject({ status: "accepted" })
  return purchase_order
}
