import { isDeepStrictEqual } from "node:util"
import type { MedusaContainer } from "@medusajs/framework/types"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createTradingStores } from "../../scripts/fixture/trading-stores"
import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { brokenBooks, rowsOf } from "../helpers/books"
import { SCENES, type SceneName } from "../helpers/crash-scenes"
import type { Crashed, CrashTask } from "../helpers/crash-in-process"
import { startServerProcess } from "../helpers/server-process"
import { seedVariants } from "../helpers/stock-fixtures"
import { connectStores, offerGoods, Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(600_000)

// With Medusa's in-memory modules, also where the other specs run on Redis: correctness rests on the
// database alone, and no other process may take this one's events.
delete process.env.REDIS_URL

const SKUS = Array.from({ length: 540 }, (_, index) => `SKU-${String(index).padStart(3, "0")}`)
const LIMIT = "1000000"

/** Three processes die; what takes long to prepare is shared out between them. */
const PROCESSES: readonly (readonly SceneName[])[] = [
  ["place", "place_over_limit", "pay", "approve", "deliver", "enter", "enter_over_limit", "void_payment"],
  ["mirror", "mirror_and_cancelled", "cancel", "cancel_as_asked", "refuse_to_cancel", "ship", "reject", "approve_out_of_stock"],
  [
    "write_off", "undo_write_off", "approve_credit", "approve_credit_in_part", "decline_credit", "edit", "edit_over_limit",
    "consolidate", "void_consolidated", "cancel_of_consolidated",
  ],
]

integrationTestRunner({
  testSuite: ({ dbConfig, getContainer }) => {
    let container: MedusaContainer
    let partnership: Partnership
    let trade: Trade

    beforeAll(async () => {
      const stores = await createTradingStores(getContainer())
      const variants = await seedVariants(
        getContainer(),
        SKUS.map((sku) => ({ sku, stocked: { [stores.distributor.location_id]: 50 } }))
      )
      partnership = await connectStores(getContainer(), stores, LIMIT)
      await offerGoods(
        getContainer(),
        stores.distributor.id,
        "usd",
        variants.map(({ variant_id }) => ({ variant_id, price: "10" }))
      )
    })

    beforeEach(() => {
      container = getContainer()
      trade = new Trade(container, partnership)
    })

    const broken = () => brokenBooks(container, [partnership.distributor.id, partnership.retailer.id])

    /** After a restart, as often as there is something to do; two sweepers at once, as two servers have. */
    const recover = async () => {
      for (let round = 1; ; round++) {
        const input = { before: new Date().toISOString() }
        const sweeps = await Promise.all([
          reconcileWorkflow(container).run({ input }),
          reconcileWorkflow(container).run({ input }),
        ])
        const repaired = sweeps.flatMap(({ result }) => result.repaired)
        if (repaired.length === 0) {
          return
        }
        if (round === 6) {
          throw new Error(`The sweeper finds no end: ${JSON.stringify(repaired)}`)
        }
      }
    }

    /** What the client that asks again is told. */
    const askAgain = ({ scene, subject }: Crashed) =>
      SCENES[scene].act(trade, subject).then(
        () => "done",
        (error: unknown) => asWholesaleError(error)?.code ?? String(error)
      )

    /** All that people can see of a subject. */
    const stateOf = async ({ subject: { sku } }: Crashed) => {
      const [state] = await rowsOf<Record<string, unknown>>(
        container,
        `select (select array_agg(po.status) from wholesale_purchase_order po
                   join wholesale_purchase_order_line line on line.purchase_order_id = po.id
                  where line.supplier_sku = ?) as purchase_orders,
                (select array_agg(o.status || ' ' || o.total order by o.status, o.total) from wholesale_order o
                   join wholesale_order_line line on line.order_id = o.id where line.sku = ?) as orders,
                (select array_agg(inv.status order by inv.status) from wholesale_invoice inv
                   join wholesale_invoice_line line on line.invoice_id = inv.id where line.sku = ?) as invoices,
                (select array_agg(mirror.status order by mirror.status) from wholesale_mirror mirror
                   join wholesale_invoice_line line on line.invoice_id = mirror.invoice_id
                  where line.sku = ?) as mirrors,
                (select array_agg(level.stocked_quantity - level.reserved_quantity) from inventory_level level
                   join inventory_item item on item.id = level.inventory_item_id where item.sku = ?) as available`,
        Array<string>(5).fill(sku)
      )
      return state
    }

    it("recovers every verb from a kill -9 at every boundary, and its client from asking again", async () => {
      const share = SKUS.length / PROCESSES.length
      const processes = PROCESSES.map((scenes, index) => {
        const skus = SKUS.slice(index * share, (index + 1) * share)
        return startServerProcess(dbConfig.clientUrl, "crash-in-process.ts", {
          partnership,
          scenes,
          skus,
        } satisfies CrashTask)
      })
      await Promise.all(processes.map(({ ready }) => ready))
      const crashed = (await Promise.all(processes.map((server) => server.go<Crashed[]>()))).flat()
      expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual(PROCESSES.map(() => "SIGKILL"))

      // The dead left everything half done that can be.
      expect(Object.keys(await broken())).toEqual(
        expect.arrayContaining([
          "an operation is open",
          "a draft was left",
          "a purchase order has other than one order that was not split off",
          "a purchase order does not follow its orders",
          "a supplier's order is not known as it is",
          "a bill does not follow its invoice",
          "an inbox document waits",
          "a partner was not told",
          "an invoice is due",
          "an invoice of several orders is not issued",
          "a void invoice has not given its orders back",
          "a document is not in the ledger",
          "a mirror or its refund is pending",
          "an order does not show what holds it",
          "a hold is of no order",
          "a reservation is not what its order waits for",
        ])
      )
      for (const { subject } of crashed.filter(({ scene }) => scene === "mirror_and_cancelled")) {
        await trade.cancel(subject.order_id ?? "", { goods_returned: true })
      }
      await recover()
      expect(await broken()).toEqual({})

      const differ: unknown[] = []
      for (const name of Object.keys(SCENES) as SceneName[]) {
        const ofScene = crashed.filter(({ scene }) => scene === name)
        // The first ran to its end: all others must have come to the same one.
        const [whole, ...died] = ofScene
        const expected = { answer: await askAgain(whole), ...(await stateOf(whole)) }
        for (const one of died) {
          const found = { answer: await askAgain(one), ...(await stateOf(one)) }
          if (!isDeepStrictEqual(found, expected)) {
            differ.push({ crash: one, found, expected })
          }
        }
      }
      expect(differ).toEqual([])

      await recover()
      expect(await broken()).toEqual({})
    })
  },
})
