import type { INotificationModuleService, IOrderModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { StoreClient } from "../../scripts/fixture/store-client"
import { addDays, calendarDay } from "../../src/lib/calendar/days"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import reconcileJob from "../../src/jobs/reconcile"
import { PAYMENT_REMINDER_TEMPLATE } from "../../src/workflows/invoice/send-reminder"
import { voidPaymentWorkflow } from "../../src/workflows/invoice/void-payment"
import { checkBooksNightly } from "../../src/workflows/reconcile/check-books"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { brokenBooks, rowsOf } from "../helpers/books"
import { atTime } from "../helpers/clock"
import { integrationTestRunner } from "../helpers/integration-test-runner"
import { openOneItemShop } from "../helpers/one-item-shop"
import { loginTo } from "../helpers/store-login"
import { Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(120_000)

interface Payment {
  readonly id: string
  readonly unapplied: number
  readonly status: string
  readonly allocations: readonly { readonly invoice_number: string; readonly amount: number; readonly reversed_on: string | null }[]
}

/** 10.00 each, no tax. */
const SKU = "LANTERN"

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let partnership: Partnership
    let trade: Trade
    let client: StoreClient

    beforeAll(async () => {
      ;({ partnership } = await openOneItemShop(getContainer(), {
        sku: SKU, price: "10", stocked: 10_000, credit_limit: null,
      }))
    })

    beforeEach(async () => {
      container = getContainer()
      trade = new Trade(container, partnership)
      client = await loginTo(api, partnership.distributor)
    })

    const invoiced = async (quantity: number) => trade.deliver(await trade.place({ sku: SKU, quantity }))
    const reconcile = () =>
      reconcileWorkflow(container).run({ input: { before: new Date().toISOString() } })
    const pay = (body: object) =>
      client.post<{ payment: Payment }>("/admin/wholesale/payments", {
        account_id: partnership.account_id,
        method: "cheque",
        ...body,
      })
    const payment = async (id: string) =>
      (await client.get<{ payment: Payment }>(`/admin/wholesale/payments/${id}`)).payment
    const balance = async () => (await trade.exposure()).balance
    /** Who moved the seller's ledger and why, by kind. */
    const reasons = async (...kinds: readonly string[]) =>
      (
        await rowsOf<{ kind: string; actor_id: string; reason: string | null }>(
          container,
          `select kind, actor_id, reason from wholesale_credit_entry
            where store_id = ? and kind in (select json_array_elements_text(?::json)) order by kind, reason`,
          [partnership.distributor.id, JSON.stringify(kinds)]
        )
      ).map(({ kind, actor_id, reason }) => `${kind} by ${actor_id}: ${reason}`)
    const coreOrders = async () =>
      (await container.resolve<IOrderModuleService>(Modules.ORDER).listOrders({}, { select: ["id", "status"] }))
        .map(({ status }) => status)
        .sort()
    const expectBooksInOrder = async () => {
      await reconcile()
      const { distributor, retailer } = partnership
      expect(await brokenBooks(container, [distributor.id, retailer.id])).toEqual({})
    }

    it("puts a cheque of 2,100 to invoices of 1,200, 800 and 500, and takes all of it back when it bounces", async () => {
      const numbers: string[] = []
      for (const quantity of [120, 80, 50]) {
        numbers.push((await invoiced(quantity)).number)
      }
      expect(await balance()).toBe("2500.00")
      const { payment: cheque } = await pay({ strategy: "due_date", amount: 2100, reference: "1001" })
      expect(cheque.allocations.map(({ invoice_number, amount }) => [invoice_number, amount])).toEqual([
        [numbers[0], 1200],
        [numbers[1], 800],
        [numbers[2], 100],
      ])
      expect(await balance()).toBe("400.00")
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual(["completed", "completed"])

      // Two at once: it is void once.
      const input = { id: cheque.id, store_id: partnership.distributor.id, reason: "It bounced.", actor: { actor_type: "user", actor_id: "user_1" } as const }
      await Promise.all([voidPaymentWorkflow(container).run({ input }), voidPaymentWorkflow(container).run({ input })])
      expect(await balance()).toBe("2500.00")
      expect(await payment(cheque.id)).toMatchObject({ status: "void", unapplied: 0 })
      expect(await reasons("payment_void")).toEqual(["payment_void by user_1: It bounced."])
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual(["canceled", "canceled"])

      // Paid again, the invoices are mirrored again.
      await pay({ strategy: "oldest_first", amount: 2600 })
      expect(await balance()).toBe("-100.00")
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual(["canceled", "canceled", "completed", "completed", "completed"])
    })

    it("keeps what an order cancelled after a part payment leaves as credit, to be put elsewhere and paid back", async () => {
      const order_id = await trade.place({ sku: SKU, quantity: 10 })
      const cancelled = await trade.deliver(order_id)
      await pay({ strategy: "due_date", amount: 30 })
      // 100 − 30
      expect(await balance()).toBe("70.00")
      await trade.cancel(order_id, { goods_returned: true })
      expect(await balance()).toBe("-30.00")
      await expectBooksInOrder()

      const { credit_notes } = await client.get<{ credit_notes: { id: string; total: number }[] }>(
        `/admin/wholesale/credit-notes?invoice_id=${cancelled.id}`
      )
      expect(credit_notes).toMatchObject([{ total: 100 }])
      const verb = (name: string) => `/admin/wholesale/credit-notes/${credit_notes[0].id}/${name}`
      const next = await invoiced(2)
      // 20 of the 30 lie on the next invoice; 10 are paid back.
      await client.post(verb("allocate"), { strategy: "due_date" })
      expect(await client.request("POST", verb("refund"), { amount: 10.01, method: "transfer" })).toMatchObject({
        status: 409,
        body: { code: "refund_exceeds_unapplied", details: { unapplied: "10.00", over_by: "0.01" } },
      })
      await client.post(verb("refund"), { amount: 10, method: "transfer" })
      expect(await balance()).toBe("0.00")
      const { invoice } = await client.get<{ invoice: { status: string } }>(`/admin/wholesale/invoices/${next.id}`)
      expect(invoice.status).toBe("paid")
      await expectBooksInOrder()
    })

    it("reminds of what is late once, with fee and interest that 100 leave open", async () => {
      const invoice = await invoiced(10)
      await client.post("/admin/wholesale/dunning-levels", {
        levels: [{ days_late: 15, fee: 10, interest_percent: 10 }],
      })
      await client.post(`/admin/wholesale/accounts/${partnership.account_id}`, { email: "buyer@example.com" })
      await rowsOf(
        container,
        "update wholesale_invoice set due_at = now() - interval '15 days' where id = ?",
        [invoice.id]
      )
      await Promise.all([reconcile(), reconcile()])
      await reconcile()
      // 100 × 10 % × 15 ÷ 365 = 0.41
      expect(await balance()).toBe("110.41")
      const reminders = await container
        .resolve<INotificationModuleService>(Modules.NOTIFICATION)
        .listNotifications({ template: PAYMENT_REMINDER_TEMPLATE })
      expect(reminders).toMatchObject([
        {
          to: "buyer@example.com",
          data: { invoice_number: invoice.number, level: 1, days_late: 15, outstanding: "100.00" },
        },
      ])
      await pay({ strategy: "due_date", amount: 100 })
      expect(await balance()).toBe("10.41")
      const ageing = await client.get<{ accounts: object[] }>("/admin/wholesale/reports/ageing")
      expect(ageing.accounts).toMatchObject([{ outstanding: 10.41, unapplied: 0, balance: 10.41 }])
      await expectBooksInOrder()
    })

    it("confirms a bank's line once, whoever reads the statement again", async () => {
      const invoice = await invoiced(10)
      const statement = {
        csv: `Date;Text;Amount\n01.02.2026;"Rechnung ${invoice.number}";100,00\n02.02.2026;Miete;-900,00`,
        columns: { date: "Date", amount: "Amount", reference: "Text" },
        delimiter: ";",
        decimal: ",",
        date_order: "dmy",
      }
      interface Matched {
        lines: { bank_line_id: string; received_at: string; amount: number; proposal: { certainty: string; account_id: string; allocations: object[] } }[]
        recorded: number[]
        outgoing: number
      }
      const match = () => client.post<Matched>("/admin/wholesale/bank-statements/match", statement)
      const { lines, outgoing } = await match()
      expect({ lines, outgoing }).toMatchObject({
        lines: [{ amount: 100, proposal: { certainty: "sure", allocations: [{ invoice_id: invoice.id, amount: 100 }], invoices: [{ number: invoice.number, outstanding: 100 }] } }],
        outgoing: 1,
      })
      const [{ bank_line_id, received_at, proposal }] = lines
      const confirm = () =>
        pay({ strategy: "by_choice", allocations: proposal.allocations, amount: 100, bank_line_id, received_at })
      const confirmed = await Promise.all([confirm(), confirm()])
      expect(confirmed[0].payment.id).toBe(confirmed[1].payment.id)
      expect(await balance()).toBe("0.00")
      expect(await match()).toMatchObject({ lines: [], recorded: [2] })
      await expectBooksInOrder()
    })

    it("leaves a bank's line that fits nothing to a person, who puts it to an invoice, once", async () => {
      const invoice = await invoiced(10)
      const statement = { csv: "Date,Text,Amount\n2026-02-03,Thank you,55.00", columns: { date: "Date", amount: "Amount", reference: "Text" } }
      interface Matched {
        lines: { bank_line_id: string; received_at: string }[]
      }
      const match = () => client.post<Matched>("/admin/wholesale/bank-statements/match", statement)
      const { lines } = await match()
      // 55.00 is no invoice's amount, and the text names nobody: it stays however often the statement is read.
      expect(lines).toMatchObject([{ amount: 55, reference: "Thank you", proposal: null }])
      await reconcile()
      expect(await match()).toMatchObject({ lines, recorded: [] })
      expect(await balance()).toBe("100.00")

      const [{ bank_line_id, received_at }] = lines
      const chosen = { strategy: "by_choice", allocations: [{ invoice_id: invoice.id, amount: 55 }], amount: 55 }
      const decide = () => pay({ ...chosen, bank_line_id, received_at })
      const [one, other] = await Promise.all([decide(), decide()])
      expect(other.payment.id).toBe(one.payment.id)
      expect(one.payment.allocations).toMatchObject([{ invoice_number: invoice.number, amount: 55 }])
      expect(await balance()).toBe("45.00")
      expect(await match()).toMatchObject({ lines: [], recorded: [2] })
      await expectBooksInOrder()
    })

    it("takes a payment off its invoice, which is open again, and puts it to another, each once", async () => {
      const [first, second] = [await invoiced(10), await invoiced(8)]
      const { payment: cheque } = await pay({
        strategy: "by_choice", amount: 150, allocations: [{ invoice_id: first.id, amount: 100 }, { invoice_id: second.id, amount: 30 }],
      })
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual(["completed"])
      const invoice = async ({ id }: { id: string }) =>
        (await client.get<{ invoice: { status: string; outstanding: number } }>(`/admin/wholesale/invoices/${id}`)).invoice
      const unallocate = (body: object) => client.request("POST", `/admin/wholesale/payments/${cheque.id}/unallocate`, body)
      const reason = "It was for the other one"

      expect(await unallocate({ invoice_id: first.id })).toMatchObject({ status: 400, body: { code: "invalid_request" } })
      const answers = await Promise.all([1, 2].map(() => unallocate({ invoice_id: first.id, reason })))
      expect(answers.map(({ status }) => status)).toContain(200)
      expect(await invoice(first)).toMatchObject({ status: "issued", outstanding: 100 })
      expect(await invoice(second)).toMatchObject({ status: "partially_paid", outstanding: 50 })
      // 150 − 30 are free now; what is owed stays 180 − 150.
      expect(await payment(cheque.id)).toMatchObject({ unapplied: 120 })
      expect(await balance()).toBe("30.00")
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual(["canceled"])

      await client.post(`/admin/wholesale/payments/${cheque.id}/allocate`, {
        strategy: "by_choice", allocations: [{ invoice_id: second.id, amount: 50 }],
      })
      expect(await invoice(second)).toMatchObject({ status: "paid" })
      expect(await payment(cheque.id)).toMatchObject({
        unapplied: 70,
        allocations: expect.arrayContaining([
          expect.objectContaining({ invoice_number: first.number, amount: 100, reversed_on: expect.any(String) }),
          expect.objectContaining({ invoice_number: second.number, amount: 30, reversed_on: null }),
          expect.objectContaining({ invoice_number: second.number, amount: 50, reversed_on: null }),
        ]),
      })
      await expectBooksInOrder()

      // Off all of them.
      expect(await unallocate({ reason })).toMatchObject({ status: 200 })
      expect(await payment(cheque.id)).toMatchObject({ unapplied: 150 })
      expect(await invoice(second)).toMatchObject({ status: "issued", outstanding: 80 })
      expect(await balance()).toBe("30.00")
      await expectBooksInOrder()
    })

    describe("the terms of an account", () => {
      interface Due {
        invoice: { issued_at: string; due_at: string; status: string; outstanding: number; discount_total: number }
      }
      const invoicedOn = async (terms: object, quantity: number) => {
        await client.post(`/admin/wholesale/accounts/${partnership.account_id}`, { terms })
        const { id } = await invoiced(quantity)
        const read = async () => (await client.get<Due>(`/admin/wholesale/invoices/${id}`)).invoice
        return { id, read, ...(await read()) }
      }
      const dayOf = (moment: string) => calendarDay(new Date(moment))

      it("give 2 % to who pays within ten days: 4,900 close 5,000", async () => {
        const terms = { type: "net", days: 30, discount: { percent: 2, days: 10 } }
        const { read, issued_at, due_at } = await invoicedOn(terms, 500)
        expect(dayOf(due_at)).toBe(calendarDay(addDays(new Date(issued_at), 30)))
        await pay({ strategy: "due_date", amount: 4900 })
        // 500 × 10.00 = 5,000; 2 % of it is 100
        expect(await read()).toMatchObject({ status: "paid", outstanding: 0, discount_total: 100 })
        expect(await balance()).toBe("0.00")
        await expectBooksInOrder()
      })

      it("let it be due 15 days after the end of its month, or on its day", async () => {
        const { issued_at, due_at } = await invoicedOn({ type: "end_of_month", days: 15 }, 1)
        const [year, month] = [new Date(issued_at).getUTCFullYear(), new Date(issued_at).getUTCMonth()]
        expect(dayOf(due_at)).toBe(calendarDay(new Date(Date.UTC(year, month + 1, 15))))
        const onReceipt = await invoicedOn({ type: "due_on_receipt" }, 1)
        expect(dayOf(onReceipt.due_at)).toBe(dayOf(onReceipt.issued_at))
      })
    })

    it("writes an invoice off as a bad debt in both books, once, and asks for it again when that is taken back", async () => {
      const invoice = await invoiced(10)
      interface Answer {
        invoice: { status: string; outstanding: number; bad_debt: number; allowed_events: string[] }
      }
      const read = async () => (await client.get<Answer>(`/admin/wholesale/invoices/${invoice.id}`)).invoice
      const verb = (name: string, body: object, key?: string) =>
        client.request("POST", `/admin/wholesale/invoices/${invoice.id}/${name}`, body, { key })
      const reason = "Insolvent"

      expect(await verb("write-off", { amount: "100.01", reason })).toMatchObject({
        status: 409,
        body: { code: "write_off_exceeds_outstanding", details: { outstanding: "100.00", over_by: "0.01" } },
      })
      // A request that comes again, at once and later, writes off once: 100 − 40.
      const twice = await Promise.all([1, 2].map(() => verb("write-off", { amount: 40, reason }, "write-off-1")))
      expect(twice.map(({ status }) => status)).toContain(200)
      expect(await verb("write-off", { amount: 40, reason }, "write-off-1")).toMatchObject({ status: 200 })
      expect(await read()).toMatchObject({ status: "issued", outstanding: 60, bad_debt: 40 })
      expect(await balance()).toBe("60.00")

      // Two people at once, who both give up all that is left: one of them does.
      const both = await Promise.all([1, 2].map(() => verb("write-off", { reason })))
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      expect(await read()).toMatchObject({
        status: "written_off",
        outstanding: 0,
        bad_debt: 100,
        allowed_events: ["undo_write_off"],
      })
      expect(await balance()).toBe("0.00")
      expect(await verb("write-off", { reason })).toMatchObject({ status: 409, body: { code: "not_allowed" } })
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual([])

      // The buyer is not told: all of it is still owed.
      const [bill] = await rowsOf<{ status: string; outstanding: string }>(
        container,
        "select status, outstanding from wholesale_bill where invoice_id = ?",
        [invoice.id]
      )
      expect({ ...bill, outstanding: Number(bill.outstanding) }).toEqual({ status: "issued", outstanding: 100 })

      await Promise.all([1, 2].map(() => verb("undo-write-off", { reason: "They pay after all" })))
      expect(await read()).toMatchObject({ status: "issued", outstanding: 100, bad_debt: 0 })
      expect(await balance()).toBe("100.00")
      const { id: user } = partnership.distributor.user
      expect(await reasons("write_off", "write_off_void")).toEqual([
        `write_off by ${user}: Insolvent`,
        `write_off by ${user}: Insolvent`,
        `write_off_void by ${user}: They pay after all`,
        `write_off_void by ${user}: They pay after all`,
      ])
      await pay({ strategy: "due_date", amount: 100 })
      await expectBooksInOrder()
      expect(await coreOrders()).toEqual(["completed"])
    })

    it("posts a write-off that a crash left unposted", async () => {
      const invoice = await invoiced(10)
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).writeOffInvoice({
        store_id: partnership.distributor.id,
        id: invoice.id,
        reason: "Insolvent",
        actor: { actor_type: "user", actor_id: "user_1" },
      })
      expect(await balance()).toBe("100.00")
      await reconcile()
      await reconcile()
      expect(await balance()).toBe("0.00")
      await expectBooksInOrder()
    })

    it("says in the ledger why and by whom, also of what a crash left unposted", async () => {
      const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      const { distributor, account_id } = partnership
      const { id: invoice_id } = await invoiced(10)
      const made = { store_id: distributor.id, actor: { actor_type: "user", actor_id: "maker" } as const }
      const undone = { store_id: distributor.id, actor: { actor_type: "user", actor_id: "undoer" } as const }
      const receive = (amount: string) =>
        invoices.recordPayment({
          ...made, account_id, currency_code: "usd", strategy: "due_date", amount, method: "cheque", received_at: new Date(),
        })
      await invoices.setReceivableSettings({
        ...made, account_id, currency_code: "usd", write_off_tolerance: "1.00", settle_first: null,
      })
      // 100.00 − 99.50 = 0.50, within 1.00: it is written off, until the cheque bounces.
      const { payment: cheque } = await receive("99.50")
      await invoices.voidPayment({ ...undone, id: cheque.id, reason: "It bounced" })
      const { late_charge } = await invoices.chargeLate({ ...made, invoice_id, kind: "fee", amount: "5.00", reason: "Second letter" })
      await invoices.voidLateCharge({ ...undone, id: late_charge.id, reason: "Goodwill" })
      await invoices.writeOffInvoice({ ...made, id: invoice_id, amount: "40.00", reason: "Insolvent" })
      await invoices.undoWriteOff({ ...undone, id: invoice_id, reason: "They pay after all" })
      const { payment: transfer } = await receive("150.00")
      await invoices.refundCredit({
        ...undone, source: { type: "payment", id: transfer.id }, amount: "10.00", method: "transfer", reason: "Paid too much",
      })
      expect(await balance()).toBe("100.00")

      await reconcile()
      // 100 − 150 + 10
      expect(await balance()).toBe("-40.00")
      expect(
        await reasons(
          "payment", "payment_void", "refund", "write_off", "write_off_void", "late_charge", "late_charge_void"
        )
      ).toEqual([
        "late_charge by maker: Second letter",
        "late_charge_void by undoer: Goodwill",
        "payment by maker: null",
        "payment by maker: null",
        "payment_void by undoer: It bounced",
        "refund by undoer: Paid too much",
        "write_off by maker: Insolvent",
        "write_off by maker: Within the tolerance of 1.00",
        "write_off_void by undoer: It bounced",
        "write_off_void by undoer: They pay after all",
      ])
      await expectBooksInOrder()
    })

    it("shows what is open on an account, what it has to its credit, and where that lies", async () => {
      const first = await invoiced(10)
      const second = await invoiced(5)
      await client.post(`/admin/wholesale/invoices/${second.id}/late-charges`, { kind: "fee", amount: 5 })
      const of = `/admin/wholesale/accounts/${partnership.account_id}`
      // 100 + 50 + 5
      expect(await client.get(`${of}/open-items?limit=1`)).toMatchObject({
        open_items: [{ invoice_id: first.id, open: 100, late_charges: 0, early: null }],
        count: 2,
        open_total: 155,
      })
      const { payment: cash } = await pay({ strategy: "by_choice", amount: 120, reference: "CHQ 7", allocations: [{ invoice_id: first.id, amount: 100 }] })
      const { credit_note } = await client.post<{ credit_note: { id: string; number: string } }>(
        "/admin/wholesale/credit-notes",
        { invoice_id: first.id, amount: 30, reason: "Torn" }
      )
      expect(await client.get(`${of}/credit-on-account`)).toMatchObject({
        credits: [
          { type: "payment", id: cash.id, label: "CHQ 7", amount: 120, unapplied: 20 },
          { type: "credit_note", id: credit_note.id, label: credit_note.number, unapplied: 30 },
        ],
        count: 2,
        totals: [{ currency_code: "usd", unapplied: 50 }],
      })
      await client.post(`/admin/wholesale/credit-notes/${credit_note.id}/allocate`, { strategy: "due_date" })
      expect(await client.get(`/admin/wholesale/credit-notes/${credit_note.id}`)).toMatchObject({
        credit_note: {
          unapplied: 0,
          invoice_number: first.number,
          allocations: [{ invoice_number: second.number, amount: 30, actor_type: "user" }],
          account: { id: partnership.account_id },
        },
      })

      const found = async (query: string) =>
        (await client.get<{ payments: { id: string; account: { company_name: string } }[] }>(`/admin/wholesale/payments?${query}`))
          .payments.map(({ id }) => id)
      const { account } = await client.get<{ account: { company_name: string } }>(of)
      expect(await found(`q=${encodeURIComponent(account.company_name.slice(0, 5))}`)).toEqual([cash.id])
      expect(await found("q=chq")).toEqual([cash.id])
      expect(await found("unapplied=true&method=cheque&status=received")).toEqual([cash.id])
      for (const none of ["unapplied=false", "method=cash", "status=void", "q=nobody"]) {
        expect(await found(none)).toEqual([])
      }
      const ageing = async (query = "") =>
        (await client.get<{ accounts: object[] }>(`/admin/wholesale/reports/ageing${query}`)).accounts
      const accounts = await ageing()
      expect(accounts).toMatchObject([{ account: { company_name: account.company_name }, outstanding: 25, unapplied: 20 }])
      expect(await ageing(`?account_id=${partnership.account_id}`)).toEqual(accounts)
      expect(await ageing("?account_id=whacc_another")).toEqual([])
    })

    it("keeps who set what of receivables", async () => {
      await client.post("/admin/wholesale/receivable-settings", { write_off_tolerance: 2, settle_first: null, reason: "Small" })
      await client.post("/admin/wholesale/dunning-levels", { levels: [{ days_late: 20, fee: 3 }] })
      const { changes, count } = await client.get<{ changes: object[]; count: number }>(
        "/admin/wholesale/receivable-settings/changes?order=created_at"
      )
      expect(changes).toMatchObject([
        { field: "write_off_tolerance", from: null, to: "2.00", reason: "Small", actor_id: partnership.distributor.user.id },
        { field: "dunning_level_1", from: null, actor_id: partnership.distributor.user.id },
      ])
      expect(count).toBe(2)
      const { changes: ofAccount } = await client.get<{ changes: object[] }>(
        `/admin/wholesale/receivable-settings/changes?account_id=${partnership.account_id}`
      )
      expect(ofAccount).toEqual([])
    })

    it("tells the books apart from a balance that is off", async () => {
      await invoiced(10)
      await rowsOf(container, "update wholesale_invoice set discount_total = 1")
      const { invoices } = await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .reconcile(partnership.distributor.id)
      expect(invoices).toMatchObject([{ allowed_total: "1.00", allowances: "0.00" }])
    })

    it("compares the books of every store by night, once, and tells its people where they differ", async () => {
      const { id, number } = await invoiced(10)
      const read = async () =>
        (await client.get<{ books_check: object | null }>("/admin/wholesale/reconcile")).books_check
      const summary = async () =>
        (await client.get<{ summary: { book_differences: number } }>("/admin/wholesale/summary")).summary
      const night = new Date("2030-01-31T03:00:00Z")
      await checkBooksNightly(container, night)
      expect(await read()).toMatchObject({ day: "2030-01-31", difference_count: 0, differences: [] })

      await rowsOf(container, "update wholesale_credit_account set balance = 99, raw_balance = '{\"value\":\"99\"}'")
      await rowsOf(container, "update wholesale_invoice set discount_total = 1, raw_discount_total = '{\"value\":\"1\"}'")
      await checkBooksNightly(container, new Date(night.getTime() + 60_000))
      expect(await read()).toMatchObject({ difference_count: 0 })
      // The job does it, whenever it first runs on the next day.
      await atTime("2030-02-01T03:00:00Z", () => reconcileJob(container))
      // The ledger's entries say 10 × 10.00; nothing says what the discount came from.
      expect(await read()).toMatchObject({
        day: "2030-02-01",
        difference_count: 2,
        differences: [
          { kind: "credit", balance: 99, entries_balance: 100 },
          { kind: "invoice", invoice_id: id, number, allowed_total: 1, allowances: 0 },
        ],
      })
      expect(await summary()).toMatchObject({ book_differences: 2 })
    })
  },
})
