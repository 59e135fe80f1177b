import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import {
  createTradingStores,
  type TradingStore,
  type TradingStores,
} from "../../scripts/fixture/trading-stores"
import { WHOLESALE_IDEMPOTENCY } from "../../src/modules/wholesale-idempotency"
import type WholesaleIdempotencyModuleService from "../../src/modules/wholesale-idempotency/service"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { CarriedClient, localCarrier, relayCarrier } from "../helpers/carriers"
import { stockLevel } from "../helpers/stock-level"
import { loginTo } from "../helpers/store-login"

jest.setTimeout(180_000)

interface Figures {
  readonly balance: number
  readonly reserved: number
  readonly exposure: number
}

/** The same scenarios, whichever way documents take: workflows do not know which it is. */
integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let variant: StockedVariant

    beforeAll(async () => {
      const container = getContainer()
      stores = await createTradingStores(container)
      ;[variant] = await createStockedProducts(container, stores.distributor.location_id, [
        { title: "Lantern", sku: "LANTERN", stock: 50 },
      ])
    })

    describe.each([
      ["on one backend", localCarrier],
      ["by a relay", relayCarrier],
    ])("trade %s", (_, makeCarrier) => {
      const carrier = makeCarrier()
      let distributor: CarriedClient
      let retailer: CarriedClient

      const login = async (store: TradingStore) => {
        return new CarriedClient(await loginTo(api, store), () => carrier.carry(getContainer()))
      }

      beforeAll(async () => await carrier.open())
      afterAll(async () => await carrier.close())

      beforeEach(async () => {
        await carrier.prepare(getContainer(), stores)
        distributor = await login(stores.distributor)
        retailer = await login(stores.retailer)
      })

      it("carries 12 × 100.00 from pairing to the mirror, and takes it all back when cancelled", async () => {
        const container = getContainer()
        const level = () =>
          stockLevel(container, variant.inventory_item_id, stores.distributor.location_id)
        const connection = await pair(5_000)
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

      it("keeps the pairing code of a repeatable request nowhere in clear", async () => {
        const generate = () =>
          distributor.request("POST", "/admin/wholesale/pairing-codes", {}, { key: "code-for-elm" })
        const first = await generate()
        expect(first).toMatchObject({ status: 201, body: { pairing_code: { code: expect.any(String) } } })
        expect(await generate()).toEqual(first)

        const { code } = (first.body as { pairing_code: { code: string } }).pairing_code
        const kept = await getContainer()
          .resolve<WholesaleIdempotencyModuleService>(WHOLESALE_IDEMPOTENCY)
          .listWholesaleIdempotencyKeys({})
        expect(JSON.stringify(kept)).not.toContain(code)
      })

      it("lets the retailer map, receive in two receipts and report what is short or damaged", async () => {
        const container = getContainer()
        const connection = await pair(null)
        await offer(distributor, variant, 100)
        const [own] = await createStockedProducts(container, stores.retailer.location_id, [
          { title: "Our lantern", sku: "OWN-LANTERN", stock: 5 },
        ])
        const ownLevel = () => stockLevel(container, own.inventory_item_id, stores.retailer.location_id)
        const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 12)
        await sendAll(order.order_id)
        const receive = (counted: { received?: number; short?: number; damaged?: number }) =>
          retailer.post<{ purchase_order: { status: string } }>(
            `/admin/wholesale/purchase-orders/${order.id}/receipts`,
            { lines: [{ line_id: order.lines[0].id, ...counted }] }
          )

        const first = await receive({ received: 6, damaged: 1 })
        expect(first.purchase_order).toMatchObject({ status: "receiving" })
        // The supplier's SKU is nobody's variant yet: kept and asked for, not lost and not stocked.
        expect(first.purchase_order).toMatchObject({ unmapped_lines: [{ supplier_sku: "LANTERN" }] })
        expect(await ownLevel()).toMatchObject({ stocked: 5 })
        await retailer.post(`/admin/wholesale/suppliers/${connection.retailer_id}/mappings`, {
          mappings: [{ supplier_sku: "LANTERN", variant_id: own.variant_id }],
        })
        // 5 of its own and 6 that came in order.
        expect(await ownLevel()).toMatchObject({ stocked: 11 })

        const second = await receive({ received: 4, short: 1 })
        expect(second.purchase_order).toMatchObject({ status: "received" })
        expect(await ownLevel()).toMatchObject({ stocked: 15 })
        const listed = (path: string) => retailer.get<{ count: number }>(`/admin/wholesale/${path}`)
        expect(await listed("purchase-orders?status=receiving,received")).toMatchObject({ count: 1 })
        expect(await listed("purchase-orders?status=draft,closed")).toMatchObject({ count: 0 })
        expect(await listed("bills?status=issued,partially_paid")).toMatchObject({ count: 1 })
        const seen = await distributor.get<{ order: object }>(`/admin/wholesale/orders/${order.order_id}`)
        expect(seen.order).toMatchObject({
          purchase_order_number: order.number,
          lines: [{ sku: "LANTERN", short_quantity: 1, damaged_quantity: 1 }],
        })
      })

      it("asks the distributor to cancel, who refuses once and agrees the second time", async () => {
        const connection = await pair(null)
        await offer(distributor, variant, 100)
        const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 2)
        const ask = (reason: string) =>
          retailer.post(`/admin/wholesale/purchase-orders/${order.id}/request-cancel`, { reason })
        const purchaseOrder = async () =>
          (
            await retailer.get<{ purchase_order: Record<string, unknown> }>(
              `/admin/wholesale/purchase-orders/${order.id}`
            )
          ).purchase_order

        await ask("Ordered twice.")
        expect(await purchaseOrder()).toMatchObject({ status: "cancel_requested" })
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/refuse-cancel-request`, {
          reason: "It is packed.",
        })
        expect(await purchaseOrder()).toMatchObject({ status: "accepted" })

        await ask("Please.")
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/cancel`, { reason: "As asked." })
        expect(await purchaseOrder()).toMatchObject({ status: "cancelled", order_status: "cancelled" })
      })

      it("ships and receives an order in two, where credit lets only a part of it go on at first", async () => {
        const { order, child, purchaseOrder, receive, setRules } = await splitByCredit()
        // 12 × 100.00 is beyond 1,000.00; of 550.00 5 units go on, 7 wait.
        expect(await purchaseOrder()).toMatchObject({
          status: "accepted",
          total: 1200,
          orders: [
            { order_id: order.order_id, parent_id: null, children: [child.id], status: "pending", on_hold: null, total: 500 },
            {
              order_id: child.id,
              parent_id: order.order_id,
              number: child.number,
              status: "pending",
              on_hold: { kinds: ["hard"] },
              total: 700,
              lines: [{ line_id: order.lines[0].id, quantity: 7 }],
            },
          ],
        })

        await sendAll(order.order_id)
        expect(await receive({ received: 5 })).toMatchObject({ status: "receiving" })
        await setRules({ credit_limit: 2_000 })
        expect(await purchaseOrder()).toMatchObject({ orders: [{ status: "delivered" }, { status: "pending", on_hold: null }] })
        for (const verb of ["approve", "start-packing", "finish-packing"]) {
          await distributor.post(`/admin/wholesale/orders/${child.id}/${verb}`)
        }
        await distributor.post(`/admin/wholesale/orders/${child.id}/ship`, { carrier: "DHL", tracking_numbers: ["00340"] })
        expect(await purchaseOrder()).toMatchObject({
          orders: [
            { status: "delivered" },
            { status: "shipped", shipments: [{ carrier: "DHL", tracking_numbers: ["00340"], lines: [{ quantity: 7 }] }] },
          ],
        })
        // 5 came with the parent and 7 left with the child: what is damaged falls on the older one.
        expect(await receive({ received: 5, short: 1, damaged: 1 })).toMatchObject({
          status: "received",
          lines: [{ received_quantity: 10, short_quantity: 1, damaged_quantity: 1, open_quantity: 0 }],
        })
        const found = async (id: string) =>
          (await distributor.get<{ order: { lines: object[] } }>(`/admin/wholesale/orders/${id}`)).order.lines
        expect(await found(order.order_id)).toMatchObject([{ quantity: 5, short_quantity: 1, damaged_quantity: 1 }])
        expect(await found(child.id)).toMatchObject([{ quantity: 7, short_quantity: 0, damaged_quantity: 0 }])

        await distributor.post(`/admin/wholesale/orders/${child.id}/deliver`)
        expect(await retailer.get("/admin/wholesale/bills?order=created_at")).toMatchObject({
          bills: [{ total: 500 }, { total: 700 }],
        })
      })

      it("cancels what waits of an order that was split, and receives the rest", async () => {
        const { order, child, purchaseOrder, receive } = await splitByCredit()
        await sendAll(order.order_id)
        const ask = () =>
          retailer.post(`/admin/wholesale/purchase-orders/${order.id}/request-cancel`, { reason: "It is late." })
        await ask()
        const refused = { reason: "It goes out tomorrow." }
        await distributor.post(`/admin/wholesale/orders/${child.id}/refuse-cancel-request`, refused)
        expect(await purchaseOrder()).toMatchObject({ status: "accepted", cancel_answer: { accepted: false } })

        await ask()
        // What is delivered is not asked for; what waits is.
        expect(await distributor.get("/admin/wholesale/orders?cancel_requested=true")).toMatchObject({
          orders: [{ id: child.id }],
        })
        await distributor.post(`/admin/wholesale/orders/${child.id}/cancel`, { reason: "As asked." })
        expect(await purchaseOrder()).toMatchObject({
          status: "accepted",
          cancel_answer: { accepted: true },
          orders: [{ status: "delivered" }, { status: "cancelled", on_hold: null }],
          lines: [{ quantity: 12, cancelled_quantity: 7, open_quantity: 5 }],
        })
        expect(await receive({ received: 5 })).toMatchObject({ status: "received" })
      })

      it("cancels a purchase order once all that it was split into are cancelled", async () => {
        const { order, child, purchaseOrder } = await splitByCredit()
        await retailer.post(`/admin/wholesale/purchase-orders/${order.id}/request-cancel`, { reason: "Not wanted." })
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/cancel`, { reason: "As asked." })
        expect(await purchaseOrder()).toMatchObject({ status: "cancel_requested", order_status: "cancelled" })
        await distributor.post(`/admin/wholesale/orders/${child.id}/reject`, { reason: "As asked." })
        expect(await purchaseOrder()).toMatchObject({ status: "cancelled", response: { answer: "cancel_accepted" } })
      })

      it("refuses a purchase order over a suspended connection and at a price that has changed", async () => {
        const connection = await pair(null)
        await offer(distributor, variant, 100)
        const { purchase_order: draft } = await draftPurchaseOrder(retailer, connection.retailer_id, 2)
        await distributor.post("/admin/wholesale/catalog/items", {
          items: [{ variant_id: variant.variant_id, wholesale_price: 110 }],
        })
        await retailer.post(`/admin/wholesale/purchase-orders/${draft.id}/place`)
        const { purchase_order } = await retailer.get<{ purchase_order: object }>(
          `/admin/wholesale/purchase-orders/${draft.id}`
        )
        expect(purchase_order).toMatchObject({
          status: "refused",
          response: {
            refusal: {
              code: "price_changed",
              details: { lines: [{ sku: "LANTERN", expected: "100", current: "110" }] },
            },
            price_changes: [{ sku: "LANTERN", ordered_unit_price: "100", unit_price: "110" }],
          },
        })

        const { purchase_order: later } = await draftPurchaseOrder(retailer, connection.retailer_id, 2)
        await distributor.post(`/admin/wholesale/connections/${connection.distributor_id}/suspend`, {
          reason: "Invoices are overdue.",
        })
        const refused = await retailer.request(
          "POST",
          `/admin/wholesale/purchase-orders/${later.id}/place`
        )
        expect(refused).toMatchObject({ status: 409, body: { code: "connection_not_active" } })
      })

      it.each([
        ["approval", ["approve"], 1],
        ["shipment", ["approve", "start-packing", "finish-packing", "ship"], 1],
        ["completion", ["approve", "start-packing", "finish-packing", "ship"], 0],
      ])("invoices on %s where the store says so", async (invoiceOn, verbs, invoicesThen) => {
        const connection = await pair(null)
        await offer(distributor, variant, 100)
        await distributor.post(`/admin/wholesale/stores/${stores.distributor.id}`, {
          invoice_on: invoiceOn,
        })
        const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 2)
        for (const verb of verbs) {
          await distributor.post(`/admin/wholesale/orders/${order.order_id}/${verb}`)
        }
        const { invoices } = await distributor.get<{ invoices: object[] }>(
          `/admin/wholesale/invoices?order_id=${order.order_id}`
        )
        expect(invoices).toHaveLength(invoicesThen)
      })

      it("carries shipping and handling to the retailer's purchase order and bills, and what is credited of them", async () => {
        const connection = await pair(null)
        await offer(distributor, variant, 100)
        await distributor.post(`/admin/wholesale/stores/${stores.distributor.id}`, { invoice_on: "shipment" })
        for (const rule of [
          { kind: "shipping", name: "Freight", amount: 15 },
          { kind: "handling", name: "Packing", amount: "2.50" },
        ]) {
          await distributor.post("/admin/wholesale/charge-rules", rule)
        }
        const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 4)
        // 4 × 100.00 + 15.00 + 2.50 = 417.50
        const charges = [
          { kind: "shipping", name: "Freight", amount: 15 },
          { kind: "handling", name: "Packing", amount: 2.5 },
        ]
        expect(await retailer.get(`/admin/wholesale/purchase-orders/${order.id}`)).toMatchObject({
          purchase_order: {
            subtotal: 400,
            charge_total: 17.5,
            total: 417.5,
            orders: [{ subtotal: 400, charge_total: 17.5, total: 417.5, charges }],
          },
        })
        const { order: placed } = await distributor.get<{ order: { lines: { id: string }[] } }>(
          `/admin/wholesale/orders/${order.order_id}`
        )
        for (const verb of ["approve", "start-packing", "finish-packing"]) {
          await distributor.post(`/admin/wholesale/orders/${order.order_id}/${verb}`)
        }
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/ship`, {
          lines: [{ line_id: placed.lines[0].id, quantity: 1 }],
        })
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/ship`)
        // 100.00 + 17.50, then 300.00
        const { bills } = await retailer.get<{ bills: { id: string; invoice_id: string }[] }>(
          "/admin/wholesale/bills?order=created_at"
        )
        expect(bills).toMatchObject([
          { subtotal: 100, charge_total: 17.5, total: 117.5 },
          { subtotal: 300, charge_total: 0, total: 300 },
        ])
        const { invoice } = await distributor.get<{ invoice: { lines: { id: string }[] } }>(
          `/admin/wholesale/invoices/${bills[0].invoice_id}`
        )
        await distributor.post("/admin/wholesale/credit-notes", {
          invoice_id: bills[0].invoice_id,
          lines: [{ line_id: invoice.lines[1].id, quantity: 1 }],
          reason: "It came late.",
        })
        expect(await retailer.get(`/admin/wholesale/bills/${bills[0].id}`)).toMatchObject({
          bill: {
            credited_total: 15,
            outstanding: 102.5,
            lines: [{ kind: "item" }, { kind: "shipping", title: "Freight", subtotal: 15 }, { kind: "handling" }],
            documents: [{ kind: "credit_note", amount: 15, lines: [{ kind: "shipping", subtotal: 15 }] }],
          },
        })
      })

      it("links mirrors and core orders both ways", async () => {
        const container = getContainer()
        const connection = await pair(null)
        await offer(distributor, variant, 100)
        const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 2)
        await sendAll(order.order_id)
        const { invoices } = await distributor.get<{ invoices: { id: string }[] }>(
          `/admin/wholesale/invoices?order_id=${order.order_id}`
        )
        await distributor.post("/admin/wholesale/payments", {
          invoice_id: invoices[0].id,
          amount: "200.00",
          method: "cash",
        })
        await reconcileWorkflow(container).run({ input: {} })

        const query = container.resolve(ContainerRegistrationKeys.QUERY)
        const { data: mirrors } = await query.graph({
          entity: "wholesale_mirror",
          fields: ["invoice_id", "core_order_id", "order.id", "order.status"],
          filters: { invoice_id: invoices[0].id },
        })
        expect(mirrors).toMatchObject([
          { invoice_id: invoices[0].id, order: { id: mirrors[0].core_order_id, status: "completed" } },
        ])
        const { data: orders } = await query.graph({
          entity: "order",
          fields: ["id", "wholesale_mirror.invoice_id"],
          filters: { id: mirrors[0].core_order_id },
        })
        expect(orders).toMatchObject([{ wholesale_mirror: { invoice_id: invoices[0].id } }])
      })

      async function pair(creditLimit: number | null) {
        const { transport } = carrier
        const { pairing_code } = await distributor.post<{ pairing_code: { code: string } }>(
          "/admin/wholesale/pairing-codes",
          { transport }
        )
        const { connection } = await carrier.whileAnswering(getContainer(), stores.distributor.id, () =>
          retailer.post<{ connection: { id: string } }>("/admin/wholesale/connections", {
            code: pairing_code.code,
            transport,
          })
        )
        const { connections } = await distributor.get<{ connections: { id: string }[] }>(
          "/admin/wholesale/connections?status=requested"
        )
        const approved = await distributor.post<{ connection: { account_id: string } }>(
          `/admin/wholesale/connections/${connections[0].id}/approve`,
          { credit_limit: creditLimit }
        )
        return {
          retailer_id: connection.id,
          distributor_id: connections[0].id,
          account_id: approved.connection.account_id,
        }
      }

      /** A purchase order of 12 × 100.00 on a limit of 1,000.00: 5 go on, 7 wait held in a child. */
      async function splitByCredit() {
        const connection = await pair(1_000)
        const setRules = (rules: object) =>
          distributor.post(`/admin/wholesale/credit-accounts/${connection.account_id}`, rules)
        await setRules({ policy: "hold" })
        await offer(distributor, variant, 100)
        const order = await placeByPurchaseOrder(retailer, connection.retailer_id, 12)
        await distributor.post(`/admin/wholesale/orders/${order.order_id}/decide-credit`, {
          decision: "partial",
          amount: "550",
          reason: "The rest when they have paid.",
        })
        const { orders } = await distributor.get<{ orders: { id: string; number: string }[] }>(
          "/admin/wholesale/orders?held=true"
        )
        expect(orders).toMatchObject([{ parent_id: order.order_id, status: "pending", hold_kinds: ["hard"] }])
        return {
          order,
          child: orders[0],
          setRules,
          purchaseOrder: async () =>
            (await retailer.get<{ purchase_order: object }>(`/admin/wholesale/purchase-orders/${order.id}`)).purchase_order,
          receive: async (counted: { received?: number; short?: number; damaged?: number }) =>
            (
              await retailer.post<{ purchase_order: object }>(`/admin/wholesale/purchase-orders/${order.id}/receipts`, {
                lines: [{ line_id: order.lines[0].id, ...counted }],
              })
            ).purchase_order,
        }
      }

      /** Everything of the order goes out and arrives. */
      async function sendAll(orderId: string): Promise<void> {
        for (const verb of ["approve", "start-packing", "finish-packing", "ship", "deliver"]) {
          await distributor.post(`/admin/wholesale/orders/${orderId}/${verb}`)
        }
      }

      /** The distributor's ordinary orders, as Medusa's own API shows them. */
      async function coreOrders() {
        const { orders } = await distributor.get<{ orders: { id: string }[] }>(
          "/admin/orders?fields=id,status,total,tax_total,payment_status,fulfillment_status,sales_channel.name,metadata"
        )
        return orders
      }
    })
  },
})

async function offer(distributor: CarriedClient, variant: StockedVariant, price: number) {
  await distributor.post("/admin/wholesale/catalog/items", {
    items: [{ variant_id: variant.variant_id, wholesale_price: price, published: true }],
  })
  await distributor.post("/admin/wholesale/catalog/publish")
}

async function draftPurchaseOrder(retailer: CarriedClient, connectionId: string, quantity: number) {
  return retailer.post<{ purchase_order: { id: string } }>("/admin/wholesale/purchase-orders", {
    connection_id: connectionId,
    fulfilment_method: "shipping",
    lines: [{ sku: "LANTERN", quantity }],
  })
}

async function placeByPurchaseOrder(retailer: CarriedClient, connectionId: string, quantity: number) {
  const draft = await draftPurchaseOrder(retailer, connectionId, quantity)
  await retailer.post(`/admin/wholesale/purchase-orders/${draft.purchase_order.id}/place`)
  // Read again: by a relay the answer comes after the placing.
  const { purchase_order } = await retailer.get<{
    purchase_order: { id: string; number: string; order_id: string; lines: { id: string }[] }
  }>(`/admin/wholesale/purchase-orders/${draft.purchase_order.id}`)
  expect(purchase_order).toMatchObject({ status: "accepted" })
  return purchase_order
}
