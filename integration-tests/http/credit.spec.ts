import type { INotificationModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import type { StoreClient } from "../../scripts/fixture/store-client"
import { createTradingStores,  type TradingStores } from "../../scripts/fixture/trading-stores"
import reconcileJob from "../../src/jobs/reconcile"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { CREDIT_NOTICE_TEMPLATE } from "../../src/workflows/credit/send-credit-notices"
import { brokenBooks, rowsOf } from "../helpers/books"
import { atTime } from "../helpers/clock"
import { integrationTestRunner } from "../helpers/integration-test-runner"
import { advance, creditOf, enterOrder, offerItems, openAccount, type OrderAnswer } from "../helpers/selling"
import { stockLevel } from "../helpers/stock-level"
import { loginTo } from "../helpers/store-login"

jest.setTimeout(180_000)

interface HeldOrder extends OrderAnswer {
  readonly held_at: string | null
  readonly hold_kinds: readonly string[] | null
  readonly parent_id: string | null
  readonly events: readonly { readonly event: string }[]
  readonly credit_holds: readonly { readonly id: string; readonly kind: string; readonly figures: object }[]
  readonly credit_decisions: readonly { readonly kind: string; readonly is_override: boolean }[]
}

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let crate: StockedVariant
    let seller: StoreClient
    let account_id: string

    beforeAll(async () => {
      stores = await createTradingStores(getContainer())
      const location = stores.distributor.location_id
      const [first, thousand] = await createStockedProducts(getContainer(), location, [
        { title: "Crate", sku: "CRATE", stock: 500 },
        { title: "Thousand", sku: "THOUSAND", stock: 5_000 },
      ])
      crate = first
      await login()
      await offerItems(seller, [
        { variant: crate, price: 850 },
        { variant: thousand, price: 1_000 },
      ])
      await seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, {
        credit_manager_email: "credit@north.test",
        invoice_on: "approval",
      })
    })

    beforeEach(async () => {
      await login()
      const account = await openAccount(seller, { company_name: "Elm Stores", credit_limit: 75_000 })
      account_id = account.id
      await seller.post(`/admin/wholesale/accounts/${account_id}`, { sales_rep_email: "rep@north.test" })
      await rules({ policy: "hold" })
    })

    async function login() {
      seller = await loginTo(api, stores.distributor)
    }

    const rules = (body: object) => seller.post(`/admin/wholesale/credit-accounts/${account_id}`, body)
    const preset = () => seller.post(`/admin/wholesale/credit-accounts/${account_id}/apply-preset`)
    const order = async (sku: string, quantity: number) =>
      (await enterOrder(seller, { account_id, lines: [{ sku, quantity }] })) as HeldOrder
    const read = async (id: string) =>
      (await seller.get<{ order: HeldOrder }>(`/admin/wholesale/orders/${id}`)).order
    const decide = (id: string, body: object, key?: string) =>
      seller.request("POST", `/admin/wholesale/orders/${id}/decide-credit`, body, { key })
    const available = async () =>
      (await stockLevel(getContainer(), crate.inventory_item_id, stores.distributor.location_id)).available
    const noticesOf = (order_id: string) =>
      getContainer()
        .resolve<INotificationModuleService>(Modules.NOTIFICATION)
        .listNotifications({ resource_id: order_id }, { order: { created_at: "ASC" } })
    const told = async (order_id: string) =>
      (await noticesOf(order_id)).map(({ to, data }) => `${to}: ${data?.event}`)
    /** What the ledger says of an order: kind, and what it moved of balance and reservations. */
    const entriesOf = async (order_id: string) =>
      (
        await rowsOf<{ kind: string; balance_delta: string; reserved_delta: string }>(
          getContainer(),
          `select kind, balance_delta, reserved_delta from wholesale_credit_entry
            where reference_id = ? order by sequence`,
          [order_id]
        )
      ).map(({ kind, balance_delta, reserved_delta }) => `${kind} ${Number(balance_delta)} ${Number(reserved_delta)}`)
    const expectBooksInOrder = async () => {
      await reconcileJob(getContainer())
      expect(await brokenBooks(getContainer(), [stores.distributor.id])).toEqual({})
    }
    /** It went on once: one release in its history, its credit taken once, one notice a person. */
    const expectReleasedOnce = async (id: string, amount: number) => {
      expect(await read(id)).toMatchObject({ status: "pending", held_at: null, hold_kinds: null })
      expect(await entriesOf(id)).toEqual([`reserve 0 ${amount}`])
      expect((await read(id)).events.filter(({ event }) => event === "release")).toHaveLength(1)
      expect((await told(id)).filter((line) => line.endsWith(": released"))).toHaveLength(2)
    }
    /** Owes so many thousands, on an invoice. */
    const owing = async (thousands: number): Promise<string> => {
      const { id } = await order("THOUSAND", thousands)
      const { invoices } = await advance(seller, id, "approve")
      return invoices[0].id
    }
    const pay = (invoice_id: string, amount: number) =>
      seller.post("/admin/wholesale/payments", { invoice_id, amount, method: "bank_transfer" })

    it("holds an order beyond the limit, tells who must know, takes no stock and no credit, and is not approved", async () => {
      await owing(45)
      const before = await available()
      const held = await order("CRATE", 100)
      // 100 × 850 = 85,000; 45,000 + 85,000 = 130,000; 130,000 − 75,000 = 55,000
      const figures = { limit: "75000.00", exposure: "45000.00", order_amount: "85000.00", exposure_after: "130000.00" }
      expect(await read(held.id)).toMatchObject({
        status: "pending",
        held_at: expect.any(String),
        hold_kinds: ["hard"],
        credit_holds: [{ kind: "hard", basis: "account", figures: { ...figures, over_by: "55000.00" } }],
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 45_000, reserved: 0, exposure: 45_000 })
      expect(await told(held.id)).toEqual(["credit@north.test: held", "rep@north.test: held"])

      expect(await seller.request("POST", `/admin/wholesale/orders/${held.id}/approve`)).toMatchObject({
        status: 409,
        body: { code: "order_on_credit_hold", details: { order_id: held.id, holds: [{ kind: "hard", figures }] } },
      })
      expect(await available()).toBe(before)
      expect(await seller.get(`/admin/wholesale/credit-holds?account_id=${account_id}`)).toMatchObject({
        credit_holds: [{ order_id: held.id, order_number: held.number, amount: 85_000, status: "active" }],
        count: 1,
      })
    })

    it("lets as much go on as was decided, by an override where that is beyond the hard line, once", async () => {
      await owing(45)
      await preset()
      const held = await order("CRATE", 100)
      const preview = (query = "") => seller.get(`/admin/wholesale/orders/${held.id}/split-preview${query}`)
      // The hard line leaves 71,250 − 45,000 = 26,250: 30 × 850 = 25,500 of it
      expect(await preview()).toMatchObject({
        split: {
          amount: 26_250,
          goes_on: { total: 25_500, quantity: 30 },
          waits: { total: 59_500, quantity: 70 },
          exposure_after: 70_500,
          is_beyond_hard_line: false,
        },
      })
      expect(await preview("?amount=30000")).toMatchObject({
        split: {
          goes_on: { total: 29_750, quantity: 35, lines: [{ sku: "CRATE", quantity: 35 }] },
          waits: { total: 55_250, quantity: 65 },
          exposure_after: 74_750,
          is_beyond_hard_line: true,
        },
      })
      const partial = { decision: "partial", amount: 30_000, reason: "Half of the season" }
      // 35 × 850 = 29,750 fit; 45,000 + 29,750 = 74,750 is beyond 95 % of 75,000 = 71,250
      expect(await decide(held.id, partial)).toMatchObject({
        status: 409,
        body: {
          code: "override_required",
          details: { amount: "29750.00", reasons: [{ kind: "hard", figures: { exposure_after: "74750.00" } }] },
        },
      })
      expect(await read(held.id)).toMatchObject({ total: 85_000, hold_kinds: ["hard"], credit_decisions: [] })

      const answers = await Promise.all([1, 2].map(() => decide(held.id, { ...partial, override: true }, "once")))
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
      expect(await read(held.id)).toMatchObject({
        status: "pending",
        total: 29_750,
        held_at: null,
        lines: [{ quantity: 35 }],
        credit_holds: [],
        credit_decisions: [{ kind: "partial", is_override: true, amount: 29_750, reason: "Half of the season" }],
      })
      const { orders } = await seller.get<{ orders: HeldOrder[] }>(`/admin/wholesale/orders?account_id=${account_id}`)
      const [child, ...others] = orders.filter(({ parent_id }) => parent_id === held.id)
      expect(others).toEqual([])
      // 65 × 850 = 55,250
      expect(await read(child.id)).toMatchObject({
        number: `${held.number}-1`,
        status: "pending",
        total: 55_250,
        hold_kinds: ["hard"],
        lines: [{ quantity: 65 }],
        credit_holds: [{ kind: "hard", figures: { exposure: "74750.00", exposure_after: "130000.00" } }],
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 45_000, reserved: 29_750 })

      await advance(seller, held.id, "approve")
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 74_750, reserved: 0 })
      // What waits may go on, too, and is approved, shipped and cancelled like any order.
      expect(await decide(child.id, { decision: "approve", override: true, reason: "Paid by phone" })).toMatchObject({
        status: 200,
      })
      await advance(seller, child.id, "approve", ["cancel", { reason: "Not wanted" }])
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 74_750, reserved: 0 })
    })

    it("releases an order once there is room, by payment after payment, unless a person's hold remains", async () => {
      const invoice_id = await owing(45)
      await preset()
      const held = await order("THOUSAND", 28)
      // 45,000 + 28,000 = 73,000, 97.3 % of 75,000
      expect(await read(held.id)).toMatchObject({
        hold_kinds: ["hard"],
        credit_holds: [{ figures: { used_percent: "97.3" } }],
      })
      await pay(invoice_id, 5_000)
      // 40,000 + 28,000 = 68,000, 90.7 %
      expect(await read(held.id)).toMatchObject({
        hold_kinds: ["soft"],
        credit_holds: [{ kind: "soft", figures: { used_percent: "90.7" } }],
      })
      const { credit_hold } = await seller.post<{ credit_hold: { id: string } }>("/admin/wholesale/credit-holds", {
        order_id: held.id,
        reason: "Buyer is being checked",
      })
      await pay(invoice_id, 8_000)
      // 32,000 + 28,000 = 60,000, 80.0 %: at the line, and not beyond
      expect(await read(held.id)).toMatchObject({ hold_kinds: ["manual"] })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 32_000, reserved: 0 })

      await seller.post(`/admin/wholesale/credit-holds/${credit_hold.id}/lift`, { reason: "Checked" })
      expect(await read(held.id)).toMatchObject({ status: "pending", held_at: null, hold_kinds: null })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 32_000, reserved: 28_000 })
      expect((await told(held.id)).filter((line) => line.endsWith(": released"))).toHaveLength(2)
      await advance(seller, held.id, "approve")
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 60_000, reserved: 0 })
    })

    // Case 5. 1 January + 30 days: due on 31 January; 28 days of February and 17 of March are 45.
    it("lets go on what is 45 days late, holds it from day 46 on, and minds no residue within the tolerance", async () => {
      await rules({ past_due_days: 45, past_due_tolerance: "1.00" })
      const invoice_id = await atTime("2026-01-01T10:00:00Z", () => owing(5))
      const [passes, held] = [
        await atTime("2026-03-17T23:00:00Z", () => order("CRATE", 1)),
        await atTime("2026-03-18T01:00:00Z", () => order("CRATE", 1)),
      ]
      expect(await read(passes.id)).toMatchObject({ held_at: null, credit_holds: [] })
      const figures = {
        amount: "5000.00", oldest_due_on: "2026-01-31", days_late: 46, past_due_days: 45, tolerance: "1.00",
      }
      expect(await read(held.id)).toMatchObject({
        hold_kinds: ["past_due"],
        credit_holds: [{ kind: "past_due", basis: "account", figures }],
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 5_000, reserved: 850 })

      await atTime("2026-03-18T02:00:00Z", async () => {
        // 5,000 − 4,998.60 = 1.40, beyond the tolerance; less 1.00 it is 0.40
        await pay(invoice_id, 4_998.6)
        expect(await read(held.id)).toMatchObject({ credit_holds: [{ figures: { ...figures, amount: "1.40" } }] })
        await pay(invoice_id, 1)
        expect(await read(held.id)).toMatchObject({ held_at: null })
        expect(await read((await order("CRATE", 1)).id)).toMatchObject({ held_at: null })
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0.4, reserved: 2_550 })
    })

    it("releases an order by a credit note, at once and once", async () => {
      const invoice_id = await owing(45)
      const held = await order("THOUSAND", 40)
      const credit = (amount: number, key?: string) =>
        seller.request("POST", "/admin/wholesale/credit-notes", { invoice_id, amount, reason: "Short delivery" }, { key })
      // 45,000 − 9,999.99 + 40,000 is a cent beyond 75,000
      expect(await credit(9_999.99)).toMatchObject({ status: 201 })
      expect(await read(held.id)).toMatchObject({ hold_kinds: ["hard"], credit_holds: [{ figures: { over_by: "0.01" } }] })
      const cents = await Promise.all([credit(0.01, "cent"), credit(0.01, "cent"), credit(0.01)])
      expect(cents.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
      await expectReleasedOnce(held.id, 40_000)
      await expectBooksInOrder()
      await expectReleasedOnce(held.id, 40_000)
    })

    it("releases by the reconcile job alone what no verb came to look at", async () => {
      const invoice_id = await owing(45)
      const [first, second] = [await order("THOUSAND", 35), await order("THOUSAND", 31)]
      expect(await read(first.id)).toMatchObject({ hold_kinds: ["hard"] })
      // 45,000 + 35,000, and not 31,000 more; nobody looks at orders when rows are written by hand.
      const limit = (amount: number) =>
        rowsOf(getContainer(), "update wholesale_credit_account set credit_limit = ?, raw_credit_limit = ? where account_id = ?", [
          amount,
          JSON.stringify({ value: String(amount), precision: 20 }),
          account_id,
        ])
      await limit(80_000)
      expect(await read(first.id)).toMatchObject({ hold_kinds: ["hard"] })
      await Promise.all([reconcileJob(getContainer()), reconcileJob(getContainer())])
      await expectReleasedOnce(first.id, 35_000)
      expect(await read(second.id)).toMatchObject({ hold_kinds: ["hard"] })

      // The process dies with the payment committed, before it is in the ledger and before anybody looks.
      await getContainer()
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .recordPayment({
          store_id: stores.distributor.id,
          invoice_id,
          amount: "31000",
          method: "cheque",
          received_at: new Date(),
          actor: { actor_type: "user", actor_id: stores.distributor.user.id },
        })
      expect(await read(second.id)).toMatchObject({ hold_kinds: ["hard"] })
      await Promise.all([reconcileJob(getContainer()), reconcileJob(getContainer())])
      await expectReleasedOnce(second.id, 31_000)
      // 45,000 − 31,000; 35,000 + 31,000
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 14_000, reserved: 66_000, exposure: 80_000 })
      await expectBooksInOrder()
    })

    it.each([0, 1, 2])("releases once where payments and the reconcile job look at the same time (%i)", async () => {
      const invoice_id = await owing(45)
      const held = await order("THOUSAND", 40)
      const waits = await order("THOUSAND", 36)
      const job = () => reconcileJob(getContainer())
      // After one payment 40,000 + 36,000 is still beyond 75,000; after both, 35,000 + 40,000 is just that, and who
      // waits next finds nothing.
      await Promise.all([job(), pay(invoice_id, 5_000), job(), pay(invoice_id, 5_000), job()])
      await expectReleasedOnce(held.id, 40_000)
      expect(await read(waits.id)).toMatchObject({ hold_kinds: ["hard"] })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 35_000, reserved: 40_000 })
      await expectBooksInOrder()
    })

    it("tells credit manager and sales representative of a soft hold, a person's, a part that goes on and a refusal", async () => {
      await owing(45)
      await preset()
      const held = await order("THOUSAND", 20)
      // 45,000 + 20,000 = 65,000, 86.7 % of 75,000; 15 of the 20 come to 60,000, 80 %
      expect(await decide(held.id, { decision: "partial", amount: 15_000, reason: "Half" })).toMatchObject({ status: 200 })
      const { credit_hold } = await seller.post<{ credit_hold: { id: string } }>("/admin/wholesale/credit-holds", {
        order_id: held.id,
        reason: "Who is this?",
      })
      const { orders } = await seller.get<{ orders: HeldOrder[] }>(`/admin/wholesale/orders?account_id=${account_id}`)
      const [child] = orders.filter(({ parent_id }) => parent_id === held.id)
      expect(await decide(child.id, { decision: "decline", reason: "Too much" })).toMatchObject({ status: 200 })

      const rest = { company_name: "Elm Stores", currency_code: "usd" }
      const soft = { kind: "soft", basis: "account" }
      const event = (name: string, details: object) =>
        ["credit@north.test", "rep@north.test"].map((to) => ({
          to,
          channel: "email",
          template: CREDIT_NOTICE_TEMPLATE,
          data: { event: name, ...rest, ...details },
        }))
      const sent = async (id: string) =>
        (await noticesOf(id)).sort((a, b) => order_of(a) - order_of(b) || a.to.localeCompare(b.to))
      const order_of = ({ data }: { data: Record<string, unknown> | null }) =>
        ["held soft", "partially_approved soft", "held manual", "declined soft"].indexOf(
          `${data?.event} ${(data?.reasons as { kind: string }[])[0].kind}`
        )
      expect(await sent(held.id)).toMatchObject([
        ...event("held", { order_number: held.number, amount: "20000.00", reasons: [{ ...soft, figures: { used_percent: "86.7" } }] }),
        ...event("partially_approved", {
          amount: "15000.00", reason: "Half", is_override: false, child_order_id: child.id, reasons: [soft],
        }),
        ...event("held", {
          amount: "15000.00",
          reasons: [{ kind: "manual", basis: "order", figures: { hold_id: credit_hold.id, reason: "Who is this?" } }],
        }),
      ])
      expect(await sent(child.id)).toMatchObject(
        event("declined", { order_number: child.number, amount: "5000.00", reason: "Too much", reasons: [soft] })
      )
    })

    describe("a reversal happens once, also where two ask at once (case 12)", () => {
      const both = (verb: () => Promise<{ status: number; body: object }>) => Promise.all([verb(), verb()])
      const codes = (answers: readonly { status: number; body: { code?: unknown } }[]) =>
        answers.map(({ status, body }) => (status === 200 ? "done" : String(body.code))).sort()

      it("of an order cancelled after a part payment: what was paid is credit, of one credit note", async () => {
        const before = await available()
        const { id, lines } = await order("CRATE", 10)
        const { invoices } = await advance(seller, id, "approve")
        await pay(invoices[0].id, 3_000)
        // 8,500 − 3,000
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: 5_500, reserved: 0 })
        expect(await available()).toBe(before - 10)
        expect(lines).toHaveLength(1)
        const cancel = () => seller.request("POST", `/admin/wholesale/orders/${id}/cancel`, { reason: "Not wanted" })
        const [first, second] = codes(await both(cancel))
        expect(["not_allowed", "operation_in_progress"]).toContain(second)
        expect(first).toBe("done")
        expect(await read(id)).toMatchObject({ status: "cancelled" })
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: -3_000, reserved: 0, exposure: -3_000 })
        expect(await available()).toBe(before)
        expect(
          await seller.get(`/admin/wholesale/credit-notes?invoice_id=${invoices[0].id}`)
        ).toMatchObject({ credit_notes: [{ total: 8_500 }], count: 1 })
        expect(await cancel()).toMatchObject({ status: 409, body: { code: "not_allowed" } })
        await expectBooksInOrder()
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: -3_000 })
      })

      it("of an order rejected after its credit was reserved", async () => {
        const { id } = await order("CRATE", 10)
        const reject = () => seller.request("POST", `/admin/wholesale/orders/${id}/reject`, { reason: "Sold out" })
        const [first, second] = codes(await both(reject))
        expect(["not_allowed", "operation_in_progress"]).toContain(second)
        expect(first).toBe("done")
        expect(await entriesOf(id)).toEqual(["reserve 0 8500", "void 0 -8500"])
        expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
        expect(await reject()).toMatchObject({ status: 409, body: { code: "not_allowed" } })
        await expectBooksInOrder()
      })

      it("of quantities that are edited down and up", async () => {
        const { id, lines } = await order("CRATE", 10)
        const edit = (quantity: number, key?: string) => () =>
          seller.request("POST", `/admin/wholesale/orders/${id}/edit`, { lines: [{ line_id: lines[0].id, quantity }] }, { key })
        for (const [quantity, key] of [[6, undefined], [8, undefined], [4, "less"], [9, "more"]] as const) {
          await both(edit(quantity, key))
          expect(await read(id)).toMatchObject({ total: quantity * 850, lines: [{ quantity }] })
          expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: quantity * 850 })
        }
        // Each time all of it is given back, and 6, 8, 4 and 9 × 850 taken.
        expect(await entriesOf(id)).toEqual([
          "reserve 0 8500",
          ...[[8_500, 5_100], [5_100, 6_800], [6_800, 3_400], [3_400, 7_650]].flatMap(([had, takes]) => [
            `suspend 0 -${had}`,
            `resume 0 ${takes}`,
          ]),
        ])
        await expectBooksInOrder()
      })
    })

    it("turns a held order down for good, and gives an order's credit back while a person holds it", async () => {
      const placed = await order("CRATE", 10)
      expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 8_500 })
      await seller.post("/admin/wholesale/credit-holds", { order_id: placed.id, reason: "Wrong address" })
      expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 0 })
      expect(await decide(placed.id, { decision: "decline", reason: "Not this time" })).toMatchObject({
        status: 200,
        body: { order: { status: "rejected", rejection_reason: "Not this time", held_at: null } },
      })
      expect(await decide(placed.id, { decision: "approve", reason: "After all" })).toMatchObject({
        status: 409,
        body: { code: "order_not_on_credit_hold" },
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
    })

    it("holds all new orders of an account on a person's word, prepaid ones until the money is there, and never what has its credit", async () => {
      const before = await order("CRATE", 1)
      const hold = await seller.post<{ credit_hold: { id: string } }>("/admin/wholesale/credit-holds", {
        account_id,
        reason: "Insolvent?",
      })
      const after = await order("CRATE", 1)
      expect(await read(before.id)).toMatchObject({ held_at: null })
      expect(await read(after.id)).toMatchObject({ hold_kinds: ["manual"] })
      expect(
        await seller.get(`/admin/wholesale/credit-holds?account_id=${account_id}&basis=account&order=placed_at`)
      ).toMatchObject({
        credit_holds: [{ order_id: null, amount: null }, { order_id: after.id, amount: 850, currency_code: "usd" }],
      })
      await seller.post(`/admin/wholesale/credit-holds/${hold.credit_hold.id}/lift`, { reason: "Solvent" })
      expect(await read(after.id)).toMatchObject({ held_at: null })

      await seller.post(`/admin/wholesale/accounts/${account_id}`, { terms: { type: "prepaid" } })
      const prepaid = await order("CRATE", 1)
      // Exposure 1,700 of the two before; credit on account must carry all of it and 850 more.
      expect(await read(prepaid.id)).toMatchObject({
        hold_kinds: ["hard"],
        credit_holds: [{ figures: { prepaid: true, limit: "0.00", exposure_after: "2550.00" } }],
      })
      await seller.post(`/admin/wholesale/credit-accounts/${account_id}/adjust`, { amount: -2_550, reason: "Cash" })
      expect(await read(prepaid.id)).toMatchObject({ held_at: null })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: -2_550, reserved: 2_550 })
    })

    it("follows an order that is edited: more is asked for, less is given back, each at once and once", async () => {
      const { id, lines } = await order("CRATE", 40)
      const edit = (quantity: number, key?: string) =>
        seller.request("POST", `/admin/wholesale/orders/${id}/edit`, { lines: [{ line_id: lines[0].id, quantity }] }, { key })
      // 40 × 850 = 34,000; 60 × 850 = 51,000 of 75,000
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 34_000 })
      expect(await edit(60, "more")).toMatchObject({ status: 200, body: { order: { total: 51_000, held_at: null } } })
      expect(await edit(60, "more")).toMatchObject({ status: 200, body: { order: { total: 51_000 } } })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 51_000, available: 24_000 })

      // 100 × 850 = 85,000 is 10,000 over: it waits, without credit; 80 × 850 = 68,000 go on again
      expect(await edit(100)).toMatchObject({ status: 200, body: { order: { total: 85_000, hold_kinds: ["hard"] } } })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 0 })
      expect(await edit(80)).toMatchObject({ status: 200, body: { order: { total: 68_000, held_at: null } } })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 68_000 })

      // Less makes room for who waits: 68,000 + 10,000 pass 75,000, 42,500 + 10,000 do not
      const waiting = await order("THOUSAND", 10)
      expect(await read(waiting.id)).toMatchObject({ hold_kinds: ["hard"] })
      const at_once = await Promise.all([edit(50, "less"), edit(50, "less"), edit(50)])
      expect(at_once.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
      expect(await read(id)).toMatchObject({ total: 42_500, status: "pending" })
      expect(await read(waiting.id)).toMatchObject({ held_at: null })
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 52_500 })

      await rules({ policy: "block" })
      expect(await edit(90)).toMatchObject({ status: 409, body: { code: "credit_limit_exceeded", details: { over_by: "11500.00" } } })
      expect(await read(id)).toMatchObject({ total: 42_500, held_at: null })
      // 42,500 + 76,500 − 42,500 + 10,000 = 86,500; over by 11,500. Nothing was given back by asking.
      expect(await creditOf(seller, account_id)).toMatchObject({ balance: 0, reserved: 52_500 })
      await advance(seller, id, "approve")
      expect(await edit(1)).toMatchObject({ status: 409, body: { code: "not_allowed", details: { status: "approved" } } })
    })

    it("adds goods to an order at the catalog's price or one agreed by hand, and keeps the prices it had", async () => {
      const { id, lines } = await order("CRATE", 2)
      await seller.post("/admin/wholesale/catalog/items", { items: [{ variant_id: crate.variant_id, wholesale_price: 900 }] })
      const { order: edited } = await seller.post<{ order: HeldOrder }>(`/admin/wholesale/orders/${id}/edit`, {
        lines: [{ line_id: lines[0].id, quantity: 3 }, { sku: "THOUSAND", quantity: 1 }, { sku: "CRATE", quantity: 1, unit_price: 100.5 }],
        reason: "Asked for by telephone",
      })
      // 3 × 850 + 1,000 + 100.50 = 3,650.50
      expect(edited).toMatchObject({
        total: 3_650.5,
        lines: [
          { sku: "CRATE", quantity: 3, unit_price: 850 },
          { sku: "THOUSAND", quantity: 1, unit_price: 1_000 },
          { sku: "CRATE", quantity: 1, unit_price: 100.5 },
        ],
      })
      expect(await creditOf(seller, account_id)).toMatchObject({ reserved: 3_650.5 })
      await seller.post("/admin/wholesale/catalog/items", { items: [{ variant_id: crate.variant_id, wholesale_price: 850 }] })
      expect(await seller.request("POST", `/admin/wholesale/orders/${id}/edit`, { lines: [{ sku: "NONE", quantity: 1 }] })).toMatchObject({
        status: 409,
        body: { code: "items_unavailable", details: { skus: ["NONE"] } },
      })
    })

    it("keeps who changed which rule, and states the ledger of a period", async () => {
      await preset()
      await rules({ soft_threshold_percent: null, past_due_tolerance: "1.00", reason: "Agreed" })
      const { changes } = await seller.get<{ changes: object[] }>(
        `/admin/wholesale/credit-accounts/${account_id}/changes`
      )
      expect(changes).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ field: "soft_threshold_percent", from: "80", to: null, reason: "Agreed" }),
          expect.objectContaining({ field: "past_due_days", from: null, to: "45" }),
          expect.objectContaining({ field: "policy", from: "block", to: "hold" }),
        ])
      )
      const [latest, ...rest] = changes
      expect(
        await seller.get(`/admin/wholesale/credit-accounts/${account_id}/changes?limit=1`)
      ).toMatchObject({ changes: [latest], count: rest.length + 1 })
      await seller.post(`/admin/wholesale/credit-accounts/${account_id}/adjust`, { amount: "12.50", reason: "Freight" })
      await seller.post(`/admin/wholesale/credit-accounts/${account_id}/write-off`, { amount: "2.50", reason: "Small" })
      const today = new Date().toISOString().slice(0, 10)
      expect(
        await seller.get(`/admin/wholesale/credit-accounts/${account_id}/statement?from=${today}&to=${today}`)
      ).toMatchObject({
        statement: {
          opening: { balance: 0 },
          closing: { balance: 10 },
          entries: [
            { kind: "adjustment", balance_delta: 12.5, balance: 12.5, reason: "Freight" },
            { kind: "write_off", balance_delta: -2.5, balance: 10, reason: "Small" },
          ],
          count: 2,
        },
      })
    })

    it("tells among the differences of the books an order whose credit and holds contradict each other", async () => {
      const { id } = await order("CRATE", 1)
      await seller.post("/admin/wholesale/credit-holds", { order_id: id, reason: "Look at it" })
      await rowsOf(getContainer(), "update wholesale_credit_hold set deleted_at = now() where order_id = ?", [id])
      const { reconciliation } = await seller.post<{ reconciliation: { differences: object[] } }>(
        "/admin/wholesale/reconcile"
      )
      expect(reconciliation.differences).toMatchObject([
        { kind: "hold", order_id: null, problem: "suspended_without_hold" },
      ])
    })

    it("lists groups and the changes of one in pages, and finds them by a part of the name", async () => {
      for (const name of ["Beech chain", "Ash chain", "Oak family"]) {
        await seller.post("/admin/wholesale/credit-groups", { name, credit_limit: 100 })
      }
      const names = async (query: string) => {
        const { credit_groups, count } = await seller.get<{ credit_groups: { id: string; name: string }[]; count: number }>(
          `/admin/wholesale/credit-groups?${query}`
        )
        return [count, ...credit_groups.map(({ name }) => name)]
      }
      expect(await names("limit=1")).toEqual([3, "Ash chain"])
      expect(await names("limit=1&offset=2")).toEqual([3, "Oak family"])
      expect(await names("q=CHAIN")).toEqual([2, "Ash chain", "Beech chain"])
      expect(await names("currency_code=eur")).toEqual([0])
      const { credit_groups } = await seller.get<{ credit_groups: { id: string }[] }>("/admin/wholesale/credit-groups")
      const group = `/admin/wholesale/credit-groups/${credit_groups[0].id}`
      for (const credit_limit of [200, 300]) {
        await seller.post(group, { credit_limit })
      }
      expect(await seller.get(`${group}/changes?limit=1`)).toMatchObject({
        changes: [{ field: "credit_limit", from: "200.00", to: "300.00" }],
      })
    })

    it("counts the members of a group against the limit they share", async () => {
      const { credit_group } = await seller.post<{ credit_group: { id: string } }>("/admin/wholesale/credit-groups", {
        name: "Elm family",
        credit_limit: 10_000,
        policy: "hold",
      })
      const sister = await openAccount(seller, { company_name: "Elm Sister", credit_limit: null })
      for (const id of [account_id, sister.id]) {
        await seller.post(`/admin/wholesale/credit-accounts/${id}`, { group_id: credit_group.id })
      }
      await enterOrder(seller, { account_id: sister.id, lines: [{ sku: "THOUSAND", quantity: 8 }] })
      const held = await order("THOUSAND", 3)
      // 8,000 of the sister and 3,000: 1,000 beyond 10,000
      expect(await read(held.id)).toMatchObject({
        credit_holds: [{ kind: "hard", basis: "group", figures: { over_by: "1000.00" } }],
      })
      await seller.post(`/admin/wholesale/credit-groups/${credit_group.id}`, { credit_limit: 11_000 })
      expect(await read(held.id)).toMatchObject({ held_at: null })
      expect(await seller.get(`/admin/wholesale/credit-groups/${credit_group.id}`)).toMatchObject({
        credit_group: {
          exposure: 11_000,
          available: 0,
          members: [
            { account_id: sister.id, company_name: "Elm Sister", balance: 0, reserved: 8_000, exposure: 8_000 },
            { account_id, company_name: "Elm Stores", reserved: 3_000 },
          ],
          changes: expect.arrayContaining([expect.objectContaining({ to: "11000.00" })]),
        },
      })
    })

    describe("what an account begins with", () => {
      const store = () => `/admin/wholesale/stores/${stores.distributor.id}`
      const open = async (body: object = {}) =>
        (await seller.post<{ account: { id: string } }>("/admin/wholesale/accounts", { company_name: "Ash", ...body })).account
      const tier = async (body: object) =>
        (await seller.post<{ price_tier: { id: string } }>("/admin/wholesale/price-tiers", body)).price_tier.id
      const rulesOf = async (id: string) =>
        (await seller.get<{ credit_account: object }>(`/admin/wholesale/credit-accounts/${id}`)).credit_account

      it("is what is given for it, else what its price tier says, else its store, each change of them audited", async () => {
        await seller.post(store(), {
          default_terms: { type: "net", days: 21 },
          default_credit: { credit_limit: 1_000, policy: "hold", past_due_days: 45 },
        })
        const gold = await tier({
          name: "Gold",
          default_terms: { type: "end_of_month", days: 15 },
          default_credit: { credit_limit: 25_000, soft_threshold_percent: 80, hard_threshold_percent: 95 },
        })
        const plain = await tier({ name: "Plain" })

        const ofStore = await open()
        expect(ofStore).toMatchObject({ terms: { type: "net", days: 21 }, price_tier: null })
        expect(await rulesOf(ofStore.id)).toMatchObject({ credit_limit: 1_000, policy: "hold", past_due_days: 45 })
        const ofPlain = await open({ price_tier_id: plain })
        expect(ofPlain).toMatchObject({ terms: { type: "net", days: 21 }, price_tier: { name: "Plain" } })
        expect(await rulesOf(ofPlain.id)).toMatchObject({ credit_limit: 1_000 })
        const ofTier = await open({ price_tier_id: gold })
        expect(ofTier).toMatchObject({ terms: { type: "end_of_month", days: 15 }, price_tier: { id: gold } })
        expect(await rulesOf(ofTier.id)).toMatchObject({
          credit_limit: 25_000,
          policy: "block",
          soft_threshold_percent: 80,
          hard_threshold_percent: 95,
          past_due_days: null,
        })
        const given = await open({ price_tier_id: gold, terms: { type: "prepaid" }, credit_limit: null })
        expect(given).toMatchObject({ terms: { type: "prepaid" } })
        expect(await rulesOf(given.id)).toMatchObject({ credit_limit: null, soft_threshold_percent: 80 })

        expect(await seller.get(`${store()}/default-changes`)).toMatchObject({
          changes: expect.arrayContaining([
            expect.objectContaining({ field: "default_terms", from: expect.stringContaining("30"), to: expect.stringContaining("21") }),
            expect.objectContaining({ field: "default_credit", from: null, to: expect.stringContaining("1000.00"), actor_type: "user" }),
          ]),
        })
      })

      it("is not touched by a tier that it is given later, unless its defaults are asked for", async () => {
        const gold = await tier({
          name: "Gold",
          default_terms: { type: "net", days: 60 },
          default_credit: { credit_limit: 90_000, policy: "hold" },
        })
        await owing(45)
        const held = await order("CRATE", 50)
        // 45,000 + 42,500 = 87,500 is beyond 75,000.
        expect(await read(held.id)).toMatchObject({ hold_kinds: ["hard"] })
        const update = (body: object) => seller.request("POST", `/admin/wholesale/accounts/${account_id}`, body)
        expect(await update({ price_tier_id: gold })).toMatchObject({
          body: { account: { terms: { days: 30 }, price_tier: { name: "Gold" }, credit_account: { credit_limit: 75_000 } } },
        })
        expect(await update({ apply_tier_defaults: true })).toMatchObject({
          body: { account: { terms: { days: 60 }, credit_account: { credit_limit: 90_000 } } },
        })
        // 87,500 fits into 90,000.
        expect(await read(held.id)).toMatchObject({ held_at: null })
        const { changes } = await seller.get<{ changes: object[] }>(`/admin/wholesale/credit-accounts/${account_id}/changes`)
        expect(changes[0]).toMatchObject({
          field: "credit_limit",
          from: "75000.00",
          to: "90000.00",
          reason: "Defaults of price tier Gold",
          actor_type: "user",
        })
        await update({ apply_tier_defaults: true })
        expect(await seller.get(`/admin/wholesale/credit-accounts/${account_id}/changes`)).toMatchObject({ changes })

        expect(await update({ price_tier_id: null, apply_tier_defaults: true })).toMatchObject({
          status: 400,
          body: { code: "no_price_tier" },
        })
        expect(await update({ price_tier_id: "whtier_none" })).toMatchObject({ status: 404 })
        expect(await seller.request("DELETE", `/admin/wholesale/price-tiers/${gold}`)).toMatchObject({
          status: 409,
          body: { code: "price_tier_in_use", details: { accounts: 1 } },
        })
        await update({ price_tier_id: null })
        expect(await seller.request("DELETE", `/admin/wholesale/price-tiers/${gold}`)).toMatchObject({ status: 200 })
      })

      it("has no limit of another currency: then one is to be given", async () => {
        await seller.post(store(), { default_credit: { credit_limit: 1_000, past_due_tolerance: 1, past_due_days: 45 } })
        const euros = { company_name: "Ulme", currency_code: "eur" }
        expect(await seller.request("POST", "/admin/wholesale/accounts", euros)).toMatchObject({
          status: 409,
          body: { code: "currency_mismatch", details: { currency_code: "usd", account_currency_code: "eur" } },
        })
        expect(await rulesOf((await open({ ...euros, credit_limit: 500 })).id)).toMatchObject({
          currency_code: "eur",
          credit_limit: 500,
          past_due_days: 45,
          past_due_tolerance: null,
        })
      })
    })
  },
})
