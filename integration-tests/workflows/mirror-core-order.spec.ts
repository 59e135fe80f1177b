import { spawn } from "node:child_process"
import { resolve } from "node:path"
import { createInterface } from "node:readline"
import type {
  IApiKeyModuleService,
  IAuthModuleService,
  ICustomerModuleService,
  IEventBusModuleService,
  IOrderModuleService,
  IPaymentModuleService,
  IPromotionModuleService,
  IRegionModuleService,
  IInventoryService,
  ISalesChannelModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { lineAmount, roundAmount, sumAmounts } from "../../src/lib/money/amount"
import { coreOrderId, coreOrderIds, wholesaleChannelId } from "../../src/workflows/mirror/core-order-ids"
import type { InvoiceSnapshot } from "../../src/workflows/mirror/core-order-snapshot"
import { makeCoreOrder, type MakeCoreOrderInput } from "../../src/workflows/mirror/make-core-order"
import { refundCoreOrder } from "../../src/workflows/mirror/refund-core-order"
import { reverseCoreOrder } from "../../src/workflows/mirror/reverse-core-order"
import { refundCoreOrderStep } from "../../src/workflows/mirror/steps/refund-core-order"
import { BrokenConnection } from "../helpers/broken-connection"
import type { CoreOrderTasks } from "../helpers/core-order-in-process"
import { levelsOf, seedLocations, seedVariants } from "../helpers/stock-fixtures"

const STORE = { id: "whstore_1", name: "Main Street Wholesale", is_only_store: true }

type Goods = { quantity: number; unit_price: string; tax_rate: string; variant_id?: string }

/** An invoice as the plugin issues it: each line and each rate rounded once. */
function invoiceOf(goods: readonly Goods[], overrides: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot {
  const currency = overrides.currency_code ?? "usd"
  const lines = goods.map((line, index) => ({
    ...line,
    kind: "item" as const,
    sku: `SKU-${index}`,
    title: `Goods ${index}`,
    subtotal: lineAmount(line.quantity, line.unit_price, currency),
  }))
  const tax_summary = [...new Set(lines.map(({ tax_rate }) => tax_rate))].map((rate) => {
    const ofRate = lines.filter((line) => line.tax_rate === rate)
    const base = sumAmounts(ofRate.map(({ subtotal }) => subtotal), currency)
    const tax = roundAmount(MathBN.div(MathBN.mult(base, rate), 100), currency)
    return { rate, code: `TAX-${rate}`, name: `Tax ${rate} %`, base, tax }
  })
  const parts = [...lines.map(({ subtotal }) => subtotal), ...tax_summary.map(({ tax }) => tax)]
  return {
    invoice_id: "whinv_1",
    order_id: "whord_1",
    store_id: STORE.id,
    numbers: { invoice: "INV-2026-000001", order: "B2B-2026-000001", purchase_order: "PO-2026-000007" },
    currency_code: currency,
    lines,
    tax_summary,
    total: sumAmounts(parts, currency),
    ship_to: { address_1: "Main Street 1", city: "Springfield", postal_code: "12345", country_code: "US" },
    bill_to: { address_1: "Office Park 9", city: "Springfield", country_code: "us" },
    customer: { account_id: "whacc_1", email: "buyer@corner.example", company: "Corner Shop Ltd" },
    ...overrides,
  }
}

/** 3 × 9.99 = 29.97, 7.25 % of it 2.172825 → 2.17: 32.14. */
const SMALL = [{ quantity: 3, unit_price: "9.99", tax_rate: "7.25" }]
/** 12 × 100.00, untaxed: 1,200.00. */
const ROUND = [{ quantity: 12, unit_price: "100", tax_rate: "0" }]

function inputOf(invoice: InvoiceSnapshot, store: MakeCoreOrderInput["store"] = STORE): MakeCoreOrderInput {
  return { core_order_id: coreOrderId(invoice.invoice_id, invoice.order_id), invoice, store }
}

const makeCoreOrderStep = createStep(
  "wholesale-test-make-core-order",
  async (input: MakeCoreOrderInput, { container }) => new StepResponse(await makeCoreOrder(container, input))
)

const exerciseSteps = createWorkflow("wholesale-test-mirror-steps", (input: MakeCoreOrderInput) => {
  const made = makeCoreOrderStep(input)
  const refunded = refundCoreOrderStep({
    core_order_id: made.core_order_id,
    refund_id: "ref_step_1",
    amount: "200.00",
  })
  return new WorkflowResponse({ made, refunded })
})

integrationTestRunner({
  moduleName: "wholesale-mirror-core-order",
  env: { MEDUSA_ADMIN_DISABLE: "true" },
  testSuite: ({ api, getContainer, dbConfig }) => {
    let container: MedusaContainer
    let orders: IOrderModuleService
    let payments: IPaymentModuleService
    let authorization: string | undefined

    beforeEach(() => {
      authorization = undefined
      container = getContainer()
      orders = container.resolve<IOrderModuleService>(Modules.ORDER)
      payments = container.resolve<IPaymentModuleService>(Modules.PAYMENT)
    })

    /** GET as an administrator sees it. */
    const get = async (path: string) => {
      if (!authorization) {
        const keys = container.resolve<IApiKeyModuleService>(Modules.API_KEY)
        const { token } = await keys.createApiKeys({ title: "test", type: "secret", created_by: "test" })
        authorization = `Basic ${Buffer.from(`${token}:`).toString("base64")}`
      }
      const { data } = await api.get(path, { headers: { authorization } })
      return data
    }
    const adminOrder = async (id: string) => (await get(`/admin/orders/${id}`)).order

    const refusal = (promise: Promise<unknown>) =>
      promise.then(
        () => undefined,
        (error: { code?: string; details?: unknown }) => ({ code: error.code, details: error.details })
      )

    /** Everything that may exist only once for a core order, and its money. */
    const books = async (core_order_id: string) => {
      const ids = coreOrderIds(core_order_id)
      const collections = await payments.listPaymentCollections(
        {},
        { relations: ["payment_sessions", "payments.captures", "payments.refunds"] }
      )
      const all = await orders.listOrders({}, { relations: ["transactions", "summary"] })
      const [order] = all
      return {
        orders: all.map(({ id }) => id),
        status: order?.status,
        transactions: (order?.transactions ?? []).map(({ amount }) => Number(amount)).sort((a, b) => b - a),
        summary: order && {
          paid: Number(order.summary?.paid_total),
          refunded: Number(order.summary?.refunded_total),
        },
        collections: collections.map((collection) => ({
          isOurs: collection.id === ids.payment_collection_id,
          sessions: collection.payment_sessions?.length,
          payments: collection.payments?.length,
          captured: collection.payments?.flatMap(({ captures }) => (captures ?? []).map(({ amount }) => Number(amount))),
          refunded: collection.payments
            ?.flatMap(({ refunds }) => (refunds ?? []).map(({ amount }) => Number(amount)))
            .sort((a, b) => b - a),
          refundedTotal: Number(collection.refunded_amount),
        })),
      }
    }
    const booksAfter = (id: string, total: number, refunds: number[], status = "completed") => ({
      orders: [id],
      status,
      transactions: [total, ...refunds.map((amount) => -amount)].sort((a, b) => b - a),
      summary: { paid: total, refunded: refunds.reduce((sum, amount) => sum + amount, 0) },
      collections: [
        {
          isOurs: true,
          sessions: 1,
          payments: 1,
          captured: [total],
          refunded: [...refunds].sort((a, b) => b - a),
          refundedTotal: refunds.reduce((sum, amount) => sum + amount, 0),
        },
      ],
    })

    describe("making", () => {
      it("makes a paid, completed and fulfilled order of the invoice's total, as the dashboard reads it", async () => {
        const [stock_location_id] = await seedLocations(container, "North")
        const { core_order_id } = await makeCoreOrder(
          container,
          inputOf(invoiceOf(SMALL), { ...STORE, stock_location_id })
        )

        const order = await adminOrder(core_order_id)
        expect(order).toMatchObject({
          status: "completed",
          payment_status: "captured",
          fulfillment_status: "delivered",
          total: 32.14,
          subtotal: 29.97,
          tax_total: 2.17,
          discount_total: 0,
          shipping_total: 0,
          original_total: 32.14,
          summary: { paid_total: 32.14, pending_difference: 0, current_order_total: 32.14, refunded_total: 0 },
          payment_collections: [
            {
              status: "completed",
              amount: 32.14,
              captured_amount: 32.14,
              refunded_amount: 0,
              payments: [{ provider_id: "pp_system_default", amount: 32.14, captures: [{ amount: 32.14 }], refunds: [] }],
            },
          ],
          shipping_address: { company: "Corner Shop Ltd", city: "Springfield", country_code: "us" },
          billing_address: { address_1: "Office Park 9" },
          metadata: {
            source: "medusa-wholesale",
            type: "wholesale_invoice",
            wholesale_invoice_id: "whinv_1",
            wholesale_order_id: "whord_1",
            wholesale_store_id: "whstore_1",
            wholesale_invoice_number: "INV-2026-000001",
            wholesale_order_number: "B2B-2026-000001",
            wholesale_purchase_order_number: "PO-2026-000007",
          },
          region_id: null,
          locale: null,
        })
        const goods = order.items.find((item: { variant_sku: string | null }) => item.variant_sku === "SKU-0")
        expect(goods).toMatchObject({
          title: "Goods 0",
          variant_sku: "SKU-0",
          variant_id: null,
          unit_price: 9.99,
          quantity: 3,
          tax_lines: [{ code: "TAX-7.25", rate: 7.25 }],
          detail: { fulfilled_quantity: 3, delivered_quantity: 0 },
        })
        // What the dashboard asks before it offers to fulfil or allocate.
        expect(
          order.items.filter(
            (item: { quantity: number; detail: { fulfilled_quantity: number } }) =>
              item.detail.fulfilled_quantity < item.quantity
          )
        ).toEqual([])
        expect(JSON.stringify(order)).not.toMatch(/\de-\d/)
      })

      it("stands in the order list under the sales channel Wholesale, and is no draft", async () => {
        const { core_order_id, sales_channel_id } = await makeCoreOrder(container, inputOf(invoiceOf(ROUND)))
        const { orders: listed } = await get(`/admin/orders?sales_channel_id[]=${sales_channel_id}&fields=*sales_channel,total,email,is_draft_order,no_notification,payment_status`)
        expect(listed).toMatchObject([
          {
            id: core_order_id,
            total: 1200,
            email: "buyer@corner.example",
            is_draft_order: false,
            no_notification: true,
            payment_status: "captured",
            sales_channel: { id: wholesaleChannelId(STORE.id), name: "Wholesale" },
          },
        ])
      })

      it.each([
        // currency, goods, total and tax worked out by hand
        ["jpy", [{ quantity: 3, unit_price: "33", tax_rate: "8" }], 107, 8], // 99 + 7.92 → 8
        ["kwd", [{ quantity: 7, unit_price: "0.335", tax_rate: "5" }], 2.462, 0.117], // 2.345 + 0.11725
        [
          "usd",
          [
            { quantity: 1, unit_price: "0.5", tax_rate: "7" }, // 0.035 → 0.04
            { quantity: 1, unit_price: "0.25", tax_rate: "10" }, // 0.025 → 0.03
          ],
          0.82,
          0.07,
        ],
        ["eur", [{ quantity: 7, unit_price: "0.3333", tax_rate: "19" }], 2.77, 0.44], // 2.3331 → 2.33, 0.4427
      ])("adds up in %s to the last digit after the database", async (currency_code, goods, total, tax_total) => {
        const { core_order_id } = await makeCoreOrder(container, inputOf(invoiceOf(goods, { currency_code })))
        const order = await adminOrder(core_order_id)
        expect(order).toMatchObject({
          total,
          tax_total,
          payment_status: "captured",
          summary: { pending_difference: 0, paid_total: total },
        })
        expect(JSON.stringify(order)).not.toMatch(/\de-\d/)
      })

      it("moves and reserves no stock, and succeeds when all goods are gone", async () => {
        const [north] = await seedLocations(container, "North")
        const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 0 } }])
        const before = await levelsOf(container, cup)

        const { core_order_id } = await makeCoreOrder(
          container,
          inputOf(invoiceOf([{ ...ROUND[0], variant_id: cup.variant_id }]), { ...STORE, stock_location_id: north })
        )

        expect(await levelsOf(container, cup)).toEqual(before)
        expect(before).toEqual({ [north]: { stocked: 0, reserved: 0 } })
        expect(
          await container.resolve<IInventoryService>(Modules.INVENTORY).listReservationItems({})
        ).toEqual([])
        const { items } = await adminOrder(core_order_id)
        expect(items).toMatchObject([{ variant_id: null, metadata: { variant_id: cup.variant_id } }])
      })

      it("sends no event that a retail subscriber would answer with an e-mail", async () => {
        const bus = container.resolve<IEventBusModuleService>(Modules.EVENT_BUS)
        const emit = jest.spyOn(bus, "emit")
        await makeCoreOrder(container, inputOf(invoiceOf(ROUND)))
        const names = emit.mock.calls.flatMap(([events]) => [events].flat().map(({ name }) => name))
        emit.mockRestore()
        // Only rows that were written are told of, none of core's business events.
        expect(names.filter((name) => !/\.(created|updated|attached)$/.test(name))).toEqual([])
        expect(names).not.toContain("shipment.created")
      })

      it("keeps the total where the region taxes by itself", async () => {
        await container.resolve<IRegionModuleService>(Modules.REGION).createRegions([
          { name: "Elsewhere", currency_code: "usd", countries: ["ca"], automatic_taxes: true },
          { name: "Home", currency_code: "usd", countries: ["us"], automatic_taxes: true },
        ])
        const { core_order_id } = await makeCoreOrder(container, inputOf(invoiceOf(SMALL)))
        const { order } = await get(`/admin/orders/${core_order_id}?fields=+region.name,+region.automatic_taxes,total,tax_total,*items`)
        expect(order).toMatchObject({
          total: 32.14,
          tax_total: 2.17,
          region: { name: "Home", automatic_taxes: true },
        })
      })
    })

    describe("retail promotions", () => {
      it("are not taken, not even those that apply by themselves to every order", async () => {
        await container.resolve<IPromotionModuleService>(Modules.PROMOTION).createPromotions({
          code: "HALF",
          type: "standard",
          status: "active",
          is_automatic: true,
          application_method: {
            type: "percentage",
            target_type: "order",
            allocation: "across",
            value: 50,
            currency_code: "usd",
          },
        })
        const { core_order_id } = await makeCoreOrder(container, inputOf(invoiceOf(ROUND)))
        expect(await adminOrder(core_order_id)).toMatchObject({ total: 1200, discount_total: 0 })
      })
    })

    describe("sales channel and customer", () => {
      it("names each store's channel where several stores trade", async () => {
        const stores = ["A", "B"].map((id) => ({ id: `whstore_${id}`, name: `Store ${id}`, is_only_store: false }))
        await Promise.all(
          stores.map((store) =>
            makeCoreOrder(container, inputOf(invoiceOf(ROUND, { invoice_id: store.id, store_id: store.id }), store))
          )
        )
        const channels = await container
          .resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
          .listSalesChannels({ id: stores.map(({ id }) => wholesaleChannelId(id)) }, { order: { name: "ASC" } })
        expect(channels.map(({ name }) => name)).toEqual(["Wholesale – Store A", "Wholesale – Store B"])
      })

      it("uses the channel the store chose, and its own one again once that is gone", async () => {
        const channels = container.resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
        const chosen = await channels.createSalesChannels({ name: "Trade" })
        const store = { ...STORE, mirror_sales_channel_id: chosen.id }
        const first = await makeCoreOrder(container, inputOf(invoiceOf(ROUND), store))
        expect(first.sales_channel_id).toBe(chosen.id)

        await channels.softDeleteSalesChannels([chosen.id])
        const second = await makeCoreOrder(container, inputOf(invoiceOf(ROUND, { order_id: "whord_2" }), store))
        expect(second.sales_channel_id).toBe(wholesaleChannelId(STORE.id))

        await channels.softDeleteSalesChannels([second.sales_channel_id])
        const third = await makeCoreOrder(container, inputOf(invoiceOf(ROUND, { order_id: "whord_3" }), store))
        expect(third.sales_channel_id).toBe(second.sales_channel_id)
        expect(await channels.listSalesChannels({ id: [second.sales_channel_id] })).toHaveLength(1)
      })

      it("takes the account's customer, else the guest of its e-mail, else makes one for the account", async () => {
        const customers = container.resolve<ICustomerModuleService>(Modules.CUSTOMER)
        const [member, guest] = await customers.createCustomers([
          { email: "member@corner.example", has_account: true },
          { email: "guest@corner.example" },
        ])
        const buy = (order_id: string, customer: Partial<InvoiceSnapshot["customer"]>) =>
          makeCoreOrder(
            container,
            inputOf(invoiceOf(ROUND, { order_id, customer: { account_id: order_id, company: "Corner", ...customer } }))
          )
        expect((await buy("whord_1", { id: member.id })).customer_id).toBe(member.id)
        expect((await buy("whord_2", { email: "Guest@Corner.example" })).customer_id).toBe(guest.id)
        expect((await buy("whord_3", { id: "cus_gone", email: "guest@corner.example" })).customer_id).toBe(guest.id)

        const made = await buy("whord_4", { email: "member@corner.example" })
        expect(await customers.retrieveCustomer(made.customer_id ?? "")).toMatchObject({
          email: "member@corner.example",
          company_name: "Corner",
          has_account: false,
        })
      })

      it("takes the registered customer who verified the e-mail, where the store matches members", async () => {
        const customers = container.resolve<ICustomerModuleService>(Modules.CUSTOMER)
        const auth = container.resolve<IAuthModuleService>(Modules.AUTH)
        const register = async (email: string, { is_verified }: { is_verified: boolean }) => {
          const customer = await customers.createCustomers({ email, has_account: true })
          const login = await auth.createAuthIdentities({
            provider_identities: [{ provider: "emailpass", entity_id: email }],
            app_metadata: { customer_id: customer.id },
          })
          const { code = "" } = await auth.requestAuthVerification({
            auth_identity_id: login.id,
            entity_id: email,
            entity_type: "email",
            code_provider: "token",
          })
          if (is_verified) {
            await auth.confirmAuthVerification({ auth_identity_id: login.id, code, code_provider: "token" })
          }
          return customer.id
        }
        const proved = await register("proved@corner.example", { is_verified: true })
        const claimed = await register("claimed@corner.example", { is_verified: false })
        const buy = async (order_id: string, email: string, match_member: boolean) =>
          (
            await makeCoreOrder(
              container,
              inputOf(
                invoiceOf(ROUND, {
                  order_id,
                  customer: { account_id: order_id, company: "Corner", email, match_member },
                })
              )
            )
          ).customer_id
        expect(await buy("whord_1", "Proved@corner.example", true)).toBe(proved)
        expect(await buy("whord_2", "proved@corner.example", false)).not.toBe(proved)
        expect(await buy("whord_3", "claimed@corner.example", true)).not.toBe(claimed)
      })

      it("makes one customer for an account without e-mail, and none for one that was deleted", async () => {
        const customers = container.resolve<ICustomerModuleService>(Modules.CUSTOMER)
        const invoice = (order_id: string) =>
          inputOf(invoiceOf(ROUND, { order_id, customer: { account_id: "whacc_cash", company: "Cash" } }))
        const made = await Promise.all(
          ["whord_1", "whord_2", "whord_3"].map((order_id) => makeCoreOrder(container, invoice(order_id)))
        )
        expect(new Set(made.map(({ customer_id }) => customer_id)).size).toBe(1)
        await customers.softDeleteCustomers([made[0].customer_id ?? ""])
        expect((await makeCoreOrder(container, invoice("whord_4"))).customer_id).toBeUndefined()
      })
    })

    describe("once only", () => {
      it("makes nothing again for the same id", async () => {
        const input = inputOf(invoiceOf(ROUND))
        const first = await makeCoreOrder(container, input)
        expect(first.repeated).toBe(false)
        expect(await makeCoreOrder(container, input)).toEqual({ ...first, repeated: true })
        expect(await books(input.core_order_id)).toEqual(booksAfter(input.core_order_id, 1200, []))
      })

      it("makes one order when it is asked for eight times at once", async () => {
        const [stock_location_id] = await seedLocations(container, "North")
        const input = inputOf(invoiceOf(SMALL), { ...STORE, stock_location_id })
        const made = await Promise.all(Array.from({ length: 8 }, () => makeCoreOrder(container, input)))
        expect(made.filter(({ repeated }) => !repeated)).toHaveLength(1)
        expect(await books(input.core_order_id)).toEqual(booksAfter(input.core_order_id, 32.14, []))
        expect((await adminOrder(input.core_order_id)).payment_collections).toHaveLength(1)
      })

      // The channel, the customer, the fulfilment, the links, the payment and the order all take part.
      it.each([
        ["before any statement", "before", 20],
        ["when anything was committed", "committed", 4],
      ] as const)(
        "makes one whole order though the connection breaks %s",
        async (_, moment, atLeast) => {
          const connection = new BrokenConnection(container)
          const [stock_location_id] = await seedLocations(container, "North")
          const store = { ...STORE, stock_location_id }
          let statements = 0
          for (let number = 1; ; number++) {
            const input = inputOf(
              invoiceOf(SMALL, {
                order_id: `whord_${moment}_${number}`,
                store_id: `whstore_${number}`,
                customer: { account_id: `whacc_${number}`, email: `${number}@corner.example`, company: "Corner" },
              }),
              { ...store, id: `whstore_${number}` }
            )
            const broken = await connection.during(number, moment, () => makeCoreOrder(container, input))
            const standing = await orders.listOrders({ id: [input.core_order_id] })
            const [collection] = await payments.listPaymentCollections({
              id: [coreOrderIds(input.core_order_id).payment_collection_id],
            })
            // Order and payment are there together or not at all.
            expect([number, broken, Boolean(collection)]).toEqual([number, broken, standing.length === 1])

            await makeCoreOrder(container, input)
            expect(await adminOrder(input.core_order_id)).toMatchObject({
              status: "completed",
              payment_status: "captured",
              fulfillment_status: "delivered",
              total: 32.14,
              summary: { paid_total: 32.14, transaction_total: 32.14, pending_difference: 0 },
              payment_collections: [{ payments: [{ captures: [{ amount: 32.14 }] }] }],
            })
            expect(await orders.retrieveOrder(input.core_order_id)).toMatchObject({
              customer_id: expect.any(String),
              sales_channel_id: wholesaleChannelId(`whstore_${number}`),
            })
            if (broken === undefined) {
              statements = number
              break
            }
          }
          expect(statements).toBeGreaterThan(atLeast)
        }
      )
    })

    describe("refunds", () => {
      const make = async (goods: readonly Goods[] = ROUND, overrides: Partial<InvoiceSnapshot> = {}) =>
        (await makeCoreOrder(container, inputOf(invoiceOf(goods, overrides)))).core_order_id

      it("refunds a part, which core shows as partially refunded", async () => {
        const core_order_id = await make()
        const refund = { core_order_id, refund_id: "ref_1", amount: "200.00", note: "CN-2026-000001" }
        expect(await refundCoreOrder(container, refund)).toEqual({
          core_order_id,
          refund_id: "ref_1",
          amount: "200.00",
          refunded_total: "200.00",
          repeated: false,
        })
        expect(await adminOrder(core_order_id)).toMatchObject({
          status: "completed",
          payment_status: "partially_refunded",
          total: 1200,
          summary: { paid_total: 1200, refunded_total: 200, transaction_total: 1000 },
          payment_collections: [
            { refunded_amount: 200, payments: [{ refunds: [{ id: "ref_1", amount: 200, note: "CN-2026-000001" }] }] },
          ],
        })
      })

      it("refunds once for the same id, one after the other and six times at once", async () => {
        const core_order_id = await make()
        const refund = { core_order_id, refund_id: "ref_1", amount: "200" }
        const done = await Promise.all(Array.from({ length: 6 }, () => refundCoreOrder(container, refund)))
        expect(done.filter(({ repeated }) => !repeated)).toHaveLength(1)
        expect(await refundCoreOrder(container, refund)).toMatchObject({ repeated: true, refunded_total: "200.00" })
        expect(await books(core_order_id)).toEqual(booksAfter(core_order_id, 1200, [200]))
      })

      it("never refunds more than was paid, whatever runs at once", async () => {
        const core_order_id = await make()
        // 5 × 300.00 against 1,200.00: four pass.
        const outcomes = await Promise.all(
          [1, 2, 3, 4, 5].map((n) =>
            refusal(refundCoreOrder(container, { core_order_id, refund_id: `ref_${n}`, amount: "300" }))
          )
        )
        expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(4)
        expect(outcomes.find((outcome) => outcome !== undefined)).toMatchObject({
          code: "refund_exceeds_payment",
          details: { amount: "300.00", captured: "1200.00", refunded: "1200.00", left: "0.00" },
        })
        expect(await books(core_order_id)).toEqual(booksAfter(core_order_id, 1200, [300, 300, 300, 300]))
        expect((await adminOrder(core_order_id)).payment_status).toBe("refunded")
      })

      it("refuses one minor unit too many, which core itself would let through", async () => {
        // 3 × 33 + 8 = 107 JPY.
        const core_order_id = await make([{ quantity: 3, unit_price: "33", tax_rate: "8" }], { currency_code: "jpy" })
        const refund = (amount: string) =>
          refusal(refundCoreOrder(container, { core_order_id, refund_id: `ref_${amount}`, amount }))
        expect(await refund("108")).toMatchObject({ code: "refund_exceeds_payment" })
        expect(await refund("0")).toMatchObject({ code: "refund_exceeds_payment" })
        expect(await refund("-1")).toMatchObject({ code: "refund_exceeds_payment" })
        expect(await books(core_order_id)).toEqual(booksAfter(core_order_id, 107, []))
      })

      it("refuses the same id with another amount, and an order that was not made", async () => {
        const core_order_id = await make()
        await refundCoreOrder(container, { core_order_id, refund_id: "ref_1", amount: "200" })
        expect(
          await refusal(refundCoreOrder(container, { core_order_id, refund_id: "ref_1", amount: "201" }))
        ).toMatchObject({ code: "refund_differs", details: { amount: "201.00", refunded: "200.00" } })
        expect(
          await refusal(refundCoreOrder(container, { core_order_id: "order_none", refund_id: "ref_1", amount: "1" }))
        ).toMatchObject({ code: "not_found" })
      })

      it.each([
        ["before any statement", "before", 10],
        ["when anything was committed", "committed", 1],
      ] as const)(
        "refunds and reverses once though the connection breaks %s",
        async (_, moment, atLeast) => {
          const connection = new BrokenConnection(container)
          const core_order_id = await make(ROUND)
          const given: number[] = []
          for (let number = 1; ; number++) {
            const refund = { core_order_id, refund_id: `ref_${number}`, amount: "1.00" }
            const broken = await connection.during(number, moment, () => refundCoreOrder(container, refund))
            const after = await books(core_order_id)
            const stands = after.collections[0].refunded?.length === number
            expect(after).toEqual(booksAfter(core_order_id, 1200, stands ? [...given, 1] : given))

            await refundCoreOrder(container, refund)
            given.push(1)
            expect(await books(core_order_id)).toEqual(booksAfter(core_order_id, 1200, given))
            if (broken === undefined) {
              break
            }
          }
          expect(given.length).toBeGreaterThan(atLeast)

          const left = 1200 - given.length
          const reversal = { core_order_id, refund_id: "ref_last", amount_left: String(left) }
          for (let number = 1; ; number++) {
            const broken = await connection.during(number, moment, () => reverseCoreOrder(container, reversal))
            const after = await books(core_order_id)
            if (after.status === "canceled") {
              expect(after).toEqual(booksAfter(core_order_id, 1200, [...given, left], "canceled"))
              break
            }
            expect([broken, after]).toEqual([expect.any(String), booksAfter(core_order_id, 1200, given)])
          }
          expect(await reverseCoreOrder(container, reversal)).toMatchObject({ repeated: true })
        }
      )
    })

    describe("reversing", () => {
      it("refunds what is left and cancels the order, so that it no longer counts", async () => {
        const [north] = await seedLocations(container, "North")
        const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 38 } }])
        const { core_order_id } = await makeCoreOrder(
          container,
          inputOf(invoiceOf([{ ...ROUND[0], variant_id: cup.variant_id }]), { ...STORE, stock_location_id: north })
        )
        await refundCoreOrder(container, { core_order_id, refund_id: "ref_1", amount: "200" })
        const reversal = { core_order_id, refund_id: "ref_2", amount_left: "1000.00", note: "Order cancelled" }

        const done = await Promise.all(Array.from({ length: 4 }, () => reverseCoreOrder(container, reversal)))

        expect(done.filter(({ repeated }) => !repeated)).toEqual([
          { core_order_id, refunded_amount: "1000.00", refunded_total: "1200.00", repeated: false },
        ])
        expect(await reverseCoreOrder(container, reversal)).toMatchObject({ refunded_amount: "0.00", repeated: true })
        expect(await books(core_order_id)).toEqual(booksAfter(core_order_id, 1200, [1000, 200], "canceled"))
        expect(await adminOrder(core_order_id)).toMatchObject({
          status: "canceled",
          payment_status: "refunded",
          summary: { transaction_total: 0 },
        })
        expect((await orders.retrieveOrder(core_order_id)).canceled_at).toEqual(expect.anything())
        expect((await get("/admin/orders?status[]=completed&status[]=pending")).count).toBe(0)
        expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 38, reserved: 0 } })
        expect(
          await refusal(refundCoreOrder(container, { core_order_id, refund_id: "ref_3", amount: "1" }))
        ).toMatchObject({ code: "core_order_canceled" })
        // A refund made before the reversal is still answered as made.
        expect(
          await refundCoreOrder(container, { core_order_id, refund_id: "ref_1", amount: "200" })
        ).toMatchObject({ repeated: true })
      })

      it("waits for a credit note that the books have and core has not refunded", async () => {
        const { core_order_id } = await makeCoreOrder(container, inputOf(invoiceOf(ROUND)))
        expect(
          await refusal(reverseCoreOrder(container, { core_order_id, refund_id: "ref_2", amount_left: "1000" }))
        ).toMatchObject({ code: "refunds_outstanding", details: { left: "1200.00", amount_left: "1000" } })
        expect(await books(core_order_id)).toEqual(booksAfter(core_order_id, 1200, []))
      })

      it("gives back only what a refund by hand left", async () => {
        const { core_order_id } = await makeCoreOrder(container, inputOf(invoiceOf(ROUND)))
        await payments.refundPayment({ payment_id: coreOrderIds(core_order_id).payment_id, amount: 100 })
        expect(
          await reverseCoreOrder(container, { core_order_id, refund_id: "ref_2", amount_left: "1200" })
        ).toMatchObject({ refunded_amount: "1100.00", refunded_total: "1200.00" })
        expect((await adminOrder(core_order_id)).status).toBe("canceled")
      })
    })

    it("runs as steps of a workflow, and once when the workflow runs again", async () => {
      const input = inputOf(invoiceOf(ROUND))
      const { result } = await exerciseSteps(container).run({ input })
      expect(result).toMatchObject({
        made: { core_order_id: input.core_order_id, repeated: false },
        refunded: { amount: "200.00", repeated: false },
      })
      const { result: again } = await exerciseSteps(container).run({ input })
      expect(again).toMatchObject({
        made: { repeated: true },
        refunded: { repeated: true },
      })
      expect(await books(input.core_order_id)).toEqual(booksAfter(input.core_order_id, 1200, [200]))
    })

    it("makes, refunds and reverses once in two server processes", async () => {
      const invoices = Array.from({ length: 6 }, (_, n) => inputOf(invoiceOf(ROUND, { order_id: `whord_${n}` })))
      const tasks: CoreOrderTasks = {
        make: invoices,
        refund: invoices.map(({ core_order_id }, n) => ({ core_order_id, refund_id: `ref_${n}`, amount: "200" })),
        reverse: invoices
          .slice(0, 3)
          .map(({ core_order_id }, n) => ({ core_order_id, refund_id: `ref_last_${n}`, amount_left: "1000" })),
      }
      const workers = [startWorker(dbConfig.clientUrl, tasks), startWorker(dbConfig.clientUrl, tasks)]
      await Promise.all(workers.map(({ ready }) => ready))
      const done = await Promise.all(workers.map(({ go }) => go()))

      expect(done[0].made + done[1].made).toBe(6)
      expect(done[0].refunded + done[1].refunded).toBe(6)
      expect(done[0].reversed + done[1].reversed).toBe(3)
      const all = await orders.listOrders({}, { relations: ["transactions"] })
      expect(
        all.map(({ status, transactions }) => [status, transactions?.map(({ amount }) => Number(amount)).sort()]).sort()
      ).toEqual([
        ...Array.from({ length: 3 }, () => ["canceled", [-1000, -200, 1200]]),
        ...Array.from({ length: 3 }, () => ["completed", [-200, 1200]]),
      ])
      expect(await payments.listRefunds({})).toHaveLength(9)
      expect(
        await container.resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL).listSalesChannels({ name: "Wholesale" })
      ).toHaveLength(1)
    })

    it("makes an order of 1,000 lines", async () => {
      // 1,000 × 2 × 1.15 = 2,300.00; 7.25 % of it is 166.75.
      const goods = Array.from({ length: 1000 }, () => ({ quantity: 2, unit_price: "1.15", tax_rate: "7.25" }))
      const { core_order_id } = await makeCoreOrder(container, inputOf(invoiceOf(goods)))
      expect(await adminOrder(core_order_id)).toMatchObject({ total: 2466.75, tax_total: 166.75 })
    })
  },
})

/** A second server process on the same database; see `core-order-in-process.ts`. */
function startWorker(databaseUrl: string, tasks: CoreOrderTasks) {
  const child = spawn(
    process.execPath,
    [
      require.resolve("@medusajs/cli/cli.js"),
      "exec",
      resolve(__dirname, "../helpers/core-order-in-process.ts"),
      JSON.stringify(tasks),
    ],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl, MEDUSA_ADMIN_DISABLE: "true" },
      stdio: ["pipe", "pipe", "pipe"],
    }
  )
  let output = ""
  child.stderr.on("data", (chunk) => {
    output += chunk
  })
  const lines = createInterface(child.stdout)
  const line = (start: string) =>
    new Promise<string>((found, reject) => {
      lines.on("line", (text) => {
        output += `${text}\n`
        if (text.startsWith(start)) {
          found(text.slice(start.length))
        }
      })
      child.once("exit", (code) => reject(new Error(`The worker ended with ${code}:\n${output}`)))
    })
  return {
    ready: line("READY"),
    go: async () => {
      const result = line("RESULT ")
      child.stdin.end("go\n")
      return JSON.parse(await result) as { made: number; refunded: number; reversed: number }
    },
  }
}
