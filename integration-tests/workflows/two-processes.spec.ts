import type { MedusaContainer } from "@medusajs/framework/types"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { brokenBooks, rowsOf } from "../helpers/books"
import { openOneItemShop } from "../helpers/one-item-shop"
import { startServerProcess, type ServerProcess } from "../helpers/server-process"
import { levelsOf, type SeededVariant } from "../helpers/stock-fixtures"
import { Trade, type Partnership } from "../helpers/trade"
import type { TradeTask } from "../helpers/trade-in-process"

jest.setTimeout(120_000)

// With Medusa's in-memory modules, also where the other specs run on Redis: correctness rests on the
// database alone, and no other process may take this one's events.
delete process.env.REDIS_URL

const YEAR = new Date().getUTCFullYear()
const numbers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${YEAR}-${String(index + 1).padStart(6, "0")}`)
const isEven = (_: unknown, index: number) => index % 2 === 0
const isOdd = (_: unknown, index: number) => index % 2 === 1

integrationTestRunner({
  testSuite: ({ dbConfig, getContainer }) => {
    let container: MedusaContainer
    let partnership: Partnership
    let trade: Trade
    /** They know nothing of each other's locks. */
    let processes: readonly ServerProcess[] = []
    /** 100.00 each, 100 on the shelf. */
    let cup: SeededVariant

    beforeAll(async () => {
      ;({ partnership, item: cup } = await openOneItemShop(getContainer(), {
        sku: "CUP", price: "100", stocked: 100, credit_limit: "5000",
      }))
      processes = [1, 2].map(() => startServerProcess(dbConfig.clientUrl, "trade-in-process.ts", partnership))
      await Promise.all(processes.map(({ ready }) => ready))
    })

    afterAll(async () => {
      processes.forEach((server) => server.end())
      await Promise.all(processes.map(({ ended }) => ended))
    })

    beforeEach(() => {
      container = getContainer()
      trade = new Trade(container, partnership)
    })

    const level = async () => (await levelsOf(container, cup))[partnership.distributor.location_id]
    const expectBooksInOrder = async () => {
      expect(await brokenBooks(container, [partnership.distributor.id, partnership.retailer.id])).toEqual({})
    }

    /** Let go in the same moment. */
    const inTwoProcesses = async (...tasks: readonly [TradeTask, TradeTask]): Promise<string[]> =>
      (await Promise.all(tasks.map((task, index) => processes[index].ask<string[]>(task)))).flat()

    it("takes 8 of ten purchase orders over 600.00 placed in two processes at once against 5,000.00", async () => {
      const drafts: string[] = []
      for (let index = 0; index < 10; index++) {
        drafts.push(await trade.draft([{ sku: "CUP", quantity: 6 }]))
      }

      const outcomes = await inTwoProcesses({ place: drafts.filter(isEven) }, { place: drafts.filter(isOdd) })

      expect(outcomes).toEqual(Array(10).fill("done"))
      const placed = await Promise.all(drafts.map((id) => trade.purchaseOrder(id)))
      const accepted = placed.filter(({ status }) => status === "accepted")
      const refused = placed.filter(({ status }) => status === "refused")
      expect(accepted.map(({ order_number }) => order_number).sort()).toEqual(numbers("B2B", 8))
      expect(placed.map(({ number }) => number).sort()).toEqual(numbers("PO", 10))
      // 8 × 600.00 = 4,800.00; the next would be 400.00 over.
      expect(refused.map(({ response }) => response)).toMatchObject(
        Array(2).fill({
          refusal: {
            code: "credit_limit_exceeded",
            details: { limit: "5000.00", exposure: "4800.00", order_amount: "600.00", over_by: "400.00" },
          },
        })
      )
      expect(await trade.exposure()).toMatchObject({ reserved: "4800.00", balance: "0.00" })
      await expectBooksInOrder()
    })

    it("places a purchase order once when both processes place it, and all of its documents arrive", async () => {
      const drafts: string[] = []
      for (let index = 0; index < 4; index++) {
        drafts.push(await trade.draft([{ sku: "CUP", quantity: 6 }]))
      }

      expect(await inTwoProcesses({ place: drafts }, { place: drafts })).toEqual(Array(8).fill("done"))

      expect(await trade.exposure()).toMatchObject({ reserved: "2400.00" })
      await expectBooksInOrder()
    })

    it("approves 10 of twenty orders of 10 in two processes at once against 100", async () => {
      await trade.setLimit(null)
      const orders: string[] = []
      for (let index = 0; index < 20; index++) {
        orders.push(await trade.place({ sku: "CUP", quantity: 10 }))
      }

      const outcomes = await inTwoProcesses({ approve: orders.filter(isEven) }, { approve: orders.filter(isOdd) })

      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(10)
      expect(outcomes.filter((outcome) => outcome === "insufficient_stock")).toHaveLength(10)
      expect(await level()).toEqual({ stocked: 100, reserved: 100 })
      // 10 × 1,000.00 approved, as much still reserved.
      expect(await trade.exposure()).toMatchObject({ balance: "10000.00", reserved: "10000.00" })
      await expectBooksInOrder()
    })

    it("approves, pays, mirrors and cancels once when both processes do", async () => {
      await trade.setLimit(null)
      const place = () => trade.place({ sku: "CUP", quantity: 5 })
      const approve = [await place(), await place(), await place()]
      const delivered = [await place(), await place(), await place()]
      const pay = []
      for (const id of delivered) {
        pay.push(await trade.deliver(id))
      }
      const cancel = [await place(), await place()]
      for (const id of cancel) {
        const invoice = await trade.deliver(id)
        await trade.pay(invoice, invoice.total)
        await trade.mirror(invoice)
      }

      const task = { approve, cancel, pay }
      const outcomes = await inTwoProcesses(task, task)

      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(3 + 2 + 2 * 3)
      expect(
        outcomes.filter((outcome) => !["done", "operation_in_progress", "not_allowed"].includes(outcome))
      ).toEqual([])
      // 100 − 3 × 5 delivered; the goods of those cancelled came back; 3 × 5 wait.
      expect(await level()).toEqual({ stocked: 85, reserved: 15 })
      // 3 × 500.00 approved, less 2 × 500.00 paid for what was cancelled.
      expect(await trade.exposure()).toMatchObject({ balance: "500.00", reserved: "0.00" })
      expect(await rowsOf(container, 'select id from "order" where status = \'completed\'')).toHaveLength(3)
      expect(await rowsOf(container, 'select id from "order" where status = \'canceled\'')).toHaveLength(2)
      await expectBooksInOrder()
    })
  },
})
