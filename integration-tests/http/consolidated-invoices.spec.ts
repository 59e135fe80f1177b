import { createTaxRegionsWorkflow } from "@medusajs/medusa/core-flows"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import type { StoreClient } from "../../scripts/fixture/store-client"
import { createTradingStores,  type TradingStores } from "../../scripts/fixture/trading-stores"
import { ReadPdf } from "../../src/documents/__tests__/read-pdf"
import { brokenRules } from "../../src/documents/__tests__/rules"
import { readTerms } from "../../src/documents/__tests__/read-terms"
import { calendarDay } from "../../src/lib/calendar/days"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { brokenBooks, rowsOf } from "../helpers/books"
import { integrationTestRunner } from "../helpers/integration-test-runner"
import { advance, creditOf, enterOrder, offerItems, openAccount, type OrderAnswer } from "../helpers/selling"
import { loginTo } from "../helpers/store-login"

jest.setTimeout(180_000)

interface InvoiceOfOrders {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly total: number
  readonly orders: readonly { readonly order_id: string; readonly parts: readonly number[] }[]
  readonly mirrors: readonly { readonly order_id: string; readonly status: string; readonly total: number; readonly core_order_id: string }[]
}

const PACKED = ["approve", "start-packing", "finish-packing"] as const
const DELIVERED = [...PACKED, "ship", "deliver"] as const

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let variants: StockedVariant[]
    let seller: StoreClient
    let account_id: string

    beforeAll(async () => {
      const container = getContainer()
      stores = await createTradingStores(container)
      variants = await createStockedProducts(container, stores.distributor.location_id, [
        { title: "Rope", sku: "ROPE", stock: 50 },
        { title: "Candle", sku: "CANDLE", stock: 50 },
      ])
      await createTaxRegionsWorkflow(container).run({
        input: [
          {
            country_code: "us",
            provider_id: "tp_system",
            default_tax_rate: { code: "NY", name: "Sales tax", rate: 7.25 },
          },
        ],
      })
    })

    const login = (side: keyof TradingStores) =>
      loginTo(api, stores[side])

    beforeEach(async () => {
      seller = await login("distributor")
      ;({ id: account_id } = await openAccount(seller, { company_name: "Elm Stores", credit_limit: 5_000 }))
      await offerItems(seller, [
        { variant: variants[0], price: "2.00" },
        { variant: variants[1], price: "9.99" },
      ])
    })

    const setAccount = (changes: object, id = account_id) => seller.post(`/admin/wholesale/accounts/${id}`, changes)
    const setStore = (changes: object) => seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, changes)
    const consolidate = (body: object = {}, key?: string) =>
      seller.request("POST", "/admin/wholesale/invoices", { account_id, ...body }, key ? { key } : {})
    const invoicesOf = async (body: object = {}) =>
      (await seller.post<{ invoices: InvoiceOfOrders[] }>("/admin/wholesale/invoices", { account_id, ...body })).invoices
    const read = async (id: string) =>
      (await seller.get<{ invoice: InvoiceOfOrders }>(`/admin/wholesale/invoices/${id}`)).invoice
    const ropes = (quantity: number, account = account_id) =>
      enterOrder(seller, { account_id: account, lines: [{ sku: "ROPE", quantity }] })
    const delivered = async (quantity = 3) => await advance(seller, (await ropes(quantity)).id, ...DELIVERED)
    const reconciled = () => reconcileWorkflow(getContainer()).run({ input: {} })
    const expectBooksInOrder = async () => {
      await reconciled()
      expect(await brokenBooks(getContainer(), [stores.distributor.id, stores.retailer.id])).toEqual({})
    }
    /** One unit goes first, the rest after it. */
    const inTwo = async (order: OrderAnswer) =>
      await advance(
        seller,
        order.id,
        ...PACKED,
        ["ship", { lines: [{ line_id: order.lines[0].id, quantity: 1 }] }],
        "ship"
      )

    // At 7.25 %. 3 ropes at 2.00: 6.00 + 0.435 → 6.44; 2 candles at 9.99: 19.98 + 1.44855 → 21.43. Approval posts
    // 6.44 + 6.44 + 21.43 = 34.31. On one invoice: 31.98 + 2.31855 → 34.30, so the difference is −0.01; shares of the
    // tax by largest remainder 0.44 + 0.44 + 1.44.
    it("puts six shipments of three orders on one invoice, mirrors it as three orders, and takes one back", async () => {
      await setAccount({ invoice_on: "shipment", invoice_consolidation: "manual" })
      const orders: OrderAnswer[] = []
      for (const lines of [[{ sku: "ROPE", quantity: 3 }], [{ sku: "ROPE", quantity: 3 }], [{ sku: "CANDLE", quantity: 2 }]]) {
        orders.push(await inTwo(await enterOrder(seller, { account_id, lines })))
      }
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 34.31, reserved: 0 })
      expect(orders.flatMap(({ invoices }) => invoices)).toEqual([])
      expect((await seller.get<{ orders: object[] }>("/admin/wholesale/orders?uninvoiced=true")).orders).toHaveLength(3)
      expect(await seller.get(`/admin/wholesale/uninvoiced?account_id=${account_id}`)).toMatchObject({
        uninvoiced: [
          {
            account_id,
            account: { company_name: "Elm Stores" },
            currency_code: "usd",
            order_count: 3,
            total: 34.3,
            orders: [
              { order_number: orders[0].number, parts: [1, 2], total: 6.44 },
              { order_number: orders[1].number, parts: [1, 2], total: 6.44 },
              { order_number: orders[2].number, parts: [1, 2], total: 21.42 },
            ],
          },
        ],
      })

      // One of both may be told that its key is in use; asked again, it is answered as the first was.
      await Promise.all([consolidate({}, "month-end"), consolidate({}, "month-end")])
      const { invoices } = await seller.get<{ invoices: InvoiceOfOrders[] }>("/admin/wholesale/invoices")
      expect(invoices).toHaveLength(1)
      const [{ id, number }] = invoices
      expect(await consolidate({}, "month-end")).toMatchObject({ status: 201, body: { invoices: [{ id, number }] } })
      const invoice = await read(id)
      expect(invoice).toMatchObject({
        number: expect.stringMatching(/-000001$/),
        total: 34.3,
        tax_total: 2.32,
        orders: orders.map((order) => ({ order_id: order.id, order_number: order.number, parts: [1, 2] })),
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 34.3 })
      expect(await consolidate()).toMatchObject({
        status: 409,
        body: {
          code: "nothing_to_invoice",
          message: expect.stringContaining(`is on ${number} already`),
          details: { account_id, invoices: [number], invoice_count: 1 },
        },
      })
      await expectBooksInOrder()

      await seller.post("/admin/wholesale/payments", { account_id, strategy: "oldest_first", amount: "34.30", method: "cash" })
      await reconciled()
      const paid = await read(id)
      expect(paid).toMatchObject({ status: "paid" })
      expect(paid.mirrors.map(({ order_id, status, total }) => [order_id, status, total])).toEqual([
        [orders[0].id, "made", 6.44],
        [orders[1].id, "made", 6.44],
        [orders[2].id, "made", 21.42],
      ])
      expect(await coreOrders()).toMatchObject([
        { status: "completed", total: 6.44 },
        { status: "completed", total: 6.44 },
        { status: "completed", total: 21.42 },
      ])
      await expectBooksInOrder()

      await advance(seller, orders[1].id, ["cancel", { reason: "Too long.", goods_returned: true }])
      // 6.44 was paid for it: credit on account.
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: -6.44 })
      expect((await read(id)).mirrors.map(({ status }) => status)).toEqual(["made", "reversed", "made"])
      expect(await coreOrders()).toMatchObject([
        { status: "completed", total: 6.44 },
        { status: "canceled" },
        { status: "completed", total: 21.42 },
      ])
      const { credit_notes } = await seller.get<{ credit_notes: object[] }>(`/admin/wholesale/credit-notes?invoice_id=${id}`)
      expect(credit_notes).toMatchObject([{ total: 6.44, lines: [{ sku: "ROPE" }, { sku: "ROPE" }] }])
      await expectBooksInOrder()

      async function coreOrders() {
        const answer = await seller.get<{ orders: { metadata: { wholesale_order_id: string } }[] }>(
          "/admin/orders?fields=id,status,total,metadata"
        )
        return orders.map(({ id: order }) => answer.orders.find(({ metadata }) => metadata.wholesale_order_id === order))
      }
    })

    it("invoices what is named or was supplied by a day, and refuses with the order, its state and the way out", async () => {
      await setAccount({ invoice_consolidation: "manual" })
      const other = await openAccount(seller, { company_name: "Oak Stores", credit_limit: null })
      await setAccount({ invoice_consolidation: "manual" }, other.id)
      const [one, two, three] = [await delivered(), await delivered(), await delivered()]
      const foreign = await advance(seller, (await ropes(1, other.id)).id, ...DELIVERED)
      const packed = await advance(seller, (await ropes(1)).id, ...PACKED)
      await setAccount({ terms: { type: "net", days: 60 } })
      const longer = await delivered()

      for (const [order_ids, code, details] of [
        [[one.id, packed.id], "nothing_to_invoice", { order_id: packed.id, status: "packed" }],
        [[one.id, foreign.id], "order_of_another_account", { order_id: foreign.id }],
        [[one.id, longer.id], "orders_do_not_fit", { order_id: longer.id, differs_in: "terms" }],
        [["nobody"], "not_found", {}],
      ] as const) {
        expect(await consolidate({ order_ids })).toMatchObject({ body: { code, details } })
      }
      const [invoice] = await invoicesOf({ order_ids: [one.id, three.id] })
      expect(invoice.orders.map(({ order_id }) => order_id)).toEqual([one.id, three.id])
      expect(await consolidate({ order_ids: [one.id] })).toMatchObject({
        status: 409,
        body: { code: "already_invoiced", details: { number: one.number, invoices: [invoice.number] } },
      })

      await rowsOf(getContainer(), "update wholesale_order set completed_at = now() - interval '40 days' where id = ?", [two.id])
      const monthAgo = calendarDay(new Date(Date.now() - 30 * 86_400_000))
      const [older, ...more] = await invoicesOf({ through: monthAgo })
      expect(older.orders).toMatchObject([{ order_id: two.id }])
      expect(more).toEqual([])
      // What is left is on other terms; each has an invoice of its own.
      expect((await invoicesOf()).map(({ orders }) => orders.map(({ order_id }) => order_id))).toEqual([[longer.id]])
      expect(await seller.get("/admin/wholesale/uninvoiced")).toMatchObject({ uninvoiced: [{ account_id: other.id, order_count: 1 }] })
      await expectBooksInOrder()
    })

    it("lets the orders of a void invoice wait again, and invoices them with the next number", async () => {
      await setAccount({ invoice_consolidation: "manual" })
      expect(await consolidate()).toMatchObject({
        status: 409,
        body: {
          code: "nothing_to_invoice",
          message: expect.stringContaining("none of its orders was supplied so far"),
          details: { account_id, invoices: [], invoice_count: 0 },
        },
      })
      const [one, two] = [await delivered(), await delivered()]
      const [wrong] = await invoicesOf()
      await seller.post(`/admin/wholesale/invoices/${wrong.id}/void`, { reason: "Wrong address" })
      expect(await seller.get("/admin/wholesale/uninvoiced")).toMatchObject({ uninvoiced: [{ order_count: 2 }] })
      // Each by itself now: 6.435 → 6.44, the same as approval posted; together they were 12.87.
      expect(wrong.total).toBe(12.87)
      const [first] = await invoicesOf({ order_ids: [one.id] })
      const [second] = await invoicesOf({ order_ids: [two.id] })
      expect([first, second]).toMatchObject([
        { total: 6.44, number: expect.stringMatching(/-000002$/) },
        { total: 6.44, number: expect.stringMatching(/-000003$/) },
      ])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 12.88 })
      await expectBooksInOrder()

      await seller.post(`/admin/wholesale/invoices/${second.id}/void`, { reason: "Wrong again" })
      await advance(seller, two.id, ["cancel", { reason: "Enough.", goods_returned: true }])
      expect(await seller.get("/admin/wholesale/uninvoiced")).toMatchObject({ uninvoiced: [] })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 6.44 })
      await expectBooksInOrder()
    })

    it("returns an order of a void invoice once, also where that is noticed after it is on the next", async () => {
      await setAccount({ invoice_consolidation: "manual" })
      const order = await delivered()
      const [wrong] = await invoicesOf()
      await seller.post(`/admin/wholesale/invoices/${wrong.id}/void`, { reason: "Wrong address" })
      await invoicesOf()
      // As a crash leaves it that comes after the order was told, and before that is written down.
      await rowsOf(getContainer(), "update wholesale_invoice_order set returned_at = null where invoice_id = ? returning id", [wrong.id])
      await reconciled()
      expect(await seller.get(`/admin/wholesale/orders/${order.id}`)).toMatchObject({ order: { invoice_parts_waiting: [] } })
      await expectBooksInOrder()
    })

    it("leaves out what waits and is on an invoice already, and invoices the account's other orders", async () => {
      await setAccount({ invoice_consolidation: "manual" })
      const [one, two] = [await delivered(), await delivered()]
      const waitsAgain = () =>
        rowsOf(getContainer(), "update wholesale_order set invoice_parts_waiting = '[0]' where id = ? returning id", [one.id])
      const [first] = await invoicesOf({ order_ids: [one.id] })
      await waitsAgain()
      const [second] = await invoicesOf()
      expect(second).toMatchObject({ total: 6.44, orders: [{ order_id: two.id }] })
      await expectBooksInOrder()

      await waitsAgain()
      expect(await consolidate()).toMatchObject({ status: 409, body: { code: "nothing_to_invoice" } })
      expect(await read(first.id)).toMatchObject({ status: "issued", orders: [{ order_id: one.id }] })
      expect(await seller.get("/admin/wholesale/invoices")).toMatchObject({ count: 2 })
      await expectBooksInOrder()
    })

    it("lets an order wait whose own invoice is void, and never invoices it by itself", async () => {
      const order = await delivered()
      const [{ id }] = order.invoices
      await seller.post(`/admin/wholesale/invoices/${id}/void`, { reason: "Wrong address" })
      await reconciled()
      expect(await seller.get(`/admin/wholesale/orders/${order.id}`)).toMatchObject({
        order: { invoice_parts_due: [], invoice_parts_waiting: [0], invoices: [{ status: "void" }] },
      })
      const [next] = await invoicesOf({ order_ids: [order.id] })
      expect(next).toMatchObject({ total: 6.44, status: "issued" })
      await expectBooksInOrder()

      // However often: the order shows all of its invoices, and the mirrors of the one that was paid three times.
      await seller.post(`/admin/wholesale/invoices/${next.id}/void`, { reason: "Wrong again" })
      const [last] = await invoicesOf({ order_ids: [order.id] })
      for (const amount of [6.44, 6.44, 6.44]) {
        const { payment } = await seller.post<{ payment: { id: string } }>("/admin/wholesale/payments", {
          invoice_id: last.id, amount, method: "cheque",
        })
        await seller.post(`/admin/wholesale/payments/${payment.id}/void`, { reason: "Bounced" })
      }
      expect(await seller.get(`/admin/wholesale/orders/${order.id}`)).toMatchObject({
        order: {
          invoices: [{ status: "void" }, { status: "void" }, { id: last.id, status: "issued" }],
          mirrors: [{ status: "reversed" }, { status: "reversed" }, { status: "reversed" }],
        },
      })
      await expectBooksInOrder()
    })

    it("invoices weekly at the week's end, once, however many look", async () => {
      await setStore({ invoice_consolidation: "weekly" })
      const [last, before, now] = [await delivered(), await delivered(), await delivered()]
      for (const { id } of [last, before]) {
        await rowsOf(getContainer(), "update wholesale_order set completed_at = now() - interval '8 days' where id = ?", [id])
      }
      await Promise.all([reconciled(), reconciled(), reconciled()])
      const { invoices } = await seller.get<{ invoices: InvoiceOfOrders[] }>("/admin/wholesale/invoices")
      expect(invoices).toHaveLength(1)
      expect(invoices[0].orders.map(({ order_id }) => order_id).sort()).toEqual([last.id, before.id].sort())
      // What turns up late waits for the next week's invoice.
      await rowsOf(getContainer(), "update wholesale_order set completed_at = now() - interval '8 days' where id = ?", [now.id])
      await reconciled()
      expect(await seller.get("/admin/wholesale/invoices")).toMatchObject({ count: 1 })
      expect(await seller.get("/admin/wholesale/uninvoiced")).toMatchObject({ uninvoiced: [{ order_count: 1 }] })
      await expectBooksInOrder()
    })

    it("shows the retailer one bill for several purchase orders, and each purchase order the bill", async () => {
      const retailer = await login("retailer")
      const { pairing_code } = await seller.post<{ pairing_code: { code: string } }>("/admin/wholesale/pairing-codes")
      const { connection } = await retailer.post<{ connection: { id: string } }>("/admin/wholesale/connections", {
        code: pairing_code.code,
      })
      const { connections } = await seller.get<{ connections: { id: string }[] }>("/admin/wholesale/connections?status=requested")
      const approved = await seller.post<{ connection: { account_id: string } }>(
        `/admin/wholesale/connections/${connections[0].id}/approve`,
        { credit_limit: null }
      )
      await setAccount({ invoice_consolidation: "manual" }, approved.connection.account_id)
      await seller.post("/admin/wholesale/catalog/publish")
      const bought: { id: string; number: string; order_id: string }[] = []
      for (const quantity of [1, 2]) {
        const draft = await retailer.post<{ purchase_order: { id: string } }>("/admin/wholesale/purchase-orders", {
          connection_id: connection.id,
          fulfilment_method: "shipping",
          lines: [{ sku: "ROPE", quantity }],
        })
        await retailer.post(`/admin/wholesale/purchase-orders/${draft.purchase_order.id}/place`)
        const { purchase_order } = await retailer.get<{ purchase_order: { id: string; number: string; order_id: string } }>(
          `/admin/wholesale/purchase-orders/${draft.purchase_order.id}`
        )
        await advance(seller, purchase_order.order_id, ...DELIVERED)
        bought.push(purchase_order)
      }
      const [invoice] = await invoicesOf({ account_id: approved.connection.account_id })
      const numbers = bought.map(({ number }) => number)
      const { bills } = await retailer.get<{ bills: { id: string; total: number }[] }>(`/admin/wholesale/bills?q=${numbers[1]}`)
      expect(bills).toMatchObject([
        { invoice_number: invoice.number, total: invoice.total, orders: numbers.map((number) => ({ purchase_order_number: number })) },
      ])
      for (const { id } of bought) {
        expect(await retailer.get(`/admin/wholesale/bills?purchase_order_id=${id}`)).toMatchObject({ bills: [{ id: bills[0].id }] })
        expect(await retailer.get(`/admin/wholesale/purchase-orders/${id}`)).toMatchObject({
          purchase_order: { bills: [{ id: bills[0].id }] },
        })
      }
      const { content } = await seller.file(`/admin/wholesale/invoices/${invoice.id}/pdf`)
      const text = (await ReadPdf.of(content)).pages.flat().join("\n")
      for (const number of numbers) {
        expect(text).toContain(number)
      }
      await advance(seller, bought[0].order_id, ["cancel", { reason: "Lost.", goods_returned: false }])
      expect(await retailer.get(`/admin/wholesale/bills/${bills[0].id}`)).toMatchObject({ bill: { status: "issued", credited_total: 2.15 } })
      await expectBooksInOrder()
    })

    it("names the orders on the lines of an e-invoice, and a purchase order only where it is that of all", async () => {
      await setStore({
        tax_number: "DE123456789",
        registration_number: "HRB 4711",
        bank_account: { holder: "Harbour", account_number: "DE02120300000000202051" },
      })
      await setAccount({ invoice_consolidation: "manual" })
      const orders = [await delivered(1), await delivered(2)]
      const [invoice] = await invoicesOf()
      const { status, content } = await seller.file(`/admin/wholesale/invoices/${invoice.id}/ubl`)
      expect(status).toBe(200)
      const xml = content.toString("utf8")
      expect(brokenRules(readTerms(xml))).toEqual([])
      expect(xml).not.toContain("<cac:OrderReference>")
      const lines = xml.split("<cac:InvoiceLine>").slice(1)
      expect(lines).toHaveLength(2)
      lines.forEach((line, index) => expect(line).toContain(`<cbc:Note>${orders[index].number}</cbc:Note>`))
    })

    it("numbers an account's invoices in the series that it names, and no two series alike", async () => {
      for (const [invoice_series, code] of [
        [[{ series: "EXPORT", pattern: "INV-{YYYY}-{SEQ:4}" }], "series_collide"],
        [[{ series: "EXPORT", pattern: "EX-{SEQ}" }, { series: "EXPORT", pattern: "EY-{SEQ}" }], "invalid_store"],
        [[{ series: "export", pattern: "EX-{SEQ}" }], "invalid_store"],
      ] as const) {
        expect(await seller.request("POST", `/admin/wholesale/stores/${stores.distributor.id}`, { invoice_series })).toMatchObject({
          body: { code },
        })
      }
      await setStore({ invoice_series: [{ series: "EXPORT", pattern: "EX-{YYYY}-{SEQ:4}" }] })
      expect(
        await seller.request("POST", `/admin/wholesale/stores/${stores.distributor.id}`, { invoice_number_pattern: "EX-2026-{SEQ:4}" })
      ).toMatchObject({ status: 409, body: { code: "series_collide" } })
      const unknown = await seller.request("POST", `/admin/wholesale/accounts/${account_id}`, { invoice_series: "IMPORT" })
      expect(unknown).toMatchObject({ status: 409, body: { code: "unknown_invoice_series", details: { known: ["EXPORT"] } } })
      await setAccount({ invoice_series: "EXPORT" })

      const other = await openAccount(seller, { company_name: "Oak Stores", credit_limit: null })
      const exported = [await delivered(), await delivered()]
      const domestic = await advance(seller, (await ropes(1, other.id)).id, ...DELIVERED)
      const year = new Date().getUTCFullYear()
      expect(exported.map(({ invoices }) => invoices[0].number)).toEqual([`EX-${year}-0001`, `EX-${year}-0002`])
      expect(domestic.invoices[0].number).toBe(`INV-${year}-000001`)
      expect(await seller.request("POST", `/admin/wholesale/stores/${stores.distributor.id}`, { invoice_series: [] })).toMatchObject({
        status: 409,
        body: { code: "invoice_series_in_use", details: { accounts: [{ account_id, series: "EXPORT" }] } },
      })
    })
  },
})
