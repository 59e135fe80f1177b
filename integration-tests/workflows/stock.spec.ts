import { spawn } from "node:child_process"
import { resolve } from "node:path"
import { createInterface } from "node:readline"
import type { IEventBusModuleService, IInventoryService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createReservationsWorkflow } from "@medusajs/medusa/core-flows"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { WHOLESALE_STOCK, type WholesaleStockModuleService } from "../../src/modules/wholesale-stock"
import { changeLevels, insertReservations } from "../../src/workflows/stock/inventory-rows"
import { moveStock } from "../../src/workflows/stock/move-stock"
import { releaseStock } from "../../src/workflows/stock/release-stock"
import { reserveStock, type ReserveStockRequest } from "../../src/workflows/stock/reserve-stock"
import { stockLeaves } from "../../src/workflows/stock/stock-leaves"
import { stockReceived, stockReceivedLines } from "../../src/workflows/stock/stock-received"
import { stockReturns } from "../../src/workflows/stock/stock-returns"
import { BrokenConnection } from "../helpers/broken-connection"
import { levelsOf, seedLocations, seedVariants, type SeededVariant } from "../helpers/stock-fixtures"

const ORDER = { store_id: "whstore_1", reference_type: "order", reference_id: "whord_1" }

integrationTestRunner({
  moduleName: "wholesale-stock-movements",
  testSuite: ({ getContainer, dbConfig }) => {
    let container: MedusaContainer
    let inventory: IInventoryService
    let north: string
    let south: string

    beforeEach(async () => {
      container = getContainer()
      inventory = container.resolve<IInventoryService>(Modules.INVENTORY)
      ;[north, south] = await seedLocations(container, "North", "South")
    })

    const reservation = (
      variants: readonly (SeededVariant & { quantity: number; line_id?: string })[],
      overrides: Partial<ReserveStockRequest> = {}
    ): ReserveStockRequest => ({
      ...ORDER,
      key: "reserve-1",
      external_id: "B2B-2026-000001",
      location_ids: [north, south],
      lines: variants.map(({ sku, variant_id, quantity, line_id }) => ({
        line_id: line_id ?? `line-${sku}`,
        sku,
        variant_id,
        quantity,
      })),
      ...overrides,
    })

    const outcome = (promise: Promise<unknown>) =>
      promise.then(
        () => "moved",
        (error: { code?: string }) => error.code
      )

    it("takes stock from the first location and the rest from the next, under the order's number", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 7, [south]: 50 } }])

      await reserveStock(container, reservation([{ ...cup, quantity: 12 }]))

      // 12 = 7 that North has + 5 of South
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 7, reserved: 7 },
        [south]: { stocked: 50, reserved: 5 },
      })
      const reservations = await inventory.listReservationItems({ inventory_item_id: cup.inventory_item_id })
      const ofTheOrder = expect.objectContaining({ external_id: "B2B-2026-000001", line_item_id: null })
      expect(reservations).toEqual([ofTheOrder, ofTheOrder])
    })

    it("moves nothing when the same key comes again, and answers what it moved", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 50 } }])
      const first = await reserveStock(container, reservation([{ ...cup, quantity: 12 }]))

      const [second, third] = await Promise.all([
        reserveStock(container, reservation([{ ...cup, quantity: 12 }])),
        reserveStock(container, reservation([{ ...cup, quantity: 12 }])),
      ])

      expect(first.repeated).toBe(false)
      expect([second, third]).toEqual([
        { items: first.items, repeated: true },
        { items: first.items, repeated: true },
      ])
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 50, reserved: 12 } })
    })

    it("refuses a key that stands for another movement", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 50 } }])
      await reserveStock(container, reservation([{ ...cup, quantity: 12 }]))

      await expect(releaseStock(container, { ...ORDER, key: "reserve-1" })).rejects.toMatchObject({
        code: "stock_movement_key_reused",
      })
    })

    it("refuses the whole order when one SKU is short, with what was asked and what there is", async () => {
      const [cup, plate] = await seedVariants(container, [
        { sku: "CUP", stocked: { [north]: 50 } },
        { sku: "PLATE", stocked: { [north]: 2, [south]: 1 } },
      ])

      await expect(
        reserveStock(container, reservation([{ ...cup, quantity: 1 }, { ...plate, quantity: 4 }]))
      ).rejects.toMatchObject({
        status: 409,
        code: "insufficient_stock",
        details: { items: [{ sku: "PLATE", asked: 4, available: 3 }] },
      })

      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 50, reserved: 0 } })
      const journal = container.resolve<WholesaleStockModuleService>(WHOLESALE_STOCK)
      expect(await journal.movementsOf(ORDER)).toEqual([])
    })

    it("counts the same SKU on two lines together", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 10 } }])
      const twoLines = (quantity: number, key: string) =>
        reservation(
          [
            { ...cup, quantity, line_id: "a" },
            { ...cup, quantity, line_id: "b" },
          ],
          { key }
        )

      // 6 + 6 = 12 of 10
      await expect(reserveStock(container, twoLines(6, "six"))).rejects.toMatchObject({
        details: { items: [{ sku: "CUP", asked: 12, available: 10 }] },
      })
      await reserveStock(container, twoLines(5, "five"))
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 10, reserved: 10 } })
    })

    it("multiplies by what a kit requires, and leaves unmanaged variants and foreign locations alone", async () => {
      const [far] = await seedLocations(container, "Elsewhere")
      const [kit, gift] = await seedVariants(container, [
        { sku: "KIT", stocked: { [north]: 10, [far]: 100 }, requiredQuantity: 3 },
        { sku: "GIFT", manageInventory: false },
      ])

      // 4 kits × 3 = 12 of 10; 10 / 3 leaves 3 whole kits
      await expect(reserveStock(container, reservation([{ ...kit, quantity: 4 }]))).rejects.toMatchObject({
        details: { items: [{ sku: "KIT", asked: 4, available: 3 }] },
      })
      const { items } = await reserveStock(
        container,
        reservation([{ ...kit, quantity: 3 }, { ...gift, quantity: 500 }])
      )
      expect(items.map(({ sku, quantity }) => ({ sku, quantity }))).toEqual([{ sku: "KIT", quantity: 9 }])
    })

    it("lets a variant that allows backorders go beyond the stock", async () => {
      const [cup] = await seedVariants(container, [
        { sku: "CUP", stocked: { [north]: 4 }, allowBackorder: true },
      ])
      await reserveStock(container, reservation([{ ...cup, quantity: 10 }]))
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 4, reserved: 10 } })

      await stockLeaves(container, { ...ORDER, key: "leave" })
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: -6, reserved: 0 } })
    })

    it("refuses a managed variant that keeps no inventory item", async () => {
      await expect(
        reserveStock(container, {
          ...reservation([]),
          lines: [{ line_id: "a", sku: "GHOST", variant_id: "variant_gone", quantity: 1 }],
        })
      ).rejects.toMatchObject({ code: "inventory_item_missing", details: { skus: ["GHOST"] } })
    })

    it("lowers reservation and stock together as parcels leave, once a shipment", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 7, [south]: 50 } }])
      await reserveStock(container, reservation([{ ...cup, quantity: 12 }]))
      const parcel = { ...ORDER, key: "parcel-1", lines: [{ line_id: "line-CUP", quantity: 9 }] }

      await Promise.all([stockLeaves(container, parcel), stockLeaves(container, parcel)])

      // 9 = North's 7 + 2 of South's 5
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 0, reserved: 0 },
        [south]: { stocked: 48, reserved: 3 },
      })

      // 3 are left to ship
      await expect(
        stockLeaves(container, { ...parcel, key: "parcel-2", lines: [{ line_id: "line-CUP", quantity: 4 }] })
      ).rejects.toMatchObject({
        code: "stock_not_held",
        details: { sku: "CUP", asked: 4, reserved: 3 },
      })
      await stockLeaves(container, { ...parcel, key: "parcel-3", lines: [{ line_id: "line-CUP", quantity: 3 }] })
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 0, reserved: 0 },
        [south]: { stocked: 45, reserved: 0 },
      })
      expect(await inventory.listReservationItems({ inventory_item_id: cup.inventory_item_id })).toEqual([])
    })

    it("ships no unit twice when two parcels leave at once", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 50 } }])
      await reserveStock(container, reservation([{ ...cup, quantity: 10 }]))
      const parcel = (key: string) =>
        outcome(stockLeaves(container, { ...ORDER, key, lines: [{ line_id: "line-CUP", quantity: 6 }] }))

      // 6 + 6 = 12 of the 10 reserved
      expect((await Promise.all([parcel("one"), parcel("two")])).sort()).toEqual(["moved", "stock_not_held"])
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 44, reserved: 4 } })
    })

    it("gives back what has not left and takes back what has, each once", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 7, [south]: 50 } }])
      await reserveStock(container, reservation([{ ...cup, quantity: 12 }]))
      await stockLeaves(container, { ...ORDER, key: "leave", lines: [{ line_id: "line-CUP", quantity: 9 }] })

      const released = await releaseStock(container, { ...ORDER, key: "release" })
      await releaseStock(container, { ...ORDER, key: "release" })
      await releaseStock(container, { ...ORDER, key: "release-again" })
      expect(released.items.map(({ quantity }) => quantity)).toEqual([3])
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 0, reserved: 0 },
        [south]: { stocked: 48, reserved: 0 },
      })

      await Promise.all(
        ["return", "return", "return-again"].map((key) => stockReturns(container, { ...ORDER, key }))
      )
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 7, reserved: 0 },
        [south]: { stocked: 50, reserved: 0 },
      })
    })

    it("refuses to ship what the books no longer hold, and ships a part below a level oversold by hand", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 10 } }])
      await reserveStock(container, reservation([{ ...cup, quantity: 10 }]))
      await inventory.updateInventoryLevels([
        { inventory_item_id: cup.inventory_item_id, location_id: north, stocked_quantity: 4 },
      ])

      await expect(stockLeaves(container, { ...ORDER, key: "all" })).rejects.toMatchObject({
        code: "insufficient_stock",
        details: { items: [{ sku: "CUP", asked: 10, available: 4 }] },
      })
      await stockLeaves(container, { ...ORDER, key: "some", lines: [{ line_id: "line-CUP", quantity: 3 }] })
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 1, reserved: 7 } })
    })

    it("takes reservations as it finds them after somebody changed them by hand", async () => {
      const [cup, plate] = await seedVariants(container, [
        { sku: "CUP", stocked: { [north]: 10 } },
        { sku: "PLATE", stocked: { [north]: 10 } },
      ])
      const { items } = await reserveStock(
        container,
        reservation([cup, plate].map((variant) => ({ ...variant, quantity: 4 })))
      )
      const [deleted, halved] = items.map((item) => item.reservation_id ?? "")
      await inventory.deleteReservationItems([deleted])
      await inventory.updateReservationItems([{ id: halved, quantity: 2 }])

      await stockLeaves(container, { ...ORDER, key: "leave" })

      for (const variant of [cup, plate]) {
        expect(await levelsOf(container, variant)).toEqual({ [north]: { stocked: 6, reserved: 0 } })
      }
      expect(await inventory.listReservationItems({})).toEqual([])
    })

    it("leaves quantities that core reads back, to the last digit, and core moves them on", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 10.5 } }])
      await reserveStock(container, reservation([{ ...cup, quantity: 4 }]))
      await stockLeaves(container, { ...ORDER, key: "leave", lines: [{ line_id: "line-CUP", quantity: 1 }] })

      const [level] = await inventory.listInventoryLevels({ inventory_item_id: cup.inventory_item_id })
      const [kept] = await inventory.listReservationItems({ inventory_item_id: cup.inventory_item_id })
      // 10.5 − 1 = 9.5 stocked, 4 − 1 = 3 reserved, 6.5 available
      expect(level).toMatchObject({
        stocked_quantity: 9.5,
        raw_stocked_quantity: { value: "9.5", precision: 20 },
        reserved_quantity: 3,
        raw_reserved_quantity: { value: "3", precision: 20 },
      })
      expect(Number(level.available_quantity)).toBe(6.5)
      expect(kept).toMatchObject({ quantity: 3, raw_quantity: { value: "3", precision: 20 } })

      await inventory.deleteReservationItems([kept.id])
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 9.5, reserved: 0 } })
    })

    it("receives goods once, also at a location that never kept the item", async () => {
      const [cup, kit] = await seedVariants(container, [
        { sku: "CUP", stocked: { [north]: 5 } },
        { sku: "KIT", requiredQuantity: 3 },
      ])
      const receipt = (key: string, reference_id: string) => ({
        store_id: "whstore_2",
        reference_type: "receipt",
        reference_id,
        key,
        location_id: north,
        lines: [
          { line_id: "1", ...cup, quantity: 12 },
          { line_id: "2", ...kit, quantity: 2 },
        ],
      })

      await Promise.all([
        stockReceived(container, receipt("receipt-1", "whrec_1")),
        stockReceived(container, receipt("receipt-1", "whrec_1")),
        stockReceived(container, receipt("receipt-2", "whrec_2")),
      ])

      // two receipts: 5 + 2 × 12 = 29 cups, 2 × 2 × 3 = 12 parts of kits
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 29, reserved: 0 } })
      expect(await levelsOf(container, kit)).toEqual({ [north]: { stocked: 12, reserved: 0 } })
    })

    describe("lines of several receipts together", () => {
      let cup: SeededVariant
      let kit: SeededVariant

      beforeEach(async () => {
        ;[cup, kit] = await seedVariants(container, [
          { sku: "CUP", stocked: { [north]: 5 } },
          { sku: "KIT", requiredQuantity: 3 },
        ])
      })

      /** Line `n` is of receipt `n mod 2`: 2 cups where `n` is even, 1 kit where it is odd. */
      const line = (n: number, key = `line-${n}`) => ({
        key,
        line_id: key,
        store_id: "whstore_2",
        reference_type: "receipt",
        reference_id: `whrec_${n % 2}`,
        location_id: north,
        ...(n % 2 === 0 ? { ...cup, quantity: 2 } : { ...kit, quantity: 1 }),
      })
      const range = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, index) => line(from + index))
      const stock = async () => [
        (await levelsOf(container, cup))[north]?.stocked ?? 0,
        (await levelsOf(container, kit))[north]?.stocked ?? 0,
      ]

      it("come in once each, whichever of them come in how many calls at once", async () => {
        await stockReceivedLines(container, [line(3)])
        await Promise.all([
          stockReceivedLines(container, range(0, 40)),
          stockReceivedLines(container, range(20, 60).reverse()),
          stockReceivedLines(container, range(0, 60)),
          stockReceivedLines(container, [line(7)]),
        ])
        await stockReceivedLines(container, range(0, 60))

        // 30 lines of 2 cups on 5, and 30 kits of 3 parts
        expect(await stock()).toEqual([65, 90])
        const movements = await container
          .resolve<WholesaleStockModuleService>(WHOLESALE_STOCK)
          .movementsOf({ store_id: "whstore_2", reference_type: "receipt", reference_id: "whrec_1" })
        expect(movements).toHaveLength(30)
        expect(movements.find(({ key }) => key === "line-7")?.items).toMatchObject([{ line_id: "line-7", quantity: 3 }])
      })

      it("leave nothing or all of it when one is refused, and a key that stands for another movement is", async () => {
        const unlinked = { ...line(2), variant_id: "variant_gone" }
        expect(await outcome(stockReceivedLines(container, [line(0), unlinked]))).toBe("inventory_item_missing")
        expect(await stock()).toEqual([5, 0])

        await stockReceivedLines(container, [line(0)])
        expect(await outcome(stockReceivedLines(container, [line(1), line(3, "line-0")]))).toBe("stock_movement_key_reused")
        expect(await stock()).toEqual([7, 0])
        // In stock before its variant went: nothing is left to do for it.
        await stockReceivedLines(container, [{ ...line(0), variant_id: "variant_gone" }, line(1)])
        expect(await stock()).toEqual([7, 3])
      })

      it.each(["before", "after"] as const)("come in once though the connection breaks %s any statement", async (moment) => {
        const connection = new BrokenConnection(container)
        let [cups, parts] = [5, 0]
        for (let number = 1; ; number++) {
          const keys = [0, 1, 2].map((n) => line(n, `${number}-${n}`))
          const broken = await connection.during(number, moment, () => stockReceivedLines(container, keys))
          await stockReceivedLines(container, keys)
          // 2 + 2 cups, 1 kit
          ;[cups, parts] = [cups + 4, parts + 3]
          expect({ broken, stock: await stock() }).toEqual({ broken, stock: [cups, parts] })
          if (broken === undefined) {
            expect(number).toBeGreaterThan(5)
            return
          }
        }
      })
    })

    it("changes nothing when something fails after the inventory was written", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 50 } }])
      const events: unknown[] = []
      container
        .resolve<IEventBusModuleService>(Modules.EVENT_BUS)
        .subscribe("inventory.reservation-item.created", async (event: unknown) => {
          events.push(event)
        })

      await expect(
        moveStock(
          container,
          "reserve",
          { ...ORDER, key: "reserve-1" },
          [cup.inventory_item_id],
          async (transaction) => {
            const level = { inventory_item_id: cup.inventory_item_id, location_id: north }
            await changeLevels(transaction, [{ ...level, reserved: 12 }])
            await insertReservations(transaction, [
              {
                ...level,
                quantity: 12,
                allow_backorder: false,
                external_id: "B2B-2026-000001",
                description: "",
                metadata: {},
              },
            ])
            throw new Error("power cut")
          }
        )
      ).rejects.toThrow("power cut")

      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 50, reserved: 0 } })
      expect(await inventory.listReservationItems({})).toEqual([])
      expect(events).toEqual([])

      await reserveStock(container, reservation([{ ...cup, quantity: 12 }]))
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 50, reserved: 12 } })
      expect(events).toHaveLength(1)
    })

    it("grants exactly 10 of 20 reservations of 10 made at once against 100", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 30, [south]: 70 } }])

      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          outcome(
            reserveStock(
              container,
              reservation([{ ...cup, quantity: 10 }], { key: `key-${index}`, reference_id: `whord_${index}` })
            )
          )
        )
      )

      expect(outcomes.filter((result) => result === "moved")).toHaveLength(10)
      expect(outcomes.filter((result) => result === "insufficient_stock")).toHaveLength(10)
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 30, reserved: 30 },
        [south]: { stocked: 70, reserved: 70 },
      })
    })

    it("takes turns with core's own reservations", async () => {
      const [cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [north]: 100 } }])

      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2
            ? createReservationsWorkflow(container)
                .run({
                  input: {
                    reservations: [
                      { inventory_item_id: cup.inventory_item_id, location_id: north, quantity: 10 },
                    ],
                  },
                })
                .then(() => "moved", () => "refused")
            : outcome(
                reserveStock(
                  container,
                  reservation([{ ...cup, quantity: 10 }], { key: `key-${index}`, reference_id: `whord_${index}` })
                )
              )
        )
      )

      expect(outcomes.filter((result) => result === "moved")).toHaveLength(10)
      expect(await levelsOf(container, cup)).toEqual({ [north]: { stocked: 100, reserved: 100 } })
    })

    it("grants exactly 10 of 20 when two server processes share the database", async () => {
      const [cup, plate] = await seedVariants(container, [
        { sku: "CUP", stocked: { [north]: 30, [south]: 70 } },
        { sku: "PLATE", stocked: { [north]: 1000 } },
      ])
      // Half of the orders name the two SKUs the other way round.
      const requests = Array.from({ length: 20 }, (_, index) => {
        const goods = [{ ...cup, quantity: 10 }, { ...plate, quantity: 1 }]
        return reservation(index % 2 ? goods : goods.reverse(), {
          key: `key-${index}`,
          reference_id: `whord_${index}`,
        })
      })

      const workers = [requests.slice(0, 10), requests.slice(10)].map((part) => startWorker(dbConfig.clientUrl, part))
      await Promise.all(workers.map((worker) => worker.ready))
      const outcomes = (await Promise.all(workers.map((worker) => worker.go()))).flat()

      const counts = Object.fromEntries(
        [...new Set(outcomes)].map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length])
      )
      expect(counts).toEqual({ reserved: 10, insufficient_stock: 10 })
      expect(await levelsOf(container, cup)).toEqual({
        [north]: { stocked: 30, reserved: 30 },
        [south]: { stocked: 70, reserved: 70 },
      })
      expect(await levelsOf(container, plate)).toEqual({ [north]: { stocked: 1000, reserved: 10 } })
    })

    it("moves an order of 1,000 lines as a whole", async () => {
      const variants = await seedVariants(
        container,
        Array.from({ length: 1000 }, (_, index) => ({ sku: `SKU-${index}`, stocked: { [north]: 10 } }))
      )

      const { items } = await reserveStock(
        container,
        reservation(variants.map((variant) => ({ ...variant, quantity: 2 })))
      )
      await stockLeaves(container, { ...ORDER, key: "leave" })

      expect(items).toHaveLength(1000)
      expect(await levelsOf(container, variants[999])).toEqual({ [north]: { stocked: 8, reserved: 0 } })
    })
  },
})

/** A second server process on the same database; see `reserve-in-process.ts`. */
function startWorker(databaseUrl: string, requests: readonly ReserveStockRequest[]) {
  const child = spawn(
    process.execPath,
    [
      require.resolve("@medusajs/cli/cli.js"),
      "exec",
      resolve(__dirname, "../helpers/reserve-in-process.ts"),
      JSON.stringify(requests),
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
    new Promise<string>((resolveLine, reject) => {
      lines.on("line", (text) => {
        output += `${text}\n`
        if (text.startsWith(start)) {
          resolveLine(text.slice(start.length))
        }
      })
      child.once("exit", (code) => reject(new Error(`The worker ended with ${code}:\n${output}`)))
    })
  return {
    ready: line("READY"),
    go: async (): Promise<string[]> => {
      const result = line("RESULT ")
      child.stdin.end("go\n")
      return JSON.parse(await result) as string[]
    },
  }
}
