import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { addDays, calendarDay } from "../../../lib/calendar/days"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { WholesaleInvoiceModuleService } from ".."
import { WHOLESALE_INVOICE } from ".."
import type { AllocationStrategy } from "../domain/allocation-plan"

const actor: Actor = { actor_type: "user", actor_id: "user_1" }
const store_id = "whstore_1"
const number_pattern = "{YYYY}-{SEQ:6}"
const at = (date: string) => new Date(`${date}T10:00:00.000Z`)

moduleTestRunner<WholesaleInvoiceModuleService>({
  moduleName: WHOLESALE_INVOICE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    let orders = 0
    const issue = (input: {
      account_id?: string
      currency_code?: string
      total: string
      issued_at: Date
      terms?: PaymentTerms
    }) => {
      orders += 1
      const { account_id = "whacc_1", currency_code = "usd", total, issued_at, terms } = input
      return service.issueInvoice({
        store_id,
        account_id,
        parts: [
          {
            order_id: `order_${orders}`,
            order_number: `B2B-${orders}`,
            lines: [
              { order_line_id: "whordl_1", sku: "CUP", title: "Cup", quantity: 1, unit_price: total, tax_rate: "0" },
            ],
          },
        ],
        currency_code,
        seller: { name: "North" },
        buyer: { name: "South" },
        terms: terms ?? { type: "net", days: 30, discount: null },
        number_pattern,
        issued_at,
        actor,
      })
    }
    const receive = (amount: string, received_at: Date, strategy: AllocationStrategy = "oldest_first") =>
      service.recordPayment({
        store_id,
        account_id: "whacc_1",
        currency_code: "usd",
        strategy,
        amount,
        method: "transfer",
        received_at,
        actor,
      })

    describe("receivables by age", () => {
      it("of 10,000 due on 28 February 2017, paid by 1,500 + 1,000 + 2,000, are 5,500, 35 days late on 4 April", async () => {
        await issue({ total: "10000", issued_at: at("2017-01-29") })
        await receive("1500.00", at("2017-03-01"))
        await receive("1000.00", at("2017-03-15"))
        await receive("2000.00", at("2017-04-04"))
        const on = async (date: string) => (await service.ageing({ store_id, as_of: at(date) })).accounts
        // 10,000 − 4,500; from 28 February to 4 April: 31 days of March + 4
        expect(await on("2017-04-04")).toEqual([
          {
            account_id: "whacc_1",
            currency_code: "usd",
            current: "0.00",
            days_1_30: "0.00",
            days_31_60: "5500.00",
            days_61_90: "0.00",
            days_91_120: "0.00",
            over_120: "0.00",
            outstanding: "5500.00",
            unapplied: "0.00",
            balance: "5500.00",
          },
        ])
        // The 2,000 came a day later: 10,000 − 2,500, 34 days late.
        expect(await on("2017-04-03")).toMatchObject([{ days_31_60: "7500.00", outstanding: "7500.00" }])
        expect(await on("2017-03-30")).toMatchObject([{ days_1_30: "7500.00" }])
        expect(await on("2017-02-28")).toMatchObject([{ current: "10000.00" }])
        expect(await on("2017-03-01")).toMatchObject([{ days_1_30: "8500.00" }])
        expect(await on("2017-01-28")).toEqual([])
        // 28 February + 121 days
        expect(await on("2017-06-29")).toMatchObject([{ over_120: "5500.00" }])
        expect(await on("2017-06-28")).toMatchObject([{ days_91_120: "5500.00" }])
      })

      it("begin each bucket the day after the one before it ends", async () => {
        // 1 January + 30 days: due on 31 January
        await issue({ total: "100", issued_at: at("2026-01-01") })
        const bucketOn = async (days_late: number) => {
          const as_of = addDays(at("2026-01-31"), days_late)
          const [{ account_id, currency_code, outstanding, balance, ...figures }] = (await service.ageing({ store_id, as_of })).accounts
          return `${days_late}: ${Object.entries(figures).flatMap(([bucket, amount]) => (amount === "0.00" ? [] : [`${bucket} ${amount}`]))}`
        }
        const edges = [0, 1, 30, 31, 60, 61, 90, 91, 120, 121]
        expect(await Promise.all(edges.map(bucketOn))).toEqual([
          "0: current 100.00",
          "1: days_1_30 100.00",
          "30: days_1_30 100.00",
          "31: days_31_60 100.00",
          "60: days_31_60 100.00",
          "61: days_61_90 100.00",
          "90: days_61_90 100.00",
          "91: days_91_120 100.00",
          "120: days_91_120 100.00",
          "121: over_120 100.00",
        ])
      })

      it("keep unapplied credit, late charges and currencies apart, and forget what was taken back later", async () => {
        const dollars = await issue({ total: "100", issued_at: at("2026-01-01") })
        await issue({ total: "70", currency_code: "eur", issued_at: at("2026-01-01") })
        await service.chargeLate({
          store_id, invoice_id: dollars.id, kind: "fee", amount: "10", charged_at: at("2026-02-10"), actor,
        })
        const { payment } = await receive("150.00", at("2026-02-01"))
        await service.voidPayment({ store_id, id: payment.id, reason: "It bounced.", at: at("2026-02-20"), actor })
        const figures = async (date: string) =>
          (await service.ageing({ store_id, account_ids: ["whacc_1"], as_of: at(date) })).accounts.map(
            ({ currency_code, outstanding, unapplied, balance, days_1_30 }) =>
              `${currency_code} ${outstanding} − ${unapplied} = ${balance}, late ${days_1_30}`
          )
        // The invoice is paid and there is no fee yet: 150 − 100 are unapplied.
        expect(await figures("2026-02-09")).toEqual([
          "eur 70.00 − 0.00 = 70.00, late 70.00",
          "usd 0.00 − 50.00 = -50.00, late 0.00",
        ])
        // It takes 10 of them on the day on which it is charged, however much later the payment was recorded.
        expect(await figures("2026-02-10")).toEqual([
          "eur 70.00 − 0.00 = 70.00, late 70.00",
          "usd 0.00 − 40.00 = -40.00, late 0.00",
        ])
        expect(await figures("2026-02-20")).toEqual([
          "eur 70.00 − 0.00 = 70.00, late 70.00",
          "usd 110.00 − 0.00 = 110.00, late 110.00",
        ])
      })
    })

    describe("what is past due (case 5)", () => {
      it("of an invoice due on 31 January 2026 is nothing until day 45, 17 March, and all of it from 18 March on", async () => {
        // 1 January + 30 days
        const { id, due_at } = await issue({ total: "500", issued_at: at("2026-01-01") })
        expect(calendarDay(new Date(due_at))).toBe("2026-01-31")
        const on = (now: string, days = 45) =>
          service.pastDue({ store_id, accounts: [{ account_id: "whacc_1", days }], now: new Date(now) })
        // 28 days of February + 17 of March
        expect(await on("2026-03-17T23:59:59Z")).toEqual([])
        expect(await on("2026-03-18T00:00:00Z")).toEqual([
          { account_id: "whacc_1", amount: "500.00", oldest_due_on: "2026-01-31", days_late: 46 },
        ])
        expect(await on("2026-01-31T23:59:59Z", 0)).toEqual([])
        expect(await on("2026-02-01T00:00:00Z", 0)).toMatchObject([{ amount: "500.00", days_late: 1 }])

        await service.recordPayment({
          store_id, invoice_id: id, amount: "499.60", method: "transfer", received_at: at("2026-03-17"), actor,
        })
        expect(await on("2026-03-18T00:00:00Z")).toMatchObject([{ amount: "0.40" }])
        await service.issueCreditNote({ store_id, invoice_id: id, amount: "0.40", reason: "Residue", number_pattern, actor })
        expect(await on("2026-03-18T00:00:00Z")).toEqual([])
      })

      it("adds up what is too late by each account's own days, and leaves other accounts, stores and void invoices out", async () => {
        for (const [total, issued_at] of [["100", "2026-01-01"], ["20", "2026-01-02"], ["7", "2026-01-03"]]) {
          await issue({ total, issued_at: at(issued_at) })
        }
        await issue({ account_id: "whacc_2", total: "60", issued_at: at("2026-01-03") })
        await issue({ account_id: "whacc_3", total: "900", issued_at: at("2025-01-01") })
        const entered_twice = await issue({ total: "1000", issued_at: at("2025-12-01") })
        await service.voidInvoice({ store_id, id: entered_twice.id, reason: "Entered twice", actor })
        const accounts = [{ account_id: "whacc_1", days: 45 }, { account_id: "whacc_2", days: 44 }]
        const asked = (of: string) => service.pastDue({ store_id: of, accounts, now: new Date("2026-03-19T12:00:00Z") })
        // Due on 31 January, 1 and 2 February, so 47, 46 and 45 days late: 100 + 20 of the first, 60 of the second.
        expect((await asked(store_id)).sort((a, b) => a.account_id.localeCompare(b.account_id))).toEqual([
          { account_id: "whacc_1", amount: "120.00", oldest_due_on: "2026-01-31", days_late: 47 },
          { account_id: "whacc_2", amount: "60.00", oldest_due_on: "2026-02-02", days_late: 45 },
        ])
        expect(await asked("whstore_2")).toEqual([])
      })
    })

    describe("a statement", () => {
      it("opens with what was before, tells every document with the balance after it, and closes with the ledger's", async () => {
        const terms: PaymentTerms = { type: "net", days: 30, discount: { percent: "2", days: 10 } }
        await issue({ total: "200", issued_at: at("2025-12-20") })
        const invoice = await issue({ total: "5000", issued_at: at("2026-01-01"), terms })
        await receive("50.00", at("2025-12-30"))
        const { payment } = await service.recordPayment({
          store_id, invoice_id: invoice.id, amount: "4900", method: "cheque", reference: "77",
          received_at: at("2026-01-05"), actor,
        })
        await service.voidPayment({ store_id, id: payment.id, reason: "It bounced.", at: at("2026-01-08"), actor })
        await receive("1000.00", at("2026-02-01"), "unapplied")
        const { opening, lines, closing } = await service.statement({
          store_id, account_id: "whacc_1", currency_code: "USD", from: at("2026-01-01"), to: at("2026-01-31"),
        })
        // 200 − 50
        expect(opening).toBe("150.00")
        expect(lines.map(({ kind, label, amount, balance }) => `${kind} ${label} ${amount} ${balance}`)).toEqual([
          `invoice ${invoice.number} 5000.00 5150.00`,
          `discount ${invoice.number} -100.00 5050.00`,
          "payment 77 -4900.00 150.00",
          `discount_void ${invoice.number} 100.00 250.00`,
          "payment_void 77 4900.00 5150.00",
        ])
        expect(closing).toBe("5150.00")
        const next = await service.statement({
          store_id, account_id: "whacc_1", currency_code: "usd", from: at("2026-02-01"), to: at("2026-02-01"),
        })
        expect(next).toMatchObject({ opening: closing, closing: "4150.00" })
      })
    })

    describe("days sales outstanding", () => {
      it("are receivables at the end over the sales of the period, times its days", async () => {
        await issue({ total: "600", issued_at: at("2026-01-10") })
        const { id } = await issue({ total: "1000", issued_at: at("2026-02-10") })
        await service.issueCreditNote({
          store_id, invoice_id: id, amount: "100", reason: "Short", number_pattern, issued_at: at("2026-02-20"), actor,
        })
        await receive("500.00", at("2026-02-25"))
        await receive("500.00", at("2026-03-01"))
        // Receivables 600 + 900 − 500 = 1,000; sales 900; 28 days: 1,000 ÷ 900 × 28 = 31.11
        expect(
          await service.daysSalesOutstanding({ store_id, from: at("2026-02-01"), to: at("2026-02-28") })
        ).toEqual([
          {
            currency_code: "usd",
            from: "2026-02-01",
            to: "2026-02-28",
            days: 28,
            receivables: "1000.00",
            sales: "900.00",
            days_sales_outstanding: "31.1",
          },
        ])
        const [march] = await service.daysSalesOutstanding({ store_id, from: at("2026-03-01"), to: at("2026-03-31") })
        expect(march.days_sales_outstanding).toBeNull()
      })
    })
  },
})
