import type { ICustomerModuleService, ISalesChannelModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createStockedProducts } from "../../scripts/fixture/products"
import type { StoreClient } from "../../scripts/fixture/store-client"
import {
  createTradingStores,
  FIXTURE_PASSWORD,
  type TradingStores,
} from "../../scripts/fixture/trading-stores"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { routesUnder } from "../helpers/api-routes"
import { databaseDigest } from "../helpers/database-digest"
import { PortalClient, publishableKey, registerCustomer } from "../helpers/portal-client"
import { advance, creditOf, enterOrder, offerItems, openAccount } from "../helpers/selling"
import { loginTo } from "../helpers/store-login"

jest.setTimeout(180_000)

interface PortalOrder {
  readonly id: string
  readonly number: string
  readonly lines: readonly { readonly sku: string }[]
}

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let key: string
    let account: { id: string; location_id: string }
    let otherAccountId: string
    let employeeId: string
    let ann: string
    let seller: StoreClient
    let buyer: PortalClient

    const baseUrl = () => String(api.defaults.baseURL)
    const portal = (email: string) => PortalClient.login(baseUrl(), email, key)

    beforeAll(async () => {
      const container = getContainer()
      stores = await createTradingStores(container)
      const [lantern, candle, rope] = await createStockedProducts(
        container,
        stores.distributor.location_id,
        [
          { title: "Lantern", sku: "LANTERN", stock: 50 },
          { title: "Candle", sku: "CANDLE", stock: 500 },
          { title: "Rope", sku: "ROPE", stock: 500 },
        ]
      )
      await loginSeller()
      account = await openAccount(seller, { company_name: "Elm Stores", credit_limit: 1_000 })
      otherAccountId = (await openAccount(seller, { company_name: "Oak Stores", credit_limit: null })).id
      await offerItems(seller, [
        { variant: lantern, price: 100 },
        { variant: candle, price: "9.99", minimum_quantity: 6, order_multiple: 6 },
        { variant: rope, price: 2, published: false },
      ])
      ann = await registerCustomer(container, "ann@example.com")
      employeeId = await employ(ann, account.id)
      await employ(await registerCustomer(container, "ben@example.com"), otherAccountId)
      await registerCustomer(container, "carl@example.com")
      key = await publishableKey(container, stores.distributor.sales_channel_id)
    })

    beforeEach(async () => {
      await loginSeller()
      buyer = await portal("ann@example.com")
    })

    async function loginSeller() {
      seller = await loginTo(api, stores.distributor)
    }

    async function employ(customer_id: string, accountId: string): Promise<string> {
      const { employee } = await seller.post<{ employee: { id: string } }>(
        `/admin/wholesale/accounts/${accountId}/employees`,
        { customer_id }
      )
      return employee.id
    }

    const order = (quantity: number, more: object = {}) => ({
      fulfilment_method: "shipping",
      lines: [{ sku: "LANTERN", quantity }],
      ...more,
    })
    const place = async (quantity: number, more?: object) =>
      (await buyer.post<{ order: PortalOrder }>("orders", order(quantity, more))).order

    /** Every route of the portal, with an id that is nobody's. */
    const ROUTES = routesUnder("store").map(({ method, path }) => ({
      method: method === "GET" ? ("GET" as const) : ("POST" as const),
      path: path.replace("/store/wholesale/", "").replace(":id", "whord_none"),
    }))
    async function onEachRoute(
      request: (method: "GET" | "POST", path: string) => Promise<{ status: number; body: { code?: unknown } }>
    ): Promise<string[]> {
      const answers = new Set<string>()
      for (const { method, path } of ROUTES) {
        const { status, body } = await request(method, path)
        answers.add(`${status} ${String(body.code)}`)
      }
      return [...answers]
    }

    it("turns away who has no publishable key, then who is not logged in, on every route", async () => {
      expect(ROUTES).toHaveLength(9)
      expect(
        await onEachRoute((method, path) => buyer.request(method, path, {}, { publishableKey: null, token: null }))
      ).toEqual(["400 undefined"])
      expect(await onEachRoute((method, path) => buyer.request(method, path, {}, { token: null }))).toEqual([
        "401 undefined",
      ])
      const { token } = (await (
        await fetch(`${baseUrl()}/auth/user/emailpass`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ email: stores.distributor.user.email, password: FIXTURE_PASSWORD }),
        })
      ).json()) as { token: string }
      expect(await onEachRoute((method, path) => buyer.request(method, path, {}, { token }))).toEqual([
        "401 undefined",
      ])
    })

    it("finds the store by the key's sales channel, and answers 404 where none sells through it", async () => {
      const container = getContainer()
      const channel = await container
        .resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
        .createSalesChannels({ name: "Retail only" })
      const without = await publishableKey(container)
      const retail = await publishableKey(container, channel.id)
      const both = await publishableKey(container, channel.id, stores.distributor.sales_channel_id)

      for (const token of [without, retail]) {
        expect(
          await onEachRoute((method, path) => buyer.request(method, path, {}, { publishableKey: token }))
        ).toEqual(["404 store_not_found"])
      }
      expect(await buyer.request("GET", "account", undefined, { publishableKey: both })).toMatchObject({
        status: 200,
        body: { account: { id: account.id } },
      })
    })

    it("is closed while the store has the portal switched off", async () => {
      await getContainer()
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .setFlag({
          flag: "wholesale_portal",
          store_id: stores.distributor.id,
          enabled: false,
          actor: SYSTEM_ACTOR,
        })

      expect(await onEachRoute((method, path) => buyer.request(method, path))).toEqual([
        "403 feature_disabled",
      ])
    })

    it("is open to the employees of active accounts only", async () => {
      const refused = ["403 not_an_employee"]
      const carl = await portal("carl@example.com")
      expect(await onEachRoute((method, path) => carl.request(method, path))).toEqual(refused)

      // Ann is no employee of the other store on this backend.
      const elsewhere = await publishableKey(getContainer(), stores.retailer.sales_channel_id)
      expect(
        await onEachRoute((method, path) => buyer.request(method, path, {}, { publishableKey: elsewhere }))
      ).toEqual(refused)

      await seller.post(`/admin/wholesale/accounts/${account.id}`, { status: "closed" })
      expect(await onEachRoute((method, path) => buyer.request(method, path))).toEqual(refused)
      await seller.post(`/admin/wholesale/accounts/${account.id}`, { status: "active" })
      expect(await buyer.request("GET", "account")).toMatchObject({ status: 200 })

      const path = `/admin/wholesale/accounts/${account.id}/employees/${employeeId}`
      expect(await seller.request("DELETE", path)).toMatchObject({ status: 200 })
      expect(await onEachRoute((method, route) => buyer.request(method, route))).toEqual(refused)
    })

    it("belongs to customers that are there: accounts and employees name no others", async () => {
      const container = getContainer()
      const gone = await registerCustomer(container, "dora@example.com")
      await container.resolve<ICustomerModuleService>(Modules.CUSTOMER).softDeleteCustomers([gone])
      const own = `/admin/wholesale/accounts/${otherAccountId}`
      const before = await databaseDigest(container)

      for (const customer_id of ["cus_that_is_not_there", gone]) {
        for (const [path, body] of [
          ["/admin/wholesale/accounts", { company_name: "Ash Stores", customer_id }],
          [own, { company_name: "Oak & Sons", customer_id }],
          [`${own}/employees`, { customer_id }],
        ] as const) {
          expect({ path, ...(await seller.request("POST", path, body)) }).toMatchObject({
            path,
            status: 404,
            body: { code: "not_found", details: { document: "Customer", id: customer_id, field: "customer_id" } },
          })
        }
      }
      expect(await databaseDigest(container)).toEqual(before)

      const customerOf = async (path: string, body: object) =>
        (await seller.post<{ account: { customer_id: string | null } }>(path, body)).account.customer_id
      expect(await customerOf("/admin/wholesale/accounts", { company_name: "Ash Stores", customer_id: ann })).toBe(ann)
      expect(await customerOf(own, { customer_id: ann })).toBe(ann)
      expect(await customerOf(own, { customer_id: null })).toBeNull()
    })

    it("shows the account with its places and what may still be ordered", async () => {
      await place(4)
      expect(await buyer.get("account")).toEqual({
        account: {
          id: account.id,
          number: null,
          company_name: "Elm Stores",
          email: "elm.stores@example.com",
          currency_code: "usd",
          terms: { type: "net", days: 30, discount: null },
          locations: [expect.objectContaining({ id: account.location_id, city: "Albany" })],
          // 4 × 100 of 1,000
          credit: { limit: 1000, exposure: 400, available: 600 },
        },
      })
    })

    it("shows published items only, and what a storefront needs of them", async () => {
      expect(await buyer.get("catalog/items?order=sku")).toEqual({
        items: [
          expect.objectContaining({
            sku: "CANDLE",
            wholesale_price: 9.99,
            minimum_quantity: 6,
            order_multiple: 6,
            currency_code: "usd",
          }),
          expect.objectContaining({ sku: "LANTERN", wholesale_price: 100 }),
        ],
        count: 2,
        limit: 50,
        offset: 0,
      })
      expect(await buyer.get("catalog/items?q=lant&fields=sku")).toMatchObject({
        items: [{ sku: "LANTERN" }],
        count: 1,
      })
      expect(await buyer.get("catalog/items?limit=1&offset=1&order=sku&fields=sku")).toEqual({
        items: [{ sku: "LANTERN" }],
        count: 2,
        limit: 1,
        offset: 1,
      })
      expect(await buyer.request("GET", "catalog/items?published=false")).toMatchObject({
        status: 400,
        body: { code: "invalid_request", details: { issues: [{ path: "published" }] } },
      })
    })

    it("orders on account and follows the order to the invoice", async () => {
      const placed = await place(5, { location_id: account.location_id, note: "Ring twice." })
      expect(placed).toMatchObject({
        number: expect.stringMatching(/^B2B-/),
        source: "portal",
        status: "pending",
        total: 500,
        note: "Ring twice.",
        ship_to: { address_1: "5 Elm Street" },
        lines: [{ sku: "LANTERN", quantity: 5, unit_price: 100, subtotal: 500 }],
      })
      expect(await creditOf(seller, account.id)).toMatchObject({ reserved: 500 })

      await advance(seller, placed.id, "approve", "start-packing", "finish-packing", [
        "ship",
        { tracking_numbers: ["T-1"] },
      ])
      await advance(seller, placed.id, "deliver")

      const { order: followed } = await buyer.get<{ order: object }>(`orders/${placed.id}`)
      expect(followed).toMatchObject({
        status: "delivered",
        shipments: [{ sequence: 1, tracking_numbers: ["T-1"] }],
      })
      // What the store keeps for itself: who of its people did what, revisions, due invoices.
      const kept = ["store_id", "connection_id", "revision", "invoice_parts_due", "allowed_events"]
      expect(kept.filter((member) => member in followed)).toEqual([])
      expect(followed).toHaveProperty("events.0", {
        event: "create",
        from: null,
        to: "draft",
        reason: null,
        at: expect.any(String),
      })

      const { invoices } = await buyer.get<{ invoices: { id: string }[] }>("invoices")
      expect(invoices).toMatchObject([{ total: 500, outstanding: 500, status: "issued", is_overdue: false }])
      expect(await buyer.get(`invoices/${invoices[0].id}`)).toMatchObject({
        invoice: {
          orders: [{ order_number: placed.number, parts: [0] }],
          lines: [{ sku: "LANTERN", quantity: 5 }],
          payments: [],
        },
      })
      expect(await buyer.get("orders?status=delivered&fields=id")).toMatchObject({
        orders: [{ id: placed.id }],
        count: 1,
      })
    })

    it("keeps who ordered in the history that the store sees", async () => {
      const { id } = await place(1)
      const { order: seen } = await seller.get<{ order: object }>(`/admin/wholesale/orders/${id}`)
      expect(seen).toHaveProperty("events.1", expect.objectContaining({ actor_type: "customer", actor_id: ann }))
    })

    it("refuses an order over the limit with the figures, and the same request alike", async () => {
      await place(8)
      const first = await buyer.request("POST", "orders", order(3), { key: "too-much" })
      expect(first).toMatchObject({
        status: 409,
        body: {
          code: "credit_limit_exceeded",
          details: { limit: "1000.00", exposure: "800.00", order_amount: "300.00", over_by: "100.00" },
        },
      })
      expect(await buyer.request("POST", "orders", order(3), { key: "too-much" })).toEqual(first)
      expect(await buyer.request("POST", "orders", order(2), { key: "too-much" })).toMatchObject({
        status: 422,
        body: { code: "idempotency_key_reused" },
      })
      expect(await creditOf(seller, account.id)).toMatchObject({ reserved: 800 })
    })

    it("places one order when the same request comes twice, one after the other or at once", async () => {
      const first = await buyer.request("POST", "orders", order(2), { key: "order-1" })
      expect(await buyer.request("POST", "orders", order(2), { key: "order-1" })).toEqual(first)

      const [left, right] = await Promise.all([
        buyer.request("POST", "orders", order(1), { key: "order-2" }),
        buyer.request("POST", "orders", order(1), { key: "order-2" }),
      ])
      const statuses = [left.status, right.status].sort()
      expect([[201, 201], [201, 409]]).toContainEqual(statuses)
      // 2 × 100 + 1 × 100
      expect(await creditOf(seller, account.id)).toMatchObject({ reserved: 300 })
      // The key is the buyer's own: another one's order under it is another order.
      const ben = await portal("ben@example.com")
      expect(await ben.request("POST", "orders", order(2), { key: "order-1" })).toMatchObject({
        status: 201,
        body: { order: { bill_to: { company: "Oak Stores" } } },
      })
      expect(await creditOf(seller, account.id)).toMatchObject({ reserved: 300 })
    })

    it("lets a buyer neither choose prices nor go below the minimum, nor buy what is not published", async () => {
      const lines = (line: object) => buyer.request("POST", "orders", order(1, { lines: [line] }))
      expect(await lines({ sku: "LANTERN", quantity: 1, unit_price: 1 })).toMatchObject({
        status: 400,
        body: { code: "invalid_request", details: { issues: [{ path: "lines.0.unit_price" }] } },
      })
      expect(await lines({ sku: "CANDLE", quantity: 7 })).toMatchObject({
        status: 400,
        body: { code: "quantity_not_orderable" },
      })
      expect(await lines({ sku: "ROPE", quantity: 1 })).toMatchObject({
        status: 409,
        body: { code: "items_unavailable", details: { skus: ["ROPE"] } },
      })
      expect(await buyer.request("POST", "orders", order(1, { account_id: otherAccountId }))).toMatchObject({
        status: 400,
      })
      expect(await creditOf(seller, account.id)).toMatchObject({ reserved: 0 })
    })

    it("answers 404 for another account's order, invoice and address", async () => {
      const other = await openAccount(seller, { company_name: "Ash Stores", credit_limit: null })
      const { id } = await enterOrder(seller, {
        account_id: other.id,
        lines: [{ sku: "LANTERN", quantity: 1 }],
      })
      const { invoices } = await advance(
        seller, id, "approve", "start-packing", "finish-packing", "ship", "deliver"
      )
      const notFound = { status: 404, body: { code: "not_found" } }

      expect(await buyer.request("GET", `orders/${id}`)).toMatchObject(notFound)
      expect(await buyer.request("POST", `orders/${id}/request-cancel`, { reason: "No." })).toMatchObject(notFound)
      expect(await buyer.request("GET", `invoices/${invoices[0].id}`)).toMatchObject(notFound)
      expect(
        await buyer.request("POST", "orders", order(1, { location_id: other.location_id }))
      ).toMatchObject(notFound)
      expect(await buyer.get("orders")).toMatchObject({ orders: [], count: 0 })
      expect(await buyer.get("invoices")).toMatchObject({ invoices: [], count: 0 })
    })

    it("asks to cancel, is refused, asks again and is heard", async () => {
      const { id } = await place(3)
      const ask = () => buyer.request("POST", `orders/${id}/request-cancel`, { reason: "Too many." })
      expect(await ask()).toMatchObject({
        status: 200,
        body: {
          order: { status: "pending", cancel_request_reason: "Too many.", cancel_requested_at: expect.any(String) },
        },
      })
      const { summary } = await seller.get<{ summary: object }>("/admin/wholesale/summary")
      expect(summary).toMatchObject({ cancel_requests: 1 })
      const asked = async () => {
        const { orders } = await seller.get<{ orders: { id: string }[] }>(
          "/admin/wholesale/orders?cancel_requested=true&fields=id"
        )
        return orders.map((order) => order.id)
      }
      await place(1)
      expect(await asked()).toEqual([id])

      const refuse = () =>
        seller.request("POST", `/admin/wholesale/orders/${id}/refuse-cancel-request`, { reason: "Packed already." })
      expect(await refuse()).toMatchObject({
        status: 200,
        body: { order: { status: "pending", cancel_requested_at: null } },
      })
      expect(await asked()).toEqual([])
      expect(await refuse()).toMatchObject({ status: 409, body: { code: "no_cancel_request" } })
      const { order: told } = await buyer.get<{ order: { events: unknown[] } }>(`orders/${id}`)
      expect(told.events).toContainEqual(
        expect.objectContaining({ event: "refuse_cancel_request", reason: "Packed already." })
      )

      expect(await ask()).toMatchObject({ status: 200 })
      await advance(seller, id, ["cancel", { reason: "As asked for." }])
      expect(await asked()).toEqual([])
      expect(await buyer.get(`orders/${id}`)).toMatchObject({
        order: { status: "cancelled", cancel_reason: "As asked for." },
      })
      expect(await ask()).toMatchObject({
        status: 409,
        body: { code: "not_allowed", details: { status: "cancelled", allowed_events: [] } },
      })
    })
  },
})
