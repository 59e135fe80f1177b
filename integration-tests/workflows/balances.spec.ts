import type { MedusaContainer } from "@medusajs/framework/types"
import fc from "fast-check"

import type { StoreClient } from "../../scripts/fixture/store-client"
import type { Actor } from "../../src/lib/actor/actor"
import { addDays, calendarDay, startOfDay } from "../../src/lib/calendar/days"
import { sumAmounts } from "../../src/lib/money/amount"
import { WHOLESALE_CREDIT } from "../../src/modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../src/modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type { Invoice } from "../../src/modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../src/modules/wholesale-order"
import type WholesaleOrderModuleService from "../../src/modules/wholesale-order/service"
import { approveOrderWorkflow } from "../../src/workflows/order/approve-order"
import { placementReservationKey, placementOf } from "../../src/workflows/order/reservation-key"
import { checkBooks } from "../../src/workflows/reconcile/check-books"
import { compareBalances, type BalanceComparison } from "../../src/workflows/reconcile/compare-balances"
import { brokenBooks, rowsOf } from "../helpers/books"
import { history, HISTORY_KINDS, LONGEST_DAYS, play, START, type Played } from "../helpers/histories"
import { integrationTestRunner } from "../helpers/integration-test-runner"
import { openOneItemShop } from "../helpers/one-item-shop"
import { loginTo } from "../helpers/store-login"
import { Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(120_000)

/** 10.00 each, no tax. */
const SKU = "LANTERN"

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let partnership: Partnership
    let trade: Trade
    let client: StoreClient
    let invoices: WholesaleInvoiceModuleService
    let credit: WholesaleCreditModuleService

    beforeAll(async () => {
      ;({ partnership } = await openOneItemShop(getContainer(), {
        sku: SKU, price: "10", stocked: 10_000, credit_limit: null,
      }))
    })

    beforeEach(async () => {
      container = getContainer()
      trade = new Trade(container, partnership)
      invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      client = await loginTo(api, partnership.distributor)
    })

    const seller = () => ({
      store_id: partnership.distributor.id,
      actor: { actor_type: "user", actor_id: partnership.distributor.user.id } satisfies Actor,
    })
    const place = (quantity: number) => trade.place({ sku: SKU, quantity })
    const invoiced = async (quantity: number) => trade.deliver(await place(quantity))
    const compared = async (as_of?: Date): Promise<BalanceComparison> => {
      const { account_id } = partnership
      for await (const comparison of compareBalances(container, { ...seller(), account_id, as_of })) {
        return comparison
      }
      throw new Error("The account has no ledger.")
    }
    const today = startOfDay(new Date())
    const daysAgo = (days: number) => addDays(today, -days)
    const noon = (day: Date) => new Date(day.getTime() + 12 * 60 * 60 * 1_000)

    describe("on any day", () => {
      it("the ledger is what the documents say, however late they were entered", async () => {
        const { account_id } = partnership
        const order_id = await place(30)
        await approveOrderWorkflow(container).run({
          input: { id: order_id, ...seller(), at: noon(daysAgo(20)).toISOString() },
        })
        const invoice = await invoiced(10)
        await rowsOf(container, "update wholesale_invoice set issued_at = ? where id = ?", [noon(daysAgo(9)), invoice.id])
        await rowsOf(container, "update wholesale_order set approved_at = ? where id = ?", [noon(daysAgo(9)), (await orderOf(invoice)).id])
        await rowsOf(container, "update wholesale_credit_entry set effective_at = ? where reference_id = ?", [noon(daysAgo(9)), (await orderOf(invoice)).id])
        // Received seven days ago, entered today.
        await client.post("/admin/wholesale/payments", {
          account_id, method: "cheque", strategy: "due_date", amount: 130, received_at: noon(daysAgo(7)).toISOString(),
        })
        await client.post(`/admin/wholesale/credit-accounts/${account_id}/adjust`, { amount: 5, reason: "Freight" })
        await client.post(`/admin/wholesale/invoices/${invoice.id}/late-charges`, { kind: "fee", amount: 7 })
        const cancelled = await place(4)
        await trade.approve(cancelled)
        await trade.cancel(cancelled)

        const said = async (days: number) => {
          const { balance, documents_balance, outstanding, uninvoiced, unapplied, corrections } = await compared(daysAgo(days))
          expect(documents_balance).toBe(balance)
          return `${balance} = ${outstanding} + ${uninvoiced} - ${unapplied} + ${corrections}`
        }
        expect(await said(21)).toBe("0.00 = 0.00 + 0.00 - 0.00 + 0.00")
        // 30 × 10.00 approved; 10 × 10.00 invoiced; 130 received, of which 30 lie on nothing; a fee of 7, and 5 by hand.
        expect(await said(20)).toBe("300.00 = 0.00 + 300.00 - 0.00 + 0.00")
        expect(await said(9)).toBe("400.00 = 100.00 + 300.00 - 0.00 + 0.00")
        expect(await said(8)).toBe("400.00 = 100.00 + 300.00 - 0.00 + 0.00")
        expect(await said(7)).toBe("270.00 = 0.00 + 300.00 - 30.00 + 0.00")
        expect(await said(1)).toBe("270.00 = 0.00 + 300.00 - 30.00 + 0.00")
        expect(await said(0)).toBe("282.00 = 7.00 + 300.00 - 30.00 + 5.00")
        const now = await compared()
        expect(now).toMatchObject({ balance: "282.00", documents_balance: "282.00", unposted: "0.00" })

        // The statement of those days says the same.
        const [from, to] = [calendarDay(daysAgo(8)), calendarDay(daysAgo(7))]
        expect(
          await client.get(`/admin/wholesale/credit-accounts/${account_id}/statement?from=${from}&to=${to}`)
        ).toMatchObject({
          statement: {
            opening: { balance: 400 },
            closing: { balance: 270 },
            entries: [{ kind: "payment", balance_delta: -130, balance: 270 }],
          },
        })
        expect(await brokenBooks(container, [partnership.distributor.id])).toEqual({})
      })

      it("what is taken back later still counts until then", async () => {
        const invoice = await invoiced(10)
        await trade.voidInvoice(invoice.id)
        const { payment } = await invoices.recordPayment({
          ...seller(), account_id: partnership.account_id, currency_code: "usd", strategy: "unapplied", amount: "60",
          method: "cheque", received_at: noon(daysAgo(3)),
        })
        await trade.voidPayment(payment.id)
        // The void invoice leaves its order approved; the payment counts until it bounced, though no entry stands for it so far.
        expect(await compared(daysAgo(1))).toMatchObject({
          balance: "0.00", documents_balance: "0.00", unapplied: "60.00", unposted: "-60.00",
        })
        expect(await compared(today)).toMatchObject({ uninvoiced: "100.00", unapplied: "0.00", unposted: "-60.00" })
      })
    })

    describe("a thousand random histories in JPY, USD and KWD", () => {
      it("leave ledger, documents, ageing and statement saying the same on any day", async () => {
        const { store_id } = seller()
        const histories = fc.sample(history, { numRuns: 1_000, seed: 20_260_101 })
        const played = new Map<string, Played>()
        const waiting = histories.entries()
        // A few players at once: each plays its accounts one after another.
        await Promise.all(
          Array.from({ length: 6 }, async () => {
            for (const [index, each] of waiting) {
              const account_id = `whacc_history_${index}`
              played.set(account_id, await play(container, { store_id, account_id }, each))
            }
          })
        )
        expect(played.size).toBe(1_000)
        const taken = [...played.values()].flatMap((each) => each.taken)
        for (const kind of HISTORY_KINDS) {
          expect(`${kind}: ${taken.filter((each) => each === kind).length >= 10}`).toBe(`${kind}: true`)
        }

        // Before anything happened, at random in between, after all of it, and when all that is open is long late.
        const between = fc.sample(fc.integer({ min: -9, max: LONGEST_DAYS }), { numRuns: 8, seed: 7 })
        const days = [-10, ...between, LONGEST_DAYS, LONGEST_DAYS + 60, LONGEST_DAYS + 120]
        const filled = new Set<number>()
        const sumOf = ({ currency_code, moved }: Played, until?: Date) =>
          sumAmounts(moved.filter(({ at }) => !until || at < until).map(({ amount }) => amount), currency_code)
        for (const as_of of [...days.map((number) => addDays(START, number)), undefined]) {
          const until = as_of && addDays(startOfDay(as_of), 1)
          const { accounts } = await invoices.ageing({ store_id, as_of: as_of ?? addDays(START, LONGEST_DAYS) })
          const aged = new Map(accounts.map((account) => [account.account_id, account]))
          let compared = 0
          for await (const { account_id, balance, documents_balance, ...figures } of compareBalances(container, { store_id, as_of })) {
            const each = played.get(account_id)
            if (!each) {
              continue
            }
            compared += 1
            const sum = sumOf(each, until)
            expect({ account_id, as_of, ...figures, balance, documents_balance }).toMatchObject({ balance: sum, documents_balance: sum, unposted: sumAmounts([], each.currency_code) })
            const { current, days_1_30, days_31_60, days_61_90, days_91_120, over_120, ...rest } = aged.get(account_id) ?? NOTHING
            const buckets = [current, days_1_30, days_31_60, days_61_90, days_91_120, over_120]
            expect([sumAmounts(buckets, each.currency_code), sumAmounts([rest.unapplied], each.currency_code)]).toEqual([figures.outstanding, figures.unapplied])
            expect(buckets.every((bucket) => Number(bucket) >= 0) && Number(rest.unapplied) >= 0).toBe(true)
            buckets.forEach((bucket, index) => Number(bucket) > 0 && filled.add(index))
          }
          expect(compared).toBe(1_000)
        }
        expect([...filled].sort()).toEqual([0, 1, 2, 3, 4, 5])
        for (const [index, [account_id, each]] of [...played].slice(0, 50).entries()) {
          const [from, to] = [addDays(startOfDay(START), (index * 3) % 20), addDays(startOfDay(START), 20 + index)]
          const { opening, closing, entries, count } = await credit.statement({ store_id, account_id, from, to })
          expect([opening.balance, closing.balance]).toEqual([sumOf(each, from), sumOf(each, to)])
          expect(entries.length ? entries[count - 1].balance : opening.balance).toBe(closing.balance)
        }
        expect(await checkBooks(container, store_id)).toEqual([])
      }, 600_000)

      const NOTHING = {
        current: "0", days_1_30: "0", days_31_60: "0", days_61_90: "0", days_91_120: "0", over_120: "0", unapplied: "0",
      }
    })

    describe("the check of the books", () => {
      const check = async () => await checkBooks(container, partnership.distributor.id)
      /** Received, and noted to stand in the ledger, where nobody wrote it. */
      const forgotten = async (amount: string) => {
        const { postings } = await invoices.recordPayment({
          ...seller(), account_id: partnership.account_id, currency_code: "usd", strategy: "due_date", amount,
          method: "cheque",
        })
        await invoices.markPosted(postings)
      }

      it("finds a payment that no entry stands for, though each book agrees with itself", async () => {
        await invoiced(10)
        await place(5)
        await forgotten("40")
        expect(await check()).toEqual([
          {
            kind: "balance",
            account_id: partnership.account_id,
            currency_code: "usd",
            balance: "100.00",
            documents_balance: "60.00",
            outstanding: "60.00",
            uninvoiced: "0.00",
            unapplied: "0.00",
            corrections: "0.00",
            unposted: "0.00",
          },
        ])
        expect(await client.get("/admin/wholesale/reconcile")).toMatchObject({
          books_check: { difference_count: 1, differences: [{ kind: "balance", balance: 100, documents_balance: 60 }] },
        })
      })

      it("finds what is left in the ledger of an order that is invoiced", async () => {
        const invoice = await invoiced(10)
        await credit.recordEntry({
          ...seller(), account_id: partnership.account_id, kind: "invoice_difference", amount: "0.01", key: "astray",
          reference: { type: "order", id: (await orderOf(invoice)).id },
        })
        expect(await check()).toMatchObject([{ kind: "balance", balance: "100.01", documents_balance: "100.00" }])
      })

      it("takes what is being booked for what it is, and an order with a verb under way as the ledger has it", async () => {
        await invoiced(10)
        await invoices.recordPayment({
          ...seller(), account_id: partnership.account_id, currency_code: "usd", strategy: "due_date", amount: "40",
          method: "cheque",
        })
        const id = await place(5)
        const { operation_id, reservation_key } = await approvalUnderWay(id)
        expect(await compared()).toMatchObject({ balance: "100.00", outstanding: "60.00", unposted: "-40.00", uninvoiced: "0.00" })
        await credit.post({
          ...seller(), account_id: partnership.account_id, key: `${operation_id}:post`, reservation_key,
          reference: { type: "order", id },
        })
        expect(await compared()).toMatchObject({ balance: "150.00", uninvoiced: "50.00" })
        expect(await compared(today)).toMatchObject({ balance: "150.00", uninvoiced: "50.00" })
        expect(await check()).toEqual([])
      })

      it("never cries wolf while people trade", async () => {
        const checks: unknown[][] = []
        let trading = true
        const watch = async () => {
          while (trading) {
            checks.push(await check())
          }
        }
        const day = async (turn: number) => {
          const [cancelled, kept] = [await place(3), await place(turn + 2)]
          await trade.complete(cancelled)
          const first = await trade.invoice(cancelled)
          await trade.pay(first, "10.00", `whpay_${turn}_part`)
          await trade.cancel(cancelled, { goods_returned: true })
          const invoice = await trade.deliver(kept)
          await trade.pay(invoice, "10.00", `whpay_${turn}_bounced`)
          await trade.voidPayment(`whpay_${turn}_bounced`)
          await trade.writeOff(invoice, `whwoff_${turn}`)
          await trade.undoWriteOff(invoice)
          await trade.voidInvoice(invoice.id)
        }
        const watching = [watch(), watch()]
        await Promise.all([0, 1, 2].map(day)).finally(() => {
          trading = false
        })
        await Promise.all(watching)
        expect(checks.length).toBeGreaterThan(10)
        expect(checks.filter((differences) => differences.length > 0)).toEqual([])
        expect(await check()).toEqual([])
        const { balance } = await trade.exposure()
        // What stood on void invoices waits again, (2 + 3 + 4) × 10.00; the three cancelled orders left their payments of 10.00.
        expect(balance).toBe("60.00")
      })

      async function approvalUnderWay(order_id: string) {
        const { store_id, actor } = seller()
        const { id: operation_id } = await container
          .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
          .beginOperation({ store_id, order_id, verb: "approve", payload: { actor } })
        const { id } = await placementOf(container, { id: order_id, store_id })
        return { operation_id, reservation_key: placementReservationKey(id) }
      }
    })

    async function orderOf({ id }: Pick<Invoice, "id">) {
      const [order] = await rowsOf<{ id: string }>(
        container,
        "select order_id as id from wholesale_invoice_order where invoice_id = ?",
        [id]
      )
      return order
    }
  },
})
