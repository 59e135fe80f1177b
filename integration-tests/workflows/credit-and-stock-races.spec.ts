import type { IInventoryService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { type Answer } from "../../scripts/fixture/store-client"
import { createTradingStores, } from "../../scripts/fixture/trading-stores"
import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import { placeOrderWorkflow } from "../../src/workflows/order/place-order"
import { issueDueInvoices } from "../../src/workflows/invoice/issue-due-invoices"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { brokenBooks, rowsOf } from "../helpers/books"
import { levelsOf, seedVariants, type SeededVariant } from "../helpers/stock-fixtures"
import { loginTo } from "../helpers/store-login"
import { connectStores, offerGoods, Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(120_000)

const YEAR = new Date().getUTCFullYear()
const numbers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${YEAR}-${String(index + 1).padStart(6, "0")}`)

/** What became of each, `done` or the code of its refusal. */
async function outcomes(attempts: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    attempts.map((attempt) =>
      attempt.then(
        () => "done",
        (error: unknown) => asWholesaleError(error)?.code ?? String(error)
      )
    )
  )
}

const count = (all: readonly string[], one: string) => all.filter((outcome) => outcome === one).length

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let partnership: Partnership
    let trade: Trade
    /** 100.00 each, 100 on the shelf. */
    let cup: SeededVariant
    /** 100.00 each, so many on the shelf that stock is no matter. */
    let plate: SeededVariant

    beforeAll(async () => {
      const stores = await createTradingStores(getContainer())
      ;[cup, plate] = await seedVariants(getContainer(), [
        { sku: "CUP", stocked: { [stores.distributor.location_id]: 100 } },
        { sku: "PLATE", stocked: { [stores.distributor.location_id]: 100_000 } },
      ])
      partnership = await connectStores(getContainer(), stores, "5000")
      await offerGoods(getContainer(), stores.distributor.id, "usd", [
        { variant_id: cup.variant_id, price: "100" },
        { variant_id: plate.variant_id, price: "100" },
      ])
    })

    beforeEach(() => {
      container = getContainer()
      trade = new Trade(container, partnership)
    })

    const expectBooksInOrder = async () => {
      expect(await brokenBooks(container, [partnership.distributor.id, partnership.retailer.id])).toEqual({})
    }
    const login = (side: "distributor" | "retailer") =>
      loginTo(api, partnership[side])
    const orderNumbers = async () =>
      (
        await rowsOf<{ number: string }>(
          container,
          "select number from wholesale_order where store_id = ? order by number",
          [partnership.distributor.id]
        )
      ).map(({ number }) => number)
    const level = async () => (await levelsOf(container, cup))[partnership.distributor.location_id]

    describe("credit", () => {
      // 5,000.00 / 600.00 = 8 orders, 4,800.00; the next would make 5,400.00, 400.00 too much.
      const OVER = { limit: "5000.00", exposure: "4800.00", order_amount: "600.00", over_by: "400.00" }

      it("takes 8 of ten purchase orders over 600.00 placed at once against 5,000.00, and none twice", async () => {
        const retailer = await login("retailer")
        const drafts: string[] = []
        for (let index = 0; index < 10; index++) {
          drafts.push(await trade.draft([{ sku: "PLATE", quantity: 6 }]))
        }
        const place = () =>
          Promise.all(
            drafts.map((id) =>
              retailer.request("POST", `/admin/wholesale/purchase-orders/${id}/place`, {}, { key: `place-${id}` })
            )
          )

        const answers = await place()

        const byStatus = (status: string) =>
          answers.map(purchaseOrderIn).filter((order) => order.status === status)
        expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
        expect(byStatus("accepted")).toHaveLength(8)
        expect(byStatus("accepted").map(({ order_number }) => order_number).sort()).toEqual(numbers("B2B", 8))
        expect(byStatus("refused").map(({ response }) => response)).toMatchObject(
          Array(2).fill({ answer: "refused", refusal: { code: "credit_limit_exceeded", details: OVER } })
        )
        expect(answers.map((answer) => purchaseOrderIn(answer).number).sort()).toEqual(numbers("PO", 10))
        expect(await orderNumbers()).toEqual(numbers("B2B", 8))
        expect(await trade.exposure()).toMatchObject({ reserved: "4800.00", balance: "0.00" })

        expect(await place()).toEqual(answers)
        expect(await orderNumbers()).toEqual(numbers("B2B", 8))
        expect(await trade.exposure()).toMatchObject({ reserved: "4800.00" })
        await expectBooksInOrder()
      })

      it.each(["manual", "portal"] as const)("takes 8 of ten %s orders placed at once, and refuses 2 with the figures", async (source) => {
        const place = (index: number) =>
          placeOrderWorkflow(container).run({
            input: {
              order_id: `whord_race_${index}`,
              store_id: partnership.distributor.id,
              account_id: partnership.account_id,
              source,
              fulfilment_method: "shipping",
              lines: [{ sku: "PLATE", quantity: 6 }],
              actor: { actor_type: "system", actor_id: "test" },
            },
          })

        const settled = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => place(index)))

        const refusals = settled.flatMap((result) =>
          result.status === "rejected" ? [asWholesaleError(result.reason)] : []
        )
        expect(refusals).toMatchObject(
          Array(2).fill({ status: 409, code: "credit_limit_exceeded", details: OVER })
        )
        expect(await orderNumbers()).toEqual(numbers("B2B", 8))
        expect(await trade.exposure()).toMatchObject({ reserved: "4800.00" })
        await expectBooksInOrder()

        // The same ids again, now that there is room for all: those placed stand, the others are placed.
        await trade.setLimit("6000")
        await Promise.all(Array.from({ length: 10 }, (_, index) => place(index)))
        expect(await orderNumbers()).toEqual(numbers("B2B", 10))
        expect(await trade.exposure()).toMatchObject({ reserved: "6000.00" })
        await expectBooksInOrder()
      })

      it("places one order when one id is placed ten times at once", async () => {
        const placed = await Promise.all(
          Array.from({ length: 10 }, () => trade.enter("whord_once", { sku: "PLATE", quantity: 6 }))
        )

        expect(new Set(placed.map(({ number }) => number))).toEqual(new Set(numbers("B2B", 1)))
        expect(await trade.exposure()).toMatchObject({ reserved: "600.00" })
        await expectBooksInOrder()
      })

      it("knows no limit, a limit of nothing and a positive limit apart", async () => {
        const enter = (id: string, quantity: number) => trade.enter(id, { sku: "PLATE", quantity })

        await trade.setLimit("0")
        await expect(enter("whord_none", 1)).rejects.toMatchObject({
          code: "credit_limit_exceeded",
          details: { limit: "0.00", exposure: "0.00", order_amount: "100.00", over_by: "100.00" },
        })
        // What costs nothing needs no credit.
        await trade.enter("whord_free", { sku: "PLATE", quantity: 1, unit_price: "0" })

        await trade.setLimit("1000")
        await enter("whord_full", 10)
        await expect(enter("whord_over", 1)).rejects.toMatchObject({
          details: { limit: "1000.00", exposure: "1000.00", order_amount: "100.00", over_by: "100.00" },
        })

        await trade.setLimit(null)
        await enter("whord_unlimited", 1_000)
        // 10 × 100.00 and 1,000 × 100.00.
        expect(await trade.exposure()).toMatchObject({ reserved: "101000.00", credit_limit: null })
        expect(await orderNumbers()).toEqual(numbers("B2B", 3))
        await expectBooksInOrder()
      })
    })

    describe("stock", () => {
      it("approves 10 of twenty orders of 10 at once against 100, and the others once there is more", async () => {
        await trade.setLimit(null)
        const distributor = await login("distributor")
        const ids: string[] = []
        for (let index = 0; index < 20; index++) {
          ids.push(await trade.place({ sku: "CUP", quantity: 10 }))
        }
        const approve = (id: string) => distributor.request("POST", `/admin/wholesale/orders/${id}/approve`)

        const answers = await Promise.all(ids.map(approve))

        const refused = ids.filter((_, index) => answers[index].status !== 200)
        expect(refused).toHaveLength(10)
        expect(answers.filter(({ status }) => status !== 200)).toMatchObject(
          Array(10).fill({
            status: 409,
            body: {
              code: "insufficient_stock",
              details: { items: [{ sku: "CUP", asked: 10, available: 0 }] },
            },
          })
        )
        expect(await level()).toEqual({ stocked: 100, reserved: 100 })
        for (const id of refused) {
          expect(await trade.order(id)).toMatchObject({ status: "pending" })
        }
        // 20 × 1,000.00; half of it is balance, the reservations of the refused stand.
        expect(await trade.exposure()).toMatchObject({ balance: "10000.00", reserved: "10000.00" })
        await expectBooksInOrder()

        await container
          .resolve<IInventoryService>(Modules.INVENTORY)
          .adjustInventory(cup.inventory_item_id, partnership.distributor.location_id, 100)
        const later = await Promise.all(refused.map(approve))

        expect(later.map(({ status }) => status)).toEqual(Array(10).fill(200))
        expect(await level()).toEqual({ stocked: 200, reserved: 200 })
        expect(await trade.exposure()).toMatchObject({ balance: "20000.00", reserved: "0.00" })
        await expectBooksInOrder()
      })

      it("counts one SKU on two lines together", async () => {
        await trade.setLimit(null)
        const over = await trade.place({ sku: "CUP", quantity: 60 }, { sku: "CUP", quantity: 41 })
        const exact = await trade.place({ sku: "CUP", quantity: 60 }, { sku: "CUP", quantity: 40 })

        await expect(trade.approve(over)).rejects.toMatchObject({
          code: "insufficient_stock",
          details: { items: [{ sku: "CUP", asked: 101, available: 100 }] },
        })
        expect(await level()).toEqual({ stocked: 100, reserved: 0 })
        await trade.approve(exact)
        expect(await level()).toEqual({ stocked: 100, reserved: 100 })
        await expectBooksInOrder()
      })

      it("approves again under the operation that was refused, once there is stock", async () => {
        await trade.setLimit(null)
        const first = await trade.place({ sku: "CUP", quantity: 100 })
        const second = await trade.place({ sku: "CUP", quantity: 1 })
        await trade.approve(first)
        await expect(trade.approve(second, "whordop_again")).rejects.toMatchObject({
          code: "insufficient_stock",
        })

        await trade.cancel(first)
        await trade.approve(second, "whordop_again")

        expect(await trade.order(second)).toMatchObject({ status: "approved" })
        expect(await level()).toEqual({ stocked: 100, reserved: 1 })
        await expectBooksInOrder()
      })
    })

    describe("one order, two verbs at once", () => {
      it("approves once of ten times", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })

        const all = await outcomes(Array.from({ length: 10 }, () => trade.approve(id)))

        expect(count(all, "done")).toBe(1)
        expect(all.filter((code) => !["done", "operation_in_progress", "not_allowed"].includes(code))).toEqual([])
        expect(await level()).toEqual({ stocked: 100, reserved: 10 })
        expect(await trade.exposure()).toMatchObject({ balance: "1000.00", reserved: "0.00" })
        await expectBooksInOrder()
      })

      it("cancels once of ten times, with goods, invoice and mirror", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })
        const invoice = await trade.deliver(id)
        await trade.pay(invoice, "1000")
        await trade.mirror(invoice)

        const all = await outcomes(
          Array.from({ length: 10 }, () => trade.cancel(id, { goods_returned: true }))
        )

        expect(count(all, "done")).toBe(1)
        expect(all.filter((code) => !["done", "operation_in_progress", "not_allowed"].includes(code))).toEqual([])
        expect(await level()).toEqual({ stocked: 100, reserved: 0 })
        expect(await trade.exposure()).toMatchObject({ balance: "-1000.00", reserved: "0.00" })
        await expectBooksInOrder()
      })

      it.each([0, 1, 2, 3])("approves or cancels, and never loses stock or credit (%i)", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })

        const [approved, cancelled] = await outcomes([trade.approve(id), trade.cancel(id)])

        const { status } = await trade.order(id)
        expect({ status, cancelled, approved }).toEqual(
          cancelled === "done"
            ? { status: "cancelled", cancelled, approved: expect.any(String) }
            : { status: "approved", cancelled: "operation_in_progress", approved: "done" }
        )
        if (cancelled !== "done") {
          await trade.cancel(id)
        }
        expect(await level()).toEqual({ stocked: 100, reserved: 0 })
        expect(await trade.exposure()).toMatchObject({ balance: "0.00", reserved: "0.00" })
        await expectBooksInOrder()
      })

      it("rejects or approves, not both", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })

        const all = await outcomes([trade.reject(id), trade.approve(id)])

        expect(count(all, "done")).toBe(1)
        expect((await trade.order(id)).status).toBe(all[0] === "done" ? "rejected" : "approved")
        await expectBooksInOrder()
      })

      it("ships once of five times", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })
        await trade.approve(id)
        await trade.pack(id)

        const all = await outcomes(Array.from({ length: 5 }, () => trade.ship(id)))

        expect(count(all, "done")).toBe(1)
        expect(await level()).toEqual({ stocked: 90, reserved: 0 })
        expect((await trade.order(id)).shipments).toHaveLength(1)
        await expectBooksInOrder()
      })

      it("takes two payments in full at once for one", async () => {
        const invoice = await trade.deliver(await trade.place({ sku: "CUP", quantity: 10 }))

        const all = await outcomes([trade.pay(invoice, "1000"), trade.pay(invoice, "1000")])

        expect([...all].sort()).toEqual(["done", "not_allowed"])
        expect(await trade.exposure()).toMatchObject({ balance: "0.00" })
        await trade.mirror(invoice)
        await expectBooksInOrder()
      })

      it("makes one core order when one invoice is mirrored five times at once", async () => {
        const invoice = await trade.deliver(await trade.place({ sku: "CUP", quantity: 10 }))
        await trade.pay(invoice, "1000")

        await Promise.all(Array.from({ length: 5 }, () => trade.mirror(invoice)))

        expect(await rowsOf(container, 'select id from "order"')).toHaveLength(1)
        await expectBooksInOrder()
      })

      it.each([0, 1, 2, 3])("mirrors or is cancelled, and no core order of a cancelled order counts (%i)", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })
        const invoice = await trade.deliver(id)

        await trade.pay(invoice, "1000")
        await outcomes([
          trade.mirror(invoice),
          trade.cancel(id, { goods_returned: true }),
          trade.mirror(invoice),
        ])

        expect(await rowsOf(container, `select id from "order" where status <> 'canceled'`)).toEqual([])
        expect(await trade.exposure()).toMatchObject({ balance: "-1000.00" })
        await expectBooksInOrder()
      })

      it("issues one invoice, and posts what it differs by once, when asked five times at once", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })
        await trade.approve(id)
        await trade.pack(id)
        await trade.ship(id)
        const asked = { id, store_id: partnership.distributor.id }

        await Promise.all([
          trade.advance(id, "deliver"),
          ...Array.from({ length: 4 }, () => issueDueInvoices(container, asked)),
        ])
        await Promise.all(Array.from({ length: 4 }, () => issueDueInvoices(container, asked)))

        expect(await trade.invoice(id)).toMatchObject({ number: `INV-${YEAR}-000001`, total: "1000.00" })
        expect(await trade.exposure()).toMatchObject({ balance: "1000.00" })
        // Where another one issued it, the verb has nothing to announce: the sweeper does.
        await reconcileWorkflow(container).run({ input: {} })
        await expectBooksInOrder()
      })

      it("pays or cancels, and the account gets back exactly what was paid", async () => {
        const id = await trade.place({ sku: "CUP", quantity: 10 })
        const invoice = await trade.deliver(id)

        const [paid, cancelled] = await outcomes([
          trade.pay(invoice, "1000"),
          trade.cancel(id, { goods_returned: true }),
        ])

        expect(cancelled).toBe("done")
        expect(["done", "not_allowed", "payment_exceeds_outstanding"]).toContain(paid)
        expect(await trade.exposure()).toMatchObject({ balance: paid === "done" ? "-1000.00" : "0.00" })
        expect(await level()).toEqual({ stocked: 100, reserved: 0 })
        await expectBooksInOrder()
      })
    })
  },
})

interface PurchaseOrderAnswer {
  readonly number: string
  readonly status: string
  readonly order_number: string | null
  readonly response: unknown
}

function purchaseOrderIn({ body }: Answer): PurchaseOrderAnswer {
  return (body as { readonly purchase_order: unknown }).purchase_order as PurchaseOrderAnswer
}
