import type { INotificationModuleService, IOrderModuleService } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createTaxRatesWorkflow, createTaxRegionsWorkflow } from "@medusajs/medusa/core-flows"
import { integrationTestRunner } from "../helpers/integration-test-runner"
import { LocalNotificationService } from "@medusajs/notification-local/dist/services/local"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import type { StoreClient } from "../../scripts/fixture/store-client"
import {
  createTradingStores,
  type TradingStores,
} from "../../scripts/fixture/trading-stores"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../src/modules/wholesale-order"
import type WholesaleOrderModuleService from "../../src/modules/wholesale-order/service"
import { advanceOrderWorkflow } from "../../src/workflows/order/advance-order"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import {
  advance,
  creditOf,
  enterOrder,
  type InvoiceAnswer,
  offerItems,
  openAccount,
  type OrderAnswer,
  readInvoice,
} from "../helpers/selling"
import { stockLevel } from "../helpers/stock-level"
import { loginTo } from "../helpers/store-login"
import { until } from "../helpers/until"

jest.setTimeout(180_000)

/** Medusa's own connection, as far as the tests use it. */
interface Database {
  raw(sql: string, bindings?: readonly unknown[]): Promise<{ rows: unknown[] }>
  transaction<Answer>(work: (within: Database) => Promise<Answer>): Promise<Answer>
}

const TO_PACKED = ["approve", "start-packing", "finish-packing"] as const

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let lantern: StockedVariant
    let candle: StockedVariant
    let seller: StoreClient
    let account_id: string

    beforeAll(async () => {
      const container = getContainer()
      stores = await createTradingStores(container)
      const location = stores.distributor.location_id
      const [first, second, rope] = await createStockedProducts(container, location, [
        { title: "Lantern", sku: "LANTERN", stock: 50 },
        { title: "Candle", sku: "CANDLE", stock: 500 },
        { title: "Rope", sku: "ROPE", stock: 500 },
      ])
      lantern = first
      candle = second
      await login()
      const account = await openAccount(seller, { company_name: "Elm Stores", credit_limit: 5_000 })
      account_id = account.id
      await offerItems(seller, [
        { variant: lantern, price: 100 },
        { variant: candle, price: "9.99" },
        { variant: rope, price: 2, published: false, minimum_quantity: 10 },
      ])
    })

    beforeEach(async () => {
      await login()
    })

    async function login() {
      seller = await loginTo(api, stores.distributor)
    }

    const level = () =>
      stockLevel(getContainer(), lantern.inventory_item_id, stores.distributor.location_id)
    const order12 = (more: object = {}) =>
      enterOrder(seller, { account_id, lines: [{ sku: "LANTERN", quantity: 12 }], ...more })
    const verb = (id: string, name: string, body: object = {}, key?: string) =>
      seller.request("POST", `/admin/wholesale/orders/${id}/${name}`, body, { key })
    const pay = (invoice_id: string, amount: number | string, key?: string) =>
      seller.request(
        "POST",
        "/admin/wholesale/payments",
        { invoice_id, amount, method: "bank_transfer" },
        { key }
      )
    /** Does something whose event a subscriber of ours hears, and waits until the mirrors show it. */
    async function mirrored<Answer>(act: () => Promise<Answer>): Promise<Answer> {
      const answer = await act()
      const invoices = getContainer().resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      await until(async () => {
        const [mirrors, refunds] = await Promise.all([
          invoices.pendingMirrors({ limit: 1 }),
          invoices.pendingMirrorRefunds({ limit: 1 }),
        ])
        return mirrors.length + refunds.length === 0 ? true : undefined
      })
      return answer
    }
    const payInFull = (invoice_id: string, amount: number | string) =>
      mirrored(() => pay(invoice_id, amount))
    const read = async (id: string) =>
      (await seller.get<{ order: OrderAnswer }>(`/admin/wholesale/orders/${id}`)).order

    const database = () => getContainer().resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION)
    /** Until so many statements wait for a row that another transaction holds. */
    const waiting = (count: number) =>
      until(async () => {
        const { rows } = await database().raw(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        return rows.length === count ? true : undefined
      })

    const taxInNewYork = () =>
      createTaxRegionsWorkflow(getContainer()).run({
        input: [
          {
            country_code: "us",
            provider_id: "tp_system",
            default_tax_rate: { code: "NY", name: "Sales tax", rate: 7.25 },
          },
        ],
      })

    async function delivered(): Promise<OrderAnswer> {
      const { id } = await order12()
      return advance(seller, id, ...TO_PACKED, "ship", "deliver")
    }

    it("carries a shipped order from entry to paid, and offers at each step just what is allowed", async () => {
      const placed = await order12({ note: "Ring twice." })
      expect(placed).toMatchObject({
        number: expect.stringMatching(/^B2B-\d{4}-000001$/),
        status: "pending",
        source: "manual",
        subtotal: 1200,
        tax_total: 0,
        total: 1200,
        note: "Ring twice.",
        ship_to: { address_1: "5 Elm Street", country_code: "us" },
        account: { id: account_id, company_name: "Elm Stores", credit_account: { reserved: 1200 } },
        lines: [{ sku: "LANTERN", quantity: 12, unit_price: 100, subtotal: 1200, tax_rate: 0 }],
        allowed_events: ["approve", "reject", "cancel"],
      })

      const allowed: Record<string, readonly string[]> = {}
      for (const step of [...TO_PACKED, "ship", "deliver"]) {
        const { status, allowed_events } = await advance(seller, placed.id, step)
        allowed[status] = allowed_events
      }
      expect(allowed).toEqual({
        approved: ["start_packing", "cancel"],
        packing: ["finish_packing", "cancel"],
        packed: ["ship", "cancel"],
        shipped: ["deliver", "cancel"],
        delivered: ["cancel"],
      })
      // 50 − 12 that left the house.
      expect(await level()).toEqual({ stocked: 38, available: 38 })

      const { invoices } = await read(placed.id)
      expect(invoices).toMatchObject([{ total: 1200, status: "issued", outstanding: 1200 }])
      // 1,200 − 500 = 700
      expect(await pay(invoices[0].id, 500)).toMatchObject({
        status: 201,
        body: { payment: { amount: 500 }, invoice: { status: "partially_paid", outstanding: 700 } },
      })
      expect(await payInFull(invoices[0].id, "700.00")).toMatchObject({
        status: 201,
        body: { invoice: { status: "paid", outstanding: 0, allowed_events: ["credit"] } },
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })

      expect(await mirrors(placed.id)).toMatchObject([
        { status: "made", total: 1200, refunded_total: 0, account_name: "Elm Stores" },
      ])
      const { orders } = await seller.get<{ orders: unknown[] }>("/admin/wholesale/orders?q=000001")
      expect(orders).toMatchObject([{ id: placed.id, account: { company_name: "Elm Stores" } }])
    })

    it("keeps who did what and when", async () => {
      const { id } = await order12()
      await advance(seller, id, "approve", ["cancel", { reason: "Ordered by mistake." }])

      const { order } = await seller.get<{ order: { events: unknown[] } }>(
        `/admin/wholesale/orders/${id}?fields=events`
      )
      const by = { actor_type: "user", actor_id: stores.distributor.user.id }
      expect(Object.keys(order)).toEqual(["events"])
      expect(order.events).toMatchObject([
        { event: "create", from: null, to: "draft", ...by },
        { event: "place", from: "draft", to: "pending", ...by },
        { event: "approve", from: "pending", to: "approved", ...by },
        { event: "cancel", from: "approved", to: "cancelled", reason: "Ordered by mistake.", ...by },
      ])
    })

    it("sends an order in parcels, and is shipped with the last unit", async () => {
      const { id, lines } = await order12()
      const line_id = lines[0].id
      await advance(seller, id, ...TO_PACKED)

      const first = await advance(seller, id, [
        "ship",
        { lines: [{ line_id, quantity: 5 }], carrier: "Parcel Co.", tracking_numbers: ["T-1", "T-2"] },
      ])
      expect(first).toMatchObject({
        status: "packed",
        lines: [{ quantity: 12, shipped_quantity: 5 }],
        shipments: [{ sequence: 1, carrier: "Parcel Co.", tracking_numbers: ["T-1", "T-2"] }],
      })
      // 5 of 12 have left; the other 7 are still promised.
      expect(await level()).toEqual({ stocked: 45, available: 38 })

      expect(await verb(id, "ship", { lines: [{ line_id, quantity: 8 }] })).toMatchObject({
        status: 409,
        body: { code: "more_than_left", details: { lines: [{ line_id, asked: 8, left: 7 }] } },
      })
      expect(await verb(id, "ship", { lines: [{ line_id: "whordl_other", quantity: 1 }] })).toMatchObject({
        status: 400,
        body: { code: "invalid_shipment_line" },
      })

      expect(await advance(seller, id, "ship")).toMatchObject({
        status: "shipped",
        shipments: [{ sequence: 1 }, { sequence: 2, lines: [{ line_id, quantity: 7 }] }],
      })
      expect(await level()).toEqual({ stocked: 38, available: 38 })
    })

    it("ships once when the same request comes twice", async () => {
      const { id, lines } = await order12()
      await advance(seller, id, ...TO_PACKED)
      const body = { lines: [{ line_id: lines[0].id, quantity: 5 }] }

      const first = await verb(id, "ship", body, "parcel-1")
      const again = await verb(id, "ship", body, "parcel-1")

      expect(first.status).toBe(200)
      expect(again).toEqual(first)
      expect(await level()).toEqual({ stocked: 45, available: 38 })
      expect(await verb(id, "ship", {}, "parcel-1")).toMatchObject({
        status: 422,
        body: { code: "idempotency_key_reused" },
      })
    })

    it("invoices each parcel where the store invoices on shipment", async () => {
      await seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, { invoice_on: "shipment" })
      const { id, lines } = await order12()
      await advance(seller, id, ...TO_PACKED)
      await advance(seller, id, ["ship", { lines: [{ line_id: lines[0].id, quantity: 5 }] }], "ship")

      // 5 × 100 and 7 × 100
      expect((await read(id)).invoices).toMatchObject([{ total: 500 }, { total: 700 }])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 1200 })
    })

    it.each([
      // Approved under the first setting, sent and delivered under the second: 1,200 are invoiced once.
      ["approval", "shipment", [1200]],
      ["shipment", "completion", [500, 700]],
      ["completion", "shipment", [1200]],
    ])("invoices on %s what was approved so, once, though the store goes over to %s", async (before, after, totals) => {
      const invoiceOn = (invoice_on: string) =>
        seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, { invoice_on })
      await invoiceOn(before)
      const { id, lines } = await order12()
      await advance(seller, id, ...TO_PACKED, ["ship", { lines: [{ line_id: lines[0].id, quantity: 5 }] }])
      await invoiceOn(after)
      await advance(seller, id, "ship", "deliver")

      expect((await read(id)).invoices.map(({ total }) => total)).toEqual(totals)
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 1200 })
    })

    it("never offers or accepts ship for a pickup order, and tells the buyer when it is ready", async () => {
      const { id, allowed_events } = await order12({ fulfilment_method: "pickup" })
      const offered = new Set(allowed_events)
      for (const step of ["", ...TO_PACKED]) {
        if (step) {
          ;(await advance(seller, id, step)).allowed_events.forEach((event) => offered.add(event))
        }
        expect(await verb(id, "ship")).toMatchObject({ status: 409, body: { code: "not_allowed" } })
      }
      expect(await verb(id, "make-ready-for-pickup")).toMatchObject({
        status: 409,
        body: { code: "pickup_appointment_required" },
      })

      const ready = await advance(seller, id, [
        "make-ready-for-pickup",
        { place: "Gate 4", at: "2026-03-02T09:30:00+01:00" },
      ])
      ready.allowed_events.forEach((event) => offered.add(event))
      expect(ready).toMatchObject({
        status: "ready_for_pickup",
        pickup_place: "Gate 4",
        pickup_at: "2026-03-02T08:30:00.000Z",
        allowed_events: ["pick_up", "cancel"],
      })
      expect(await verb(id, "ship")).toMatchObject({ status: 409 })
      expect(await verb(id, "deliver")).toMatchObject({ status: 409 })

      const [notification, ...more] = await getContainer()
        .resolve<INotificationModuleService>(Modules.NOTIFICATION)
        .listNotifications({ resource_id: id })
      expect(more).toEqual([])
      expect(notification).toMatchObject({
        to: "elm.stores@example.com",
        channel: "email",
        template: "wholesale-order-ready-for-pickup",
        status: "success",
        data: { order_number: ready.number, pickup_place: "Gate 4", company_name: "Elm Stores" },
      })

      const fetched = await advance(seller, id, "pick-up")
      fetched.allowed_events.forEach((event) => offered.add(event))
      expect(fetched).toMatchObject({ status: "picked_up", invoices: [{ total: 1200 }] })
      expect(await level()).toEqual({ stocked: 38, available: 38 })
      expect(offered).not.toContain("ship")
    })

    describe("the notice that goods wait to be picked up", () => {
      const APPOINTMENT = { place: "Gate 4", at: "2026-03-02T09:30:00Z" }
      const orders = () => getContainer().resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)

      const packed = async (account = account_id) => {
        const { id } = await order12({ fulfilment_method: "pickup", pickup: APPOINTMENT, account_id: account })
        await advance(seller, id, ...TO_PACKED)
        return id
      }
      /** What the process does before it dies: the transition, and nothing that follows from it. */
      const madeReadyBeforeACrash = async (account?: string) => {
        const id = await packed(account)
        await orders().transition({
          id,
          store_id: stores.distributor.id,
          event: "make_ready_for_pickup",
          actor: SYSTEM_ACTOR,
        })
        return id
      }
      const sweep = async (before?: Date) => {
        const { result } = await reconcileWorkflow(getContainer()).run({ input: { before: before?.toISOString() } })
        return result.repaired.map(({ done }) => done)
      }
      /** Puts the notice's next attempt to now. */
      const dueNow = (id: string) =>
        database().raw("update wholesale_order set pickup_notice_due_at = now() where id = ?", [id])
      const due = async (id: string) => {
        const { rows } = await database().raw(
          "select id from wholesale_order where id = ? and pickup_notice_due_at is not null",
          [id]
        )
        return rows.length > 0
      }
      const told = async (id: string) => {
        const sent = await getContainer()
          .resolve<INotificationModuleService>(Modules.NOTIFICATION)
          .listNotifications({ resource_id: id }, { order: { created_at: "ASC" } })
        return sent.map(({ status }) => status)
      }
      afterEach(() => jest.restoreAllMocks())

      it("is sent once by the sweep when the process died before it did, after a minute", async () => {
        const id = await madeReadyBeforeACrash()
        expect([await told(id), await sweep(), await told(id)]).toEqual([[], [], []])

        const { number } = await read(id)
        const swept = await Promise.all([sweep(new Date()), sweep(new Date())])
        expect(swept.flat()).toEqual([`the buyer of order ${number} was told that it is ready`])
        expect([await told(id), await due(id)]).toEqual([["success"], false])
        expect(await sweep(new Date())).toEqual([])
        expect(await told(id)).toEqual(["success"])
      })

      it("is not sent again when the process died between sending it and noting that", async () => {
        const id = await packed()
        await advance(seller, id, "make-ready-for-pickup")
        expect([await told(id), await due(id)]).toEqual([["success"], false])

        await dueNow(id)
        expect(await sweep()).toEqual([])
        expect([await told(id), await due(id)]).toEqual([["success"], false])
      })

      it("is sent again when the process died while sending it: nobody knows whether it came through", async () => {
        const id = await packed()
        await advance(seller, id, "make-ready-for-pickup")
        await database().raw("update notification set status = 'pending' where resource_id = ?", [id])

        await dueNow(id)
        await sweep()
        expect([await told(id), await due(id)]).toEqual([["pending", "success"], false])
      })

      it("is neither sent twice nor lost when the request comes again after a crash", async () => {
        const madeReadyBy = (id: string, operation_id: string) =>
          advanceOrderWorkflow(getContainer()).run({
            input: {
              id,
              store_id: stores.distributor.id,
              event: "make_ready_for_pickup",
              actor: SYSTEM_ACTOR,
              operation_id,
            },
          })
        const id = await packed()
        await madeReadyBy(id, "whordop_ready")
        await madeReadyBy(id, "whordop_ready")
        expect([await told(id), await due(id)]).toEqual([["success"], false])

        // It died while sending: who comes again leaves it to the sweep.
        await database().raw("update notification set status = 'pending' where resource_id = ?", [id])
        await dueNow(id)
        await madeReadyBy(id, "whordop_ready")
        expect([await told(id), await due(id)]).toEqual([["pending"], true])
        await sweep()
        expect([await told(id), await due(id)]).toEqual([["pending", "success"], false])

        await advance(seller, id, "pick-up")
        await madeReadyBy(id, "whordop_ready")
        expect(await told(id)).toHaveLength(2)
      })

      it("holds nothing up when the provider fails, and is tried again until it comes through", async () => {
        const id = await packed()
        const away = new Error("The mail server is away.")
        jest
          .spyOn(LocalNotificationService.prototype, "send")
          .mockRejectedValueOnce(away)
          .mockRejectedValueOnce(away)
        expect(await advance(seller, id, "make-ready-for-pickup")).toMatchObject({ status: "ready_for_pickup" })
        await dueNow(id)
        expect(await sweep()).toEqual([])
        // The next attempt is two minutes away.
        expect(await sweep()).toEqual([])
        expect([await told(id), await due(id)]).toEqual([["failure", "failure"], true])

        await dueNow(id)
        await sweep()
        expect([await told(id), await due(id)]).toEqual([["failure", "failure", "success"], false])
      })

      it.each([
        ["picked up", ["pick-up"]],
        ["cancelled", [["cancel", { reason: "Nobody came." }]]],
      ] as const)("is due no more once the goods are %s", async (_, verbs) => {
        const id = await madeReadyBeforeACrash()
        await advance(seller, id, ...verbs)
        await sweep(new Date())
        expect([await told(id), await due(id)]).toEqual([[], false])
      })

      it("is not due to a buyer without an e-mail", async () => {
        const { account } = await seller.post<{ account: { id: string } }>("/admin/wholesale/accounts", {
          company_name: "By Phone",
        })
        const id = await madeReadyBeforeACrash(account.id)
        expect(await sweep(new Date())).toEqual([])
        expect([await told(id), await due(id)]).toEqual([[], false])
      })
    })

    it("keeps the pickup appointment that the order was placed with", async () => {
      const pickup = { place: "Counter 2", at: "2026-03-02T10:00:00Z" }
      const { id } = await order12({ fulfilment_method: "pickup", pickup })

      const ready = await advance(seller, id, ...TO_PACKED, "make-ready-for-pickup")

      expect(ready).toMatchObject({ pickup_place: "Counter 2", pickup_at: "2026-03-02T10:00:00.000Z" })
    })

    it("delivers by the store's own people: dispatch instead of ship", async () => {
      const { id } = await order12({ fulfilment_method: "local_delivery" })
      await advance(seller, id, ...TO_PACKED)
      expect(await verb(id, "ship")).toMatchObject({
        status: 409,
        body: {
          code: "not_allowed",
          details: { status: "packed", event: "ship", allowed_events: ["dispatch", "cancel"] },
        },
      })
      expect(await advance(seller, id, "dispatch")).toMatchObject({ status: "out_for_delivery" })
      expect(await advance(seller, id, "deliver")).toMatchObject({ status: "delivered" })
    })

    it("gives stock and credit back when cancelled before goods have left", async () => {
      const { id } = await order12()
      await advance(seller, id, "approve")
      expect(await level()).toEqual({ stocked: 50, available: 38 })

      expect(await verb(id, "cancel")).toMatchObject({
        status: 400,
        body: { code: "invalid_request", details: { issues: [{ path: "reason" }] } },
      })
      expect(await verb(id, "cancel", { reason: "No longer wanted." })).toMatchObject({
        status: 200,
        body: { order: { status: "cancelled", cancel_reason: "No longer wanted.", allowed_events: [] } },
      })
      expect(await level()).toEqual({ stocked: 50, available: 50 })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
    })

    const READY = ["make-ready-for-pickup", { place: "Gate 4", at: "2026-03-02T09:30:00Z" }] as const
    it.each<[string, string, readonly (string | readonly [string, object])[], boolean]>([
      ["pending", "shipping", [], false],
      ["approved", "local_delivery", ["approve"], false],
      ["packing", "pickup", ["approve", "start-packing"], false],
      ["packed", "in_store", TO_PACKED, false],
      ["shipped", "shipping", [...TO_PACKED, "ship"], true],
      ["delivered", "local_delivery", [...TO_PACKED, "dispatch", "deliver"], true],
      ["out_for_delivery", "local_delivery", [...TO_PACKED, "dispatch"], true],
      ["ready_for_pickup", "pickup", [...TO_PACKED, READY], false],
      ["picked_up", "in_store", [...TO_PACKED, READY, "pick-up"], true],
    ])("gives everything back when a %s %s order is cancelled, once", async (status, fulfilment_method, verbs, gone) => {
      const placed = await order12({ fulfilment_method })
      const reached = verbs.length > 0 ? await advance(seller, placed.id, ...verbs) : placed
      expect(reached.status).toBe(status)

      const body = { reason: "Not wanted.", ...(gone && { goods_returned: true }) }
      expect(await advance(seller, placed.id, ["cancel", body])).toMatchObject({ status: "cancelled", allowed_events: [] })

      expect(await level()).toEqual({ stocked: 50, available: 50 })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
      expect(await verb(placed.id, "cancel", body)).toMatchObject({ status: 409, body: { code: "not_allowed" } })
      expect(await level()).toEqual({ stocked: 50, available: 50 })
      await expectBooksInOrder()
    })

    it.each([
      // 5 of 12 have gone: they come back, or are lost; the other 7 were only promised.
      [true, 50],
      [false, 45],
    ])("gives back what was still to go, and what had gone if it returned (%s)", async (goods_returned, left) => {
      const { id, lines } = await order12()
      await advance(seller, id, ...TO_PACKED, ["ship", { lines: [{ line_id: lines[0].id, quantity: 5 }] }])
      expect(await verb(id, "cancel", { reason: "Not wanted." })).toMatchObject({
        status: 409,
        body: { code: "goods_returned_required" },
      })

      await advance(seller, id, ["cancel", { reason: "Not wanted.", goods_returned }])

      expect(await level()).toEqual({ stocked: left, available: left })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
      await expectBooksInOrder()
    })

    it("asks whether the goods came back when cancelled after they have left", async () => {
      const { id } = await delivered()

      expect(await verb(id, "cancel", { reason: "Wrong goods." })).toMatchObject({
        status: 409,
        body: { code: "goods_returned_required" },
      })
      // Being refused frees the order.
      expect(await verb(id, "cancel", { reason: "Wrong goods.", goods_returned: false })).toMatchObject({
        status: 200,
        body: { order: { status: "cancelled", goods_returned: false } },
      })
      expect(await level()).toEqual({ stocked: 38, available: 38 })
      // The unpaid invoice is credited in full.
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
      expect((await read(id)).invoices).toMatchObject([
        { status: "credited", outstanding: 0, credited_total: 1200 },
      ])
    })

    it("turns a paid and cancelled order into credit on account and reverses its mirror once", async () => {
      const { id, invoices } = await delivered()
      await payInFull(invoices[0].id, 1200)

      await advance(seller, id, ["cancel", { reason: "Faulty.", goods_returned: true }])

      expect(await level()).toEqual({ stocked: 50, available: 50 })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: -1200 })
      const [mirror] = await mirrors(id)
      expect(mirror).toMatchObject({ status: "reversed" })
      expect(await coreOrder(mirror.core_order_id)).toMatchObject({ status: "canceled" })
      expect(await verb(id, "cancel", { reason: "Again.", goods_returned: true })).toMatchObject({
        status: 409,
        body: {
          code: "not_allowed",
          message: expect.stringMatching(/^Order B2B-\d{4}-000001 is cancelled and does not allow cancel\./),
          details: { status: "cancelled", allowed_events: [] },
        },
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: -1200 })
      await expectBooksInOrder()
    })

    // At 7.25 %. Two ropes at 2.00: 4.00 + 0.29 = 4.29, each by itself 2.00 + 0.145 → 2.15, so 4.30.
    // Three candles at 9.99: 29.97 + 2.17 = 32.14, each by itself 9.99 + 0.724275 → 10.71, so 32.13.
    // What the parts differ by is posted with the last parcel; a free candle that never goes keeps that back.
    it.each<[string, { sku: string; quantity: number; unit_price?: string }[], number, number]>([
      ["one of two", [{ sku: "ROPE", quantity: 2 }], 1, 4.3],
      ["both", [{ sku: "ROPE", quantity: 2 }], 2, 4.3],
      ["none of three", [{ sku: "CANDLE", quantity: 3 }], 0, 32.13],
      ["one of three", [{ sku: "CANDLE", quantity: 3 }], 1, 32.13],
      ["all three", [{ sku: "CANDLE", quantity: 3 }], 3, 32.13],
      ["none, and goods are left", [{ sku: "ROPE", quantity: 2 }, { sku: "CANDLE", quantity: 1, unit_price: "0" }], 0, 4.29],
      ["one, and goods are left", [{ sku: "ROPE", quantity: 2 }, { sku: "CANDLE", quantity: 1, unit_price: "0" }], 1, 4.29],
    ])("gives back to the cent an order in parcels whose invoices round apart, %s withdrawn", async (_, lines, withdrawn, posted) => {
      await taxInNewYork()
      await seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, { invoice_on: "shipment" })
      const placed = await enterOrder(seller, { account_id, lines })
      const parcel = ["ship", { lines: [{ line_id: placed.lines[0].id, quantity: 1 }] }] as const
      const parcels = Array<typeof parcel>(lines[0].quantity).fill(parcel)
      const { invoices } = await advance(seller, placed.id, ...TO_PACKED, ...parcels)
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: posted, reserved: 0 })
      for (const { id } of invoices.slice(0, withdrawn)) {
        await seller.post(`/admin/wholesale/invoices/${id}/void`, { reason: "Wrong address." })
      }

      await advance(seller, placed.id, ["cancel", { reason: "All wrong.", goods_returned: true }])

      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
      await expectBooksInOrder()
    })

    it("gives back all of an order that is cancelled while one of its invoices is being withdrawn", async () => {
      await seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, { invoice_on: "shipment" })
      const { id, lines } = await order12()
      // 5 × 100 are invoiced, 7 × 100 are still to be.
      const { invoices } = await advance(seller, id, ...TO_PACKED, [
        "ship",
        { lines: [{ line_id: lines[0].id, quantity: 5 }] },
      ])

      // The cancellation has read the invoice as it stands before the withdrawal may write.
      const answers = await database().transaction(async (holding) => {
        await holding.raw("select id from wholesale_invoice where id = ? for update", [invoices[0].id])
        const withdrawn = seller.request("POST", `/admin/wholesale/invoices/${invoices[0].id}/void`, {
          reason: "Wrong address.",
        })
        await waiting(1)
        const cancelled = verb(id, "cancel", { reason: "All wrong.", goods_returned: true })
        await waiting(2)
        return [withdrawn, cancelled]
      })

      expect(await Promise.all(answers)).toMatchObject([
        { status: 200, body: { invoice: { status: "void", credited_total: 0 } } },
        { status: 200, body: { order: { status: "cancelled" } } },
      ])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
      expect(await level()).toEqual({ stocked: 50, available: 50 })
      await expectBooksInOrder()
    })

    it("refuses a payment beyond what is outstanding, with the figures", async () => {
      const { invoices } = await delivered()
      await pay(invoices[0].id, 1000)

      expect(await pay(invoices[0].id, "200.01")).toMatchObject({
        status: 409,
        body: { code: "payment_exceeds_outstanding", details: { outstanding: "200.00" } },
      })
      expect(await readInvoice(seller, invoices[0].id)).toMatchObject({ outstanding: 200 })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 200 })
    })

    it("records a payment once when the same request comes twice", async () => {
      const { invoices } = await delivered()

      const first = await pay(invoices[0].id, 400, "payment-1")
      const again = await pay(invoices[0].id, 400, "payment-1")

      expect(again).toEqual(first)
      const { payments, count } = await seller.get<{ payments: unknown[]; count: number }>(
        `/admin/wholesale/payments?invoice_id=${invoices[0].id}`
      )
      expect([payments, count]).toMatchObject([[{ amount: 400, method: "bank_transfer" }], 1])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 800 })
    })

    it("credits lines or an amount, refunds the mirror by it, and never goes beyond the invoice", async () => {
      const { id, invoices } = await delivered()
      const invoice_id = invoices[0].id
      await payInFull(invoice_id, 1200)
      const [{ id: line_id }] = (await readInvoice(seller, invoice_id)).lines
      const credit = (scope: object) =>
        seller.request("POST", "/admin/wholesale/credit-notes", { invoice_id, reason: "Broken.", ...scope })
      const refund = (scope: object) => mirrored(() => credit(scope))

      // 2 × 100
      expect(await refund({ lines: [{ line_id, quantity: 2 }] })).toMatchObject({
        status: 201,
        body: {
          credit_note: { total: 200, lines: [{ quantity: 2, subtotal: 200 }], reason: "Broken." },
          invoice: { status: "paid", credited_total: 200, lines: [{ credited_quantity: 2 }] },
        },
      })
      expect(await refund({ amount: 50 })).toMatchObject({ status: 201 })
      const [mirror] = await mirrors(id)
      expect(mirror).toMatchObject({ status: "made", total: 1200, refunded_total: 250 })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: -250 })

      // 1,200 − 250 = 950 are left.
      expect(await credit({ amount: 950.01 })).toMatchObject({
        status: 409,
        body: { code: "credit_exceeds_invoice", details: { creditable: "950.00", over_by: "0.01" } },
      })
      expect(await credit({ lines: [{ line_id, quantity: 11 }] })).toMatchObject({
        status: 409,
        body: { code: "credit_exceeds_line", details: { remaining_quantity: 10 } },
      })
      expect(await credit({})).toMatchObject({ status: 400, body: { code: "invalid_request" } })
      const { credit_notes } = await seller.get<{ credit_notes: unknown[] }>(
        `/admin/wholesale/credit-notes?invoice_id=${invoice_id}&order=created_at`
      )
      expect(credit_notes).toMatchObject([{ total: 200 }, { total: 50 }])
      await expectBooksInOrder()
    })

    it("withdraws an invoice only while nothing is paid or credited on it", async () => {
      const { id, invoices } = await delivered()
      const withdraw = (reason = "Wrong address.") =>
        seller.request("POST", `/admin/wholesale/invoices/${invoices[0].id}/void`, { reason })
      expect(await withdraw()).toMatchObject({
        status: 200,
        body: { invoice: { status: "void", outstanding: 0, allowed_events: [] } },
      })
      expect(await withdraw()).toMatchObject({ status: 409, body: { code: "not_allowed" } })
      // The order still stands at 1,200; cancelling it gives that back.
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 1200 })
      await advance(seller, id, ["cancel", { reason: "All wrong.", goods_returned: true }])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0 })

      const other = await delivered()
      await pay(other.invoices[0].id, 1)
      expect(
        await seller.request("POST", `/admin/wholesale/invoices/${other.invoices[0].id}/void`, { reason: "No." })
      ).toMatchObject({ status: 409, body: { details: { status: "partially_paid" } } })
    })

    it("refuses an order over the credit limit with the figures, and refuses its repetition alike", async () => {
      // 3 × 1,200 = 3,600 of 5,000; 1,500 more would be 5,100.
      for (let count = 0; count < 3; count++) {
        await order12()
      }
      const body = { account_id, fulfilment_method: "shipping", lines: [{ sku: "LANTERN", quantity: 15 }] }
      const place = () =>
        seller.request("POST", "/admin/wholesale/orders", body, { key: "over-the-limit" })

      const refused = await place()
      expect(refused).toMatchObject({
        status: 409,
        body: {
          type: "not_allowed",
          code: "credit_limit_exceeded",
          details: { limit: "5000.00", exposure: "3600.00", order_amount: "1500.00", over_by: "100.00" },
        },
      })
      // Room is made; the answer to this request is known all the same, and another request passes.
      const { orders } = await seller.get<{ orders: OrderAnswer[]; count: number }>(
        "/admin/wholesale/orders?order=-created_at"
      )
      expect(orders).toHaveLength(3)
      await advance(seller, orders[0].id, ["reject", { reason: "Not now." }])
      expect(await place()).toEqual(refused)
      const { number } = await enterOrder(seller, body)
      // A refused order took no number: three before it.
      expect(number).toMatch(/-000004$/)
    })

    it("gives the reservation back when it rejects, and keeps the reason", async () => {
      const { id } = await order12()
      expect(await verb(id, "reject", {})).toMatchObject({ status: 400, body: { code: "invalid_request" } })

      expect(await advance(seller, id, ["reject", { reason: "We do not deliver there." }])).toMatchObject({
        status: "rejected",
        rejection_reason: "We do not deliver there.",
        allowed_events: [],
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 0, exposure: 0 })
      expect(await verb(id, "approve")).toMatchObject({ status: 409, body: { code: "not_allowed" } })
    })

    it("approves nothing when stock is short, and the order can be approved once there is some", async () => {
      const { id } = await enterOrder(seller, { account_id, lines: [{ sku: "LANTERN", quantity: 30 }] })
      const other = await enterOrder(seller, {
        account_id: (await openAccount(seller, { company_name: "Oak Stores", credit_limit: null })).id,
        lines: [{ sku: "LANTERN", quantity: 30 }],
      })
      await advance(seller, other.id, "approve")

      expect(await verb(id, "approve", {}, "approval")).toMatchObject({
        status: 409,
        body: {
          code: "insufficient_stock",
          details: { items: [{ sku: "LANTERN", asked: 30, available: 20 }] },
        },
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 3000 })
      await advance(seller, other.id, ["cancel", { reason: "Not wanted." }])
      expect(await verb(id, "approve", {}, "approval")).toMatchObject({ status: 409 })
      expect(await verb(id, "approve")).toMatchObject({ status: 200, body: { order: { status: "approved" } } })
      expect(await level()).toEqual({ stocked: 50, available: 20 })
    })

    it("approves once when two people press the button at the same time", async () => {
      const { id } = await order12()

      const answers = await Promise.all([verb(id, "approve"), verb(id, "approve")])

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      expect(await level()).toEqual({ stocked: 50, available: 38 })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 1200, reserved: 0 })
    })

    it("lets the distributor sell unpublished items, fewer than the minimum, at a price agreed by hand", async () => {
      const { order } = await seller.post<{ order: object }>("/admin/wholesale/orders", {
        account_id,
        fulfilment_method: "shipping",
        lines: [
          { sku: "ROPE", quantity: 1, unit_price: "1.75" },
          { sku: "CANDLE", quantity: 3 },
        ],
      })
      // 1 × 1.75 + 3 × 9.99 = 31.72
      expect(order).toMatchObject({
        total: 31.72,
        lines: [{ unit_price: 1.75, subtotal: 1.75 }, { unit_price: 9.99, subtotal: 29.97 }],
      })
    })

    it("changes of an item what was given alone, when two people change it at once", async () => {
      const { items } = await seller.get<{ items: { id: string }[] }>("/admin/wholesale/catalog/items?q=CANDLE")
      const change = (terms: object) => seller.post(`/admin/wholesale/catalog/items/${items[0].id}`, terms)

      // Both have read the item at the old price before the first of them may write.
      const changes = await database().transaction(async (holding) => {
        await holding.raw("select id from wholesale_item where id = ? for update", [items[0].id])
        const price = change({ wholesale_price: "8.25" })
        await waiting(1)
        const terms = change({ minimum_quantity: 6 })
        await waiting(2)
        return [price, terms]
      })
      await Promise.all(changes)

      expect(await seller.get(`/admin/wholesale/catalog/items/${items[0].id}`)).toMatchObject({
        item: { wholesale_price: 8.25, minimum_quantity: 6, order_multiple: 1, published: true },
      })
    })

    it("taxes by the ship-to and rounds once a rate: 3 × 9.99 at 7.25 % are 32.14 on order, invoice and mirror", async () => {
      await taxInNewYork()
      const lines = [{ sku: "CANDLE", quantity: 3 }]
      const placed = await enterOrder(seller, { account_id, lines })
      // 29.97 × 0.0725 = 2.172825 → 2.17; 29.97 + 2.17 = 32.14
      const taxed = {
        subtotal: 29.97,
        tax_total: 2.17,
        total: 32.14,
        tax_summary: [{ code: "NY", name: "Sales tax", rate: 7.25, base: 29.97, tax: 2.17 }],
      }
      expect(placed).toMatchObject({ ...taxed, lines: [{ tax_rate: 7.25 }] })

      const { invoices } = await advance(seller, placed.id, ...TO_PACKED, "ship", "deliver")
      expect(invoices).toMatchObject([taxed])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 32.14 })
      await payInFull(invoices[0].id, 32.14)
      const [mirror] = await mirrors(placed.id)
      expect(mirror).toMatchObject({ total: 32.14 })
      expect(await coreOrder(mirror.core_order_id)).toMatchObject({ total: 32.14, status: "completed" })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0 })
    })

    it("taxes each line by the rates that Medusa has for its product and for where it goes", async () => {
      const { result } = await taxInNewYork()
      const [{ id: tax_region_id }] = result
      await createTaxRatesWorkflow(getContainer()).run({
        input: [
          { tax_region_id, code: "LOW", name: "Reduced", rate: 4, rules: [{ reference: "product", reference_id: candle.product_id }] },
        ],
      })
      const lines = [{ sku: "LANTERN", quantity: 12 }, { sku: "CANDLE", quantity: 10 }]
      // 12 × 100.00 × 7.25 % = 87.00; 10 × 9.99 × 4 % = 3.996 → 4.00; 1,200.00 + 99.90 + 91.00 = 1,390.90
      const taxed = {
        tax_total: 91,
        total: 1390.9,
        tax_summary: expect.arrayContaining([
          { code: "NY", name: "Sales tax", rate: 7.25, base: 1200, tax: 87 },
          { code: "LOW", name: "Reduced", rate: 4, base: 99.9, tax: 4 },
        ]),
      }
      const placed = await enterOrder(seller, { account_id, lines })
      expect(placed).toMatchObject({ ...taxed, lines: [{ tax_rate: 7.25 }, { tax_rate: 4 }] })
      expect((await advance(seller, placed.id, ...TO_PACKED, "ship", "deliver")).invoices).toMatchObject([taxed])

      await seller.post("/admin/tax-regions", {
        country_code: "us",
        province_code: "us-ny",
        parent_id: tax_region_id,
        default_tax_rate: { code: "ALBANY", name: "Local tax", rate: 1.5, is_combinable: true },
      })
      // The province's 1.5 % come on top of the country's 7.25 %: 12 × 100.00 × 8.75 % = 105.00
      const both = {
        tax_total: 105,
        total: 1305,
        tax_summary: [{ code: "ALBANY+NY", name: "Local tax + Sales tax", rate: 8.75, base: 1200, tax: 105 }],
      }
      const combined = await enterOrder(seller, { account_id, lines: [lines[0]] })
      expect(combined).toMatchObject({ ...both, lines: [{ tax_rate: 8.75 }] })
      const { invoices: [{ id }] } = await advance(seller, combined.id, ...TO_PACKED, "ship", "deliver")
      expect(await readInvoice(seller, id)).toMatchObject({ ...both, lines: [{ tax_rate: 8.75 }] })
    })

    it("charges no tax by an account's certificate, names it on order and invoice, and taxes again once it is ended", async () => {
      await taxInNewYork()
      const exemptions = `/admin/wholesale/accounts/${account_id}/tax-exemptions`
      const { tax_exemption } = await seller.post<{ tax_exemption: { id: string } }>(exemptions, {
        category: "E",
        certificate_number: "ST-120 / 4711",
        reason: "Resale certificate",
        expires_on: "2099-12-31",
      })
      await seller.post(exemptions, {
        category: "E",
        certificate_number: "old",
        reason: "Resale certificate",
        expires_on: "2020-12-31",
      })
      const lines = [{ sku: "CANDLE", quantity: 3 }]
      const exempt = {
        tax_total: 0,
        total: 29.97,
        tax_summary: [{ code: "E", name: "Resale certificate (ST-120 / 4711)", rate: 0, base: 29.97, tax: 0 }],
      }
      const placed = await enterOrder(seller, { account_id, lines })
      expect(placed).toMatchObject(exempt)
      expect((await advance(seller, placed.id, ...TO_PACKED, "ship", "deliver")).invoices).toMatchObject([exempt])

      expect(await seller.request("DELETE", `${exemptions}/${tax_exemption.id}`)).toMatchObject({ status: 200 })
      expect(await enterOrder(seller, { account_id, lines })).toMatchObject({ tax_total: 2.17, total: 32.14 })
    })

    it("charges no tax where goods go to a location with a certificate, and taxes those to others", async () => {
      await taxInNewYork()
      const { location } = await seller.post<{ location: { id: string } }>(`/admin/wholesale/accounts/${account_id}/locations`, {
        name: "Resale counter",
        address_1: "7 Elm Street",
        city: "Albany",
        postal_code: "12208",
        province: "us-ny",
        country_code: "us",
      })
      const exemption = { category: "E", certificate_number: "ST-120 / 4712", reason: "Resale certificate" }
      await seller.post(`/admin/wholesale/accounts/${account_id}/tax-exemptions`, { ...exemption, location_id: location.id })
      const lines = [{ sku: "CANDLE", quantity: 3 }]
      // 3 × 9.99 = 29.97; 7.25 % of it is 2.17
      const exempt = {
        tax_total: 0,
        total: 29.97,
        tax_summary: [{ code: "E", name: "Resale certificate (ST-120 / 4712)", rate: 0, base: 29.97, tax: 0 }],
      }
      const placed = await enterOrder(seller, { account_id, lines, location_id: location.id })
      expect(placed).toMatchObject(exempt)
      expect((await advance(seller, placed.id, ...TO_PACKED, "ship", "deliver")).invoices).toMatchObject([exempt])
      expect(await enterOrder(seller, { account_id, lines })).toMatchObject({ tax_total: 2.17, total: 32.14 })
      expect(
        await seller.request("POST", `/admin/wholesale/accounts/${account_id}/tax-exemptions`, { ...exemption, location_id: "whloc_none" })
      ).toMatchObject({ status: 404, body: { code: "not_found" } })
    })

    describe("what is charged beside the goods", () => {
      beforeEach(async () => {
        await charge({ kind: "shipping", name: "Freight", amount: "12.49" })
      })

      const charge = (rule: object) => seller.post("/admin/wholesale/charge-rules", rule)
      const twoRopes = (more: object = {}) =>
        enterOrder(seller, { account_id, lines: [{ sku: "ROPE", quantity: 2 }], ...more })

      it("is taxed with them and goes all the way to the core order, to the cent", async () => {
        await taxInNewYork()
        const placed = await enterOrder(seller, { account_id, lines: [{ sku: "CANDLE", quantity: 3 }] })
        // 29.97 + 12.49 = 42.46; 7.25 % of it is 3.07835 → 3.08 (apart 2.17 + 0.91); 42.46 + 3.08 = 45.54
        const figures = { subtotal: 29.97, charge_total: 12.49, tax_total: 3.08, total: 45.54 }
        expect(placed).toMatchObject({
          ...figures,
          tax_summary: [{ code: "NY", rate: 7.25, base: 42.46, tax: 3.08 }],
          charges: [{ kind: "shipping", name: "Freight", amount: 12.49, waived_amount: null, tax_rate: 7.25, tax_code: "NY" }],
        })
        expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 45.54 })
        const { invoices } = await advance(seller, placed.id, ...TO_PACKED, "ship", "deliver")
        expect(await readInvoice(seller, invoices[0].id)).toMatchObject({
          ...figures,
          lines: [
            { kind: "item", sku: "CANDLE" },
            { kind: "shipping", sku: "", title: "Freight", quantity: 1, subtotal: 12.49 },
          ],
        })
        await payInFull(invoices[0].id, 45.54)
        const [mirror] = await mirrors(placed.id)
        expect(await coreOrder(mirror.core_order_id)).toEqual({ status: "completed", total: 45.54 })
        await expectBooksInOrder()
      })

      it("is free shipping from the tier's amount on, the amount itself included, and not a cent below it", async () => {
        const { price_tier } = await seller.post<{ price_tier: { id: string } }>("/admin/wholesale/price-tiers", {
          name: "Gold",
          free_shipping_from: 300,
        })
        await seller.post(`/admin/wholesale/accounts/${account_id}`, { price_tier_id: price_tier.id })
        await charge({ kind: "handling", name: "Packing", amount: 2 })
        const lanterns = (unit_price: string) =>
          enterOrder(seller, { account_id, lines: [{ sku: "LANTERN", quantity: 3, unit_price }] })

        // 3 × 100.00 = 300.00 and 2.00
        const free = await lanterns("100")
        expect(free).toMatchObject({
          subtotal: 300,
          charge_total: 2,
          total: 302,
          charges: [
            { kind: "shipping", amount: 0, waived_amount: 12.49 },
            { kind: "handling", amount: 2, waived_amount: null },
          ],
        })
        // 3 × 99.99667 = 299.99001 → 299.99; and 14.49
        expect(await lanterns("99.99667")).toMatchObject({ subtotal: 299.99, charge_total: 14.49, total: 314.48 })

        // Edited to 2 × 100.00 it is charged again: 200.00 + 14.49; and free once more: 300.00 + 2.00. 302 + 314.48 + 214.49 = 830.97
        const pending = await lanterns("100")
        const edit = (quantity: number) =>
          verb(pending.id, "edit", { lines: [{ line_id: pending.lines[0].id, quantity }] })
        expect(await edit(2)).toMatchObject({ body: { order: { charge_total: 14.49, total: 214.49 } } })
        expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 830.97 })
        expect(await edit(3)).toMatchObject({
          body: { order: { charge_total: 2, total: 302, charges: [{ amount: 0, waived_amount: 12.49 }, { amount: 2 }] } },
        })

        // What is free stands on no invoice.
        const { invoices } = await advance(seller, free.id, ...TO_PACKED, "ship", "deliver")
        expect(await readInvoice(seller, invoices[0].id)).toMatchObject({
          charge_total: 2,
          total: 302,
          lines: [{ kind: "item" }, { kind: "handling", title: "Packing" }],
        })
      })

      it("is agreed by hand, or nothing, in the place of the rules, which ask for none where the buyer collects", async () => {
        // 2 × 2.00 = 4.00
        expect(await twoRopes()).toMatchObject({ charge_total: 12.49, total: 16.49 })
        expect(await twoRopes({ charges: [] })).toMatchObject({ charge_total: 0, total: 4, charges: [] })
        expect(await twoRopes({ charges: [{ kind: "handling", name: "Crate", amount: "7.5" }] })).toMatchObject({
          charge_total: 7.5,
          total: 11.5,
          charges: [{ kind: "handling", name: "Crate", amount: 7.5 }],
        })
        expect(await twoRopes({ fulfilment_method: "pickup" })).toMatchObject({ charge_total: 0, total: 4, charges: [] })
      })

      it("goes on the first parcel's invoice, is credited by its line, and comes back to the cent when cancelled", async () => {
        await taxInNewYork()
        await seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, { invoice_on: "shipment" })
        const placed = await twoRopes()
        const rope = ["ship", { lines: [{ line_id: placed.lines[0].id, quantity: 1 }] }] as const
        const { invoices } = await advance(seller, placed.id, ...TO_PACKED, rope, rope)
        // 2.00 + 12.49 = 14.49, tax 1.050525 → 1.05; then 2.00, tax 0.145 → 0.15; together 17.69.
        // The order: 16.49, tax 1.195525 → 1.20, the same.
        expect(invoices).toMatchObject([
          { subtotal: 2, charge_total: 12.49, total: 15.54 },
          { subtotal: 2, charge_total: 0, total: 2.15 },
        ])
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: 17.69, reserved: 0 })

        const { lines } = await readInvoice(seller, invoices[0].id)
        // Of the tax of 1.05 the freight's share is 12.49 / 14.49: 0.905 → 0.91 (rope 0.1449 → 0.14).
        expect(
          await seller.request("POST", "/admin/wholesale/credit-notes", {
            invoice_id: invoices[0].id,
            lines: [{ line_id: lines[1].id, quantity: 1 }],
            reason: "Came late.",
          })
        ).toMatchObject({
          status: 201,
          body: {
            credit_note: { subtotal: 0, charge_total: 12.49, tax_total: 0.91, total: 13.4, lines: [{ kind: "shipping" }] },
            invoice: { outstanding: 2.14 },
          },
        })
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: 4.29 })
        await advance(seller, placed.id, ["cancel", { reason: "All wrong.", goods_returned: true }])
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
        await expectBooksInOrder()
      })

      it("stays with the parent of an order that credit splits, and counts into what fits", async () => {
        await seller.post(`/admin/wholesale/credit-accounts/${account_id}`, { credit_limit: 1_000, policy: "hold" })
        const { id } = await order12()
        const { order } = await seller.post<{ order: OrderAnswer & { children: { id: string }[] } }>(
          `/admin/wholesale/orders/${id}/decide-credit`,
          { decision: "partial", amount: "512.49", reason: "The rest later." }
        )
        // 5 × 100.00 + 12.49 = 512.49 go on, 7 × 100.00 wait; together 1,212.49.
        expect(order).toMatchObject({ total: 512.49, charge_total: 12.49, charges: [{ amount: 12.49 }], children: [{ total: 700 }] })
        expect(await read(order.children[0].id)).toMatchObject({ total: 700, charge_total: 0, charges: [] })
        expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 512.49 })
        // What waits gets the room that its parent leaves, and no charge with it.
        await advance(seller, id, ["cancel", { reason: "Changed their mind." }])
        expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 700, exposure: 700 })
        await advance(seller, order.children[0].id, ["cancel", { reason: "Changed their mind." }])
        expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 0, exposure: 0 })
      })

      it("is changed for orders to come alone, and says who did", async () => {
        const { charge_rules } = await seller.get<{ charge_rules: { id: string }[] }>("/admin/wholesale/charge-rules")
        const [{ id }] = charge_rules
        const before = await twoRopes()
        const { charge_rule } = await seller.post<{ charge_rule: object }>(`/admin/wholesale/charge-rules/${id}`, { amount: 20 })
        expect(charge_rule).toMatchObject({
          amount: 20,
          changes: expect.arrayContaining([
            expect.objectContaining({ field: "amount", from: "12.49", to: "20.00", actor_type: "user" }),
          ]),
        })
        expect(await twoRopes()).toMatchObject({ charge_total: 20 })
        expect(await read(before.id)).toMatchObject({ charge_total: 12.49 })
        await seller.request("DELETE", `/admin/wholesale/charge-rules/${id}`)
        expect(await twoRopes()).toMatchObject({ charges: [] })
      })
    })

    it("names the field of a malformed body and the SKU that is not in the catalog", async () => {
      const place = (body: object) => seller.request("POST", "/admin/wholesale/orders", body)
      const order = { account_id, fulfilment_method: "shipping" }
      expect(await place({ ...order, lines: [{ sku: "LANTERN", quantity: 0 }], colour: "red" })).toMatchObject({
        status: 400,
        body: {
          code: "invalid_request",
          details: { part: "body", issues: [{ path: "lines.0.quantity" }, { path: "colour" }] },
        },
      })
      // Text that JSON can say and no database can hold.
      for (const text of ["a\u0000b", "a\ud800b"]) {
        expect(await place({ ...order, lines: [{ sku: text, quantity: 1 }] })).toMatchObject({
          status: 400,
          body: { code: "invalid_request", details: { part: "body", issues: [{ path: "lines.0.sku" }] } },
        })
      }
      expect(await seller.request("GET", "/admin/wholesale/orders?q=a%00b")).toMatchObject({
        status: 400,
        body: { code: "invalid_request", details: { part: "query", issues: [{ path: "q" }] } },
      })
      expect(await place({ ...order, lines: [{ sku: "ANVIL", quantity: 1 }] })).toMatchObject({
        status: 409,
        body: { code: "items_unavailable", details: { skus: ["ANVIL"] } },
      })
      expect(
        await place({ ...order, account_id: "whacc_unknown", lines: [{ sku: "LANTERN", quantity: 1 }] })
      ).toMatchObject({ status: 404, body: { code: "not_found" } })
    })

    it("takes an order of 5,000 lines", async () => {
      const lines = Array.from({ length: 5_000 }, () => ({ sku: "CANDLE", quantity: 1, unit_price: "0.1" }))
      const { order } = await seller.post<{ order: OrderAnswer }>("/admin/wholesale/orders", {
        account_id,
        fulfilment_method: "shipping",
        lines,
      })
      // 5,000 × 0.10
      expect(order).toMatchObject({ total: 500, line_count: 5_000 })
      expect(order.lines).toHaveLength(5_000)
    })

    it("counts what waits for the store's people", async () => {
      await order12()
      const packed = await order12()
      await advance(seller, packed.id, ...TO_PACKED)
      const done = await order12()
      await advance(seller, done.id, ...TO_PACKED, "ship", "deliver")

      const { summary } = await seller.get<{ summary: object }>("/admin/wholesale/summary")

      expect(summary).toEqual({
        book_differences: 0,
        orders_pending: 1,
        orders_held: 0,
        orders_to_pack: 0,
        orders_to_ship: 1,
        cancel_requests: 0,
        connections_requested: 0,
        invoices_open: 1,
        invoices_overdue: 0,
        outstanding: 1200,
        currency_code: "usd",
        outstanding_by_currency: [{ currency_code: "usd", amount: 1200 }],
        purchase_orders_placed: 0,
        purchase_orders_to_receive: 0,
        unmapped_lines: 0,
        bills_open: 0,
      })
    })

    it("pages and filters orders and invoices", async () => {
      const first = await order12()
      const second = await delivered()
      const list = (query: string) =>
        seller.get<{ orders: OrderAnswer[]; count: number }>(`/admin/wholesale/orders?${query}`)
      const ids = ({ orders }: { orders: OrderAnswer[] }) => orders.map(({ id }) => id)

      expect(await list("limit=1&order=created_at&fields=id")).toEqual({
        orders: [{ id: first.id }],
        count: 2,
        limit: 1,
        offset: 0,
        count_is_estimate: false,
      })
      expect(ids(await list("status=delivered"))).toEqual([second.id])
      expect(ids(await list("status=pending,delivered"))).toEqual([second.id, first.id])
      expect(ids(await list("status[]=pending&status[]=delivered"))).toEqual([second.id, first.id])
      expect(await seller.request("GET", "/admin/wholesale/orders?status=pending,lost")).toMatchObject({
        status: 400,
        body: { details: { part: "query", issues: [{ path: "status.1" }] } },
      })
      expect(ids(await list(`account_id=whacc_other`))).toEqual([])
      expect(ids(await list(`from=${new Date(Date.now() + 60_000).toISOString()}`))).toEqual([])
      expect(await seller.request("GET", "/admin/wholesale/orders?order=total")).toMatchObject({ status: 400 })
      const invoices = await seller.get<{ invoices: InvoiceAnswer[] }>(
        `/admin/wholesale/invoices?order_id=${second.id}&overdue=false`
      )
      expect(invoices).toMatchObject({
        invoices: [{ total: 1200, is_overdue: false, account: { company_name: "Elm Stores" } }],
        count: 1,
      })
      const open = await seller.get<{ invoices: InvoiceAnswer[] }>(
        "/admin/wholesale/invoices?status=issued,partially_paid&fields=id"
      )
      expect(open).toMatchObject({ invoices: [{ id: second.invoices[0].id }], count: 1 })
    })

    async function mirrors(orderId: string) {
      const answer = await seller.get<{ mirrors: { core_order_id: string; status: string }[] }>(
        `/admin/wholesale/mirrors?order_id=${orderId}`
      )
      return answer.mirrors
    }

    async function coreOrder(id: string) {
      const { status, total } = await getContainer()
        .resolve<IOrderModuleService>(Modules.ORDER)
        .retrieveOrder(id, { select: ["id", "status", "total"] })
      return { status, total: Number(total) }
    }

    /** Nothing is left to repair, and the ledger is what the documents say. */
    async function expectBooksInOrder() {
      expect(await seller.post("/admin/wholesale/reconcile")).toEqual({
        reconciliation: { repaired: [], differences: [] },
      })
    }
  },
})
