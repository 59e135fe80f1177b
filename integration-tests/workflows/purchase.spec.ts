import type { IInventoryService, IStockLocationService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import { createTradingStores, FIXTURE_PASSWORD, type TradingStores } from "../../scripts/fixture/trading-stores"
import type { Actor } from "../../src/lib/actor/actor"
import { WHOLESALE_CATALOG } from "../../src/modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../src/modules/wholesale-catalog/service"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { WHOLESALE_PURCHASE } from "../../src/modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../src/modules/wholesale-purchase/service"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { mapSkusWorkflow } from "../../src/workflows/catalog/map-skus"
import { upsertItemsWorkflow } from "../../src/workflows/catalog/upsert-items"
import { approveConnectionWorkflow } from "../../src/workflows/connection/approve-connection"
import { requestConnectionWorkflow } from "../../src/workflows/connection/request-connection"
import { closePurchaseOrderWorkflow } from "../../src/workflows/purchase/close-purchase-order"
import {
  createPurchaseOrderDraftWorkflow,
  type CreatePurchaseOrderDraftInput,
} from "../../src/workflows/purchase/create-purchase-order-draft"
import { deletePurchaseOrderDraftWorkflow } from "../../src/workflows/purchase/delete-purchase-order-draft"
import { placePurchaseOrderWorkflow } from "../../src/workflows/purchase/place-purchase-order"
import {
  receivePurchaseOrderWorkflow,
  type ReceivePurchaseOrderInput,
} from "../../src/workflows/purchase/receive-purchase-order"
import { requestCancelPurchaseOrderWorkflow } from "../../src/workflows/purchase/request-cancel-purchase-order"
import { resumePendingReceipts } from "../../src/workflows/purchase/resume-pending-receipts"
import { updatePurchaseOrderDraftWorkflow } from "../../src/workflows/purchase/update-purchase-order-draft"
import { stockReceived } from "../../src/workflows/stock/stock-received"
import { statementsDuring } from "../helpers/count-statements"
import { connectSupplier, type SupplierFixture } from "../helpers/supplier"

jest.setTimeout(120_000)

const PARTNER: Actor = { actor_type: "partner", actor_id: "whcon_partner" }

integrationTestRunner({
  moduleName: "wholesale-purchase-workflows",
  testSuite: ({ getContainer, api }) => {
    let container: MedusaContainer
    let purchase: WholesalePurchaseModuleService
    let stores: TradingStores
    let supplier: SupplierFixture
    let buyer: Actor
    /** The retailer's own goods, 5 on the shelf each. */
    let cup: StockedVariant
    let mug: StockedVariant

    beforeEach(async () => {
      container = getContainer()
      purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      stores = await createTradingStores(container)
      supplier = await connectSupplier(container, stores)
      buyer = { actor_type: "user", actor_id: stores.retailer.user.id }
      ;[cup, mug] = await createStockedProducts(container, stores.retailer.location_id, [
        { title: "Cup of the shop", sku: "SHOP-CUP", stock: 5 },
        { title: "Mug of the shop", sku: "SHOP-MUG", stock: 5 },
      ])
      await supplier.offer(1, [
        { sku: "CUP", price: "2.55", minimum_quantity: 6, order_multiple: 6 },
        { sku: "MUG", price: "9.99" },
      ])
    })

    const map = (mappings: Record<string, string | null>, store_id = stores.retailer.id) =>
      mapSkusWorkflow(container).run({
        input: {
          store_id,
          connection_id: supplier.connection_id,
          mappings: Object.entries(mappings).map(([supplier_sku, variant_id]) => ({ supplier_sku, variant_id })),
        },
      })

    const draft = async (
      lines: CreatePurchaseOrderDraftInput["lines"],
      overrides: Partial<CreatePurchaseOrderDraftInput> = {}
    ) => {
      const { result } = await createPurchaseOrderDraftWorkflow(container).run({
        input: {
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          fulfilment_method: "shipping",
          lines,
          actor: buyer,
          ...overrides,
        },
      })
      return result.id
    }

    const place = async (id: string) => {
      const { result } = await placePurchaseOrderWorkflow(container).run({
        input: { id, store_id: stores.retailer.id, actor: buyer },
      })
      return result
    }

    /** 12 cups and 5 mugs, placed, and taken on by the supplier. */
    const accepted = async () => {
      const id = await draft([
        { sku: "CUP", quantity: 12 },
        { sku: "MUG", quantity: 5 },
      ])
      await place(id)
      await purchase.applyOrderResponse({
        store_id: stores.retailer.id,
        connection_id: supplier.connection_id,
        purchase_order_id: id,
        revision: 1,
        answer: "accepted",
        order_id: `whord_of_${id}`,
        order_number: "B2B-2026-000001",
        response: { answer: "accepted" },
        actor: PARTNER,
      })
      const [cups, mugs] = (await order(id)).lines
      return { id, cups: cups.id, mugs: mugs.id }
    }

    type Count = { received?: number; short?: number; damaged?: number }
    const receiving = (
      purchase_order_id: string,
      counts: Record<string, Count>,
      overrides: Partial<ReceivePurchaseOrderInput> = {}
    ): ReceivePurchaseOrderInput => ({
      store_id: stores.retailer.id,
      purchase_order_id,
      lines: Object.entries(counts).map(([line_id, { received = 0, short = 0, damaged = 0 }]) => ({
        line_id,
        received,
        short,
        damaged,
      })),
      actor: buyer,
      ...overrides,
    })
    const receive = async (...args: Parameters<typeof receiving>) => {
      const { result } = await receivePurchaseOrderWorkflow(container).run({ input: receiving(...args) })
      return result.id
    }

    const order = (id: string) => purchase.purchaseOrder(stores.retailer.id, id)
    const status = async (id: string) => (await order(id)).status
    const counted = async (id: string) =>
      (await order(id)).lines.map((line) => [
        line.received_quantity,
        line.short_quantity,
        line.damaged_quantity,
      ])
    const stocked = async ({ inventory_item_id = "" }: StockedVariant, location = stores.retailer.location_id) => {
      const levels = await container
        .resolve<IInventoryService>(Modules.INVENTORY)
        .listInventoryLevels({ inventory_item_id, location_id: location })
      return levels.map((level) => Number(level.stocked_quantity))
    }
    const soon = () => new Date(Date.now() + 60_000)

    describe("a draft", () => {
      it("of 1,000 lines is priced from the supplier's catalog as it was received", async () => {
        await supplier.offer(
          2,
          Array.from({ length: 1_000 }, (_, index) => ({ sku: `S-${index}`, price: `${index}.01` }))
        )
        await map({ "S-7": cup.variant_id })

        const id = await draft(Array.from({ length: 1_000 }, (_, index) => ({ sku: `S-${index}`, quantity: 2 })))

        // Σ 2 × (index + 0.01) over 0…999 = 2 × 499,500 + 2 × 1,000 × 0.01 = 999,020.00
        const { lines, ...header } = await order(id)
        expect(header).toMatchObject({
          status: "draft",
          number: null,
          currency_code: "usd",
          subtotal: "999020.00",
          tax_total: "0",
          total: "999020.00",
          location_id: stores.retailer.location_id,
          ship_to: { address_1: "20 Market Street", country_code: "us" },
        })
        expect(lines).toHaveLength(1_000)
        expect(lines[7]).toMatchObject({
          line_number: 8,
          supplier_sku: "S-7",
          title: "Goods S-7",
          quantity: 2,
          unit_price: "7.01",
          subtotal: "14.02",
          variant_id: cup.variant_id,
        })
        expect(lines.filter(({ variant_id }) => variant_id !== null)).toHaveLength(1)
      })

      it("is refused with every SKU that the supplier does not offer, or no longer", async () => {
        await supplier.offer(2, [{ sku: "MUG" }])
        await expect(
          draft([
            { sku: "MUG", quantity: 1 },
            { sku: "CUP", quantity: 6 },
            { sku: "NONE", quantity: 1 },
          ])
        ).rejects.toMatchObject({ status: 409, code: "items_unavailable", details: { skus: ["CUP", "NONE"] } })
        expect(await purchase.listWholesalePurchaseOrders({})).toEqual([])
      })

      it("counts a SKU on two lines together for minimum and multiple", async () => {
        const id = await draft([
          { sku: "CUP", quantity: 2 },
          { sku: "CUP", quantity: 4 },
        ])
        // 2 × 2.55 + 4 × 2.55 = 5.10 + 10.20
        expect(await order(id)).toMatchObject({ subtotal: "15.30", lines: [{ quantity: 2 }, { quantity: 4 }] })

        await expect(
          draft([
            { sku: "CUP", quantity: 6 },
            { sku: "CUP", quantity: 4 },
          ])
        ).rejects.toMatchObject({
          status: 400,
          code: "quantity_not_orderable",
          details: { lines: [{ sku: "CUP", quantity: 10, next_quantity: 12 }] },
        })
      })

      it("is written once under one id, also when the goods have gone from the catalog since", async () => {
        const lines = [{ sku: "MUG", quantity: 1 }]
        const ids = await Promise.all([1, 2].map(() => draft(lines, { id: "whpo_fixed" })))
        await supplier.offer(2, [])
        ids.push(await draft(lines, { id: "whpo_fixed" }))
        expect(ids).toEqual(["whpo_fixed", "whpo_fixed", "whpo_fixed"])
        expect(await purchase.listWholesalePurchaseOrders({})).toHaveLength(1)
      })

      it("is received at a location of the store and nowhere else", async () => {
        await expect(
          draft([{ sku: "MUG", quantity: 1 }], { location_id: stores.distributor.location_id })
        ).rejects.toMatchObject({ status: 404, details: { document: "Stock location" } })
      })

      it("asks where the goods are to be brought when neither order nor store says it", async () => {
        const lines = [{ sku: "MUG", quantity: 1 }]
        await container
          .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
          .updateStore(stores.retailer.id, { address: null })
        await expect(draft(lines)).rejects.toMatchObject({ status: 400, code: "ship_to_missing" })

        const id = await draft(lines, {
          fulfilment_method: "pickup",
          pickup: { place: "Gate 4", at: "2026-05-01T09:00:00+02:00" },
        })
        expect(await order(id)).toMatchObject({
          ship_to: {},
          pickup_place: "Gate 4",
          pickup_at: new Date("2026-05-01T07:00:00Z"),
        })
        const change = (ship_to?: { country_code: string }) =>
          updatePurchaseOrderDraftWorkflow(container).run({
            input: { id, store_id: stores.retailer.id, fulfilment_method: "shipping", ship_to, actor: buyer },
          })
        await expect(change()).rejects.toMatchObject({ code: "ship_to_missing" })
        await change({ country_code: "ca" })
        expect(await order(id)).toMatchObject({ fulfilment_method: "shipping", ship_to: { country_code: "ca" } })
      })

      it("changes its terms and replaces its lines at today's prices, until it is placed", async () => {
        const id = await draft([{ sku: "CUP", quantity: 6 }])
        await supplier.offer(2, [{ sku: "MUG", price: "8" }])
        const change = (lines?: { sku: string; quantity: number }[]) =>
          updatePurchaseOrderDraftWorkflow(container).run({
            input: { id, store_id: stores.retailer.id, note: "Ring twice", lines, actor: buyer },
          })
        await change()
        expect(await order(id)).toMatchObject({ note: "Ring twice", subtotal: "15.30" })
        await change([{ sku: "MUG", quantity: 3 }])
        expect(await order(id)).toMatchObject({ subtotal: "24.00", lines: [{ supplier_sku: "MUG", quantity: 3 }] })
        await expect(change([{ sku: "CUP", quantity: 6 }])).rejects.toMatchObject({ code: "items_unavailable" })

        await place(id)
        await expect(change([{ sku: "CUP", quantity: 6 }])).rejects.toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { status: "placed", event: "edit" },
        })
      })

      it("is thrown away whole", async () => {
        const id = await draft([{ sku: "MUG", quantity: 1 }])
        const remove = () =>
          deletePurchaseOrderDraftWorkflow(container).run({ input: { id, store_id: stores.retailer.id } })
        await remove()
        expect(await purchase.listWholesalePurchaseOrderLines({})).toEqual([])
        await expect(remove()).rejects.toMatchObject({ status: 404 })
      })
    })

    describe("placing", () => {
      it("gives one number, however many place at once, and numbers without a gap", async () => {
        const ids = await Promise.all([1, 2, 3, 4].map(() => draft([{ sku: "MUG", quantity: 1 }])))
        const placed = await Promise.all([...ids, ...ids].map(place))

        const year = new Date().getUTCFullYear()
        const numbers = await Promise.all(ids.map(async (id) => (await order(id)).number))
        expect([...numbers].sort()).toEqual([1, 2, 3, 4].map((n) => `PO-${year}-00000${n}`))
        expect(placed.filter(({ placed_now }) => placed_now)).toHaveLength(4)
        const events = await purchase.listWholesalePurchaseOrderEvents({ event: "place" })
        expect(events).toHaveLength(4)
      })

      it("answers what stands when it was placed before, whatever became of the connection", async () => {
        const { id } = await accepted()
        await supplier.decide(2, "suspended")
        expect(await place(id)).toMatchObject({ status: "accepted", placed_now: false })
      })

      it("needs an active connection, and a refusal uses up no number", async () => {
        const id = await draft([{ sku: "MUG", quantity: 1 }])
        await supplier.decide(2, "suspended")
        await expect(place(id)).rejects.toMatchObject({ status: 409, code: "connection_not_active" })
        expect(await order(id)).toMatchObject({ status: "draft", number: null })
        await supplier.decide(3, "active")
        expect(await place(id)).toMatchObject({ number: expect.stringMatching(/-000001$/) })
      })

      it("may be followed by a request to cancel, which the supplier answers", async () => {
        const { id } = await accepted()
        await requestCancelPurchaseOrderWorkflow(container).run({
          input: { id, store_id: stores.retailer.id, reason: "Too late", actor: buyer },
        })
        expect(await order(id)).toMatchObject({
          status: "cancel_requested",
          cancel_request_reason: "Too late",
          revision: 2,
        })
      })
    })

    describe("receiving", () => {
      beforeEach(() => map({ CUP: cup.variant_id, MUG: mug.variant_id }))

      it("in two receipts raises the stock by what came in order, and by nothing else", async () => {
        const { id, cups, mugs } = await accepted()
        const first = await receive(id, { [cups]: { received: 8, damaged: 1 }, [mugs]: { short: 2 } })
        // Cups 5 + 8; no mug came.
        expect([await stocked(cup), await stocked(mug)]).toEqual([[13], [5]])
        expect(await status(id)).toBe("receiving")
        expect(await purchase.receipt(stores.retailer.id, first)).toMatchObject({
          sequence: 1,
          status: "done",
          revision: 1,
          lines: [{ stocked: true }, { stocked: true }],
        })

        // Open are 12 − 8 − 1 = 3 cups and 5 − 2 = 3 mugs.
        await receive(id, { [cups]: { received: 3 }, [mugs]: { received: 2, damaged: 1 } })
        // Cups 13 + 3, mugs 5 + 2.
        expect([await stocked(cup), await stocked(mug)]).toEqual([[16], [7]])
        expect(await counted(id)).toEqual([
          [11, 0, 1],
          [2, 2, 1],
        ])
        expect(await status(id)).toBe("received")

        await closePurchaseOrderWorkflow(container).run({
          input: { id, store_id: stores.retailer.id, actor: buyer },
        })
        expect(await status(id)).toBe("closed")
      })

      it("raises the stock once when it runs again under the same id, also at once", async () => {
        const { id, cups, mugs } = await accepted()
        const counts = { [cups]: { received: 12 }, [mugs]: { received: 5 } }
        const again = () => receive(id, counts, { id: "whrec_fixed" })
        await Promise.all([again(), again(), again()])
        await again()
        // 5 + 12 and 5 + 5
        expect([await stocked(cup), await stocked(mug)]).toEqual([[17], [10]])
        expect(await purchase.listWholesaleReceipts({})).toHaveLength(1)
      })

      it("of more than is open, by two at once, is refused to one of them", async () => {
        const { id, cups } = await accepted()
        const outcomes = await Promise.allSettled([1, 2].map(() => receive(id, { [cups]: { received: 7 } })))
        expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"])
        expect(outcomes.find((outcome) => outcome.status === "rejected")).toMatchObject({
          reason: { code: "receipt_exceeds_open" },
        })
        expect(await stocked(cup)).toEqual([12])
      })

      it("puts goods onto another shelf of the store, and never onto a stranger's", async () => {
        const { id, cups } = await accepted()
        const strangers = { location_id: stores.distributor.location_id }
        await expect(receive(id, { [cups]: { received: 1 } }, strangers)).rejects.toMatchObject({
          status: 404,
        })
        const { id: location } = await container
          .resolve<IStockLocationService>(Modules.STOCK_LOCATION)
          .createStockLocations({ name: "Back room" })
        await container
          .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
          .updateStore(stores.retailer.id, { stock_location_ids: [stores.retailer.location_id, location] })
        await receive(id, { [cups]: { received: 2 } }, { location_id: location })
        expect([await stocked(cup), await stocked(cup, location)]).toEqual([[5], [2]])
      })

      it("is taken back when its stock is refused, and says why", async () => {
        const { id, cups, mugs } = await accepted()
        await container.resolve(ContainerRegistrationKeys.LINK).dismiss({
          [Modules.PRODUCT]: { variant_id: mug.variant_id },
          [Modules.INVENTORY]: { inventory_item_id: mug.inventory_item_id },
        })
        const all = () => receive(id, { [cups]: { received: 12 }, [mugs]: { received: 5 } }, { id: "whrec_fixed" })
        const refusal = { status: 409, code: "inventory_item_missing", details: { skus: ["MUG"] } }
        await expect(all()).rejects.toMatchObject(refusal)
        await expect(all()).rejects.toMatchObject(refusal)
        expect(await purchase.listWholesaleReceipts({})).toEqual([])
        expect(await counted(id)).toEqual([
          [0, 0, 0],
          [0, 0, 0],
        ])
        expect([await status(id), await stocked(cup)]).toEqual(["accepted", [5]])
      })
    })

    describe("a receipt that a crash left pending", () => {
      beforeEach(() => map({ CUP: cup.variant_id, MUG: mug.variant_id }))

      const recorded = async () => {
        const { id, cups } = await accepted()
        const { id: receipt_id } = await purchase.createReceipt({
          store_id: stores.retailer.id,
          purchase_order_id: id,
          lines: [{ purchase_order_line_id: cups, received_quantity: 12, short_quantity: 0, damaged_quantity: 0 }],
          actor: buyer,
        })
        return { id, receipt_id }
      }

      it("before its stock was raised is finished once, by two at once", async () => {
        const { receipt_id } = await recorded()
        expect(await resumePendingReceipts(container, { older_than: new Date(0) })).toEqual([])
        await Promise.all([1, 2].map(() => resumePendingReceipts(container, { older_than: soon() })))
        expect(await stocked(cup)).toEqual([17])
        expect(await purchase.receipt(stores.retailer.id, receipt_id)).toMatchObject({ status: "done", revision: 1 })
        expect(await resumePendingReceipts(container, { older_than: soon() })).toEqual([])
      })

      it("after its stock was raised is only noted", async () => {
        const { id, receipt_id } = await recorded()
        const { lines, location_id } = await purchase.receipt(stores.retailer.id, receipt_id)
        await stockReceived(container, {
          key: receipt_id,
          store_id: stores.retailer.id,
          reference_type: "receipt",
          reference_id: receipt_id,
          location_id,
          lines: lines.map((line) => ({
            line_id: line.id,
            variant_id: line.variant_id,
            sku: line.supplier_sku,
            quantity: line.received_quantity,
          })),
        })
        expect(await resumePendingReceipts(container, { older_than: soon() })).toEqual([
          { store_id: stores.retailer.id, purchase_order_id: id, receipt_id, outcome: "stocked" },
        ])
        expect(await stocked(cup)).toEqual([17])
      })

      it("and whose stock is refused is taken back and reported", async () => {
        const { id, receipt_id } = await recorded()
        await container.resolve(ContainerRegistrationKeys.LINK).dismiss({
          [Modules.PRODUCT]: { variant_id: cup.variant_id },
          [Modules.INVENTORY]: { inventory_item_id: cup.inventory_item_id },
        })
        expect(await resumePendingReceipts(container, { older_than: soon() })).toMatchObject([
          { receipt_id, outcome: "discarded", error: { code: "inventory_item_missing" } },
        ])
        expect(await status(id)).toBe("accepted")
      })
    })

    describe("goods without a mapping", () => {
      it("are kept, and stocked exactly once when their SKU is mapped, also by two at once", async () => {
        await map({ CUP: cup.variant_id })
        const { id, cups, mugs } = await accepted()
        await receive(id, { [cups]: { received: 12 }, [mugs]: { received: 3, short: 2 } })
        expect([await stocked(cup), await stocked(mug)]).toEqual([[17], [5]])
        expect(await purchase.unstockedReceiptLines({ store_id: stores.retailer.id })).toMatchObject([
          { purchase_order_id: id, supplier_sku: "MUG", received_quantity: 3, variant_id: null },
        ])

        await Promise.all([map({ MUG: mug.variant_id }), map({ MUG: mug.variant_id })])
        await map({ MUG: mug.variant_id })
        expect([await stocked(cup), await stocked(mug)]).toEqual([[17], [8]])
        expect(await purchase.unstockedReceiptLines({ store_id: stores.retailer.id })).toEqual([])
        expect(await resumePendingReceipts(container, { older_than: soon() })).toEqual([])
      })

      it("mapped before a crash are stocked by the next recovery", async () => {
        const { id, mugs } = await accepted()
        await receive(id, { [mugs]: { received: 5 } })
        await purchase.mapLines({
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          mappings: [{ supplier_sku: "MUG", variant_id: mug.variant_id }],
        })
        const resumed = await Promise.all([1, 2].map(() => resumePendingReceipts(container, { older_than: soon() })))
        expect(resumed.flat()).toContainEqual(
          expect.objectContaining({ purchase_order_id: id, outcome: "stocked", line_id: expect.any(String) })
        )
        expect(await stocked(mug)).toEqual([10])
      })

      /** Received and not mapped: a receipt with one of each, of as many SKUs as asked for. */
      const receivedUnmapped = async (skus: readonly string[]) => {
        const id = await draft(skus.map((sku) => ({ sku, quantity: 1 })))
        await place(id)
        await purchase.applyOrderResponse({
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          purchase_order_id: id,
          revision: 1,
          answer: "accepted",
          order_id: `whord_of_${id}`,
          order_number: "B2B-2026-000001",
          response: { answer: "accepted" },
          actor: PARTNER,
        })
        await receive(id, Object.fromEntries((await order(id)).lines.map((line) => [line.id, { received: 1 }])))
      }
      const skusOf = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}-${index}`)

      it("of 300 lines go into stock by as many statements as those of 3", async () => {
        const [few, many] = [skusOf(3, "FEW"), skusOf(300, "MANY")]
        await supplier.offer(2, [...few, ...many].map((sku) => ({ sku, price: "1" })))
        await receivedUnmapped(few)
        await receivedUnmapped(many.slice(0, 200))
        await receivedUnmapped(many.slice(200))
        const mapped = (skus: readonly string[], { variant_id }: StockedVariant) =>
          statementsDuring(container, () => map(Object.fromEntries(skus.map((sku) => [sku, variant_id]))))

        const forFew = await mapped(few, cup)
        const forMany = await mapped(many, mug)

        // 5 on the shelf each, and one of each line
        expect([await stocked(cup), await stocked(mug)]).toEqual([[8], [305]])
        expect(forMany.length).toBeLessThanOrEqual(forFew.length)
        expect(await purchase.unstockedReceiptLines({ store_id: stores.retailer.id })).toEqual([])
      })

      it("do not wait for a line among them that cannot be stocked", async () => {
        const skus = skusOf(5, "SKU")
        await supplier.offer(2, skus.map((sku) => ({ sku, price: "1" })))
        await receivedUnmapped(skus)
        const variants = { [skus[1]]: cup.variant_id, [skus[3]]: cup.variant_id }
        await purchase.mapLines({
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          mappings: skus.map((sku) => ({ supplier_sku: sku, variant_id: variants[sku] ?? mug.variant_id })),
        })
        const link = container.resolve(ContainerRegistrationKeys.LINK)
        const inventoryOfCup = {
          [Modules.PRODUCT]: { variant_id: cup.variant_id },
          [Modules.INVENTORY]: { inventory_item_id: cup.inventory_item_id },
        }
        await link.dismiss(inventoryOfCup)

        const resumed = await resumePendingReceipts(container, { older_than: soon() })
        expect(resumed.map(({ outcome }) => outcome).sort()).toEqual(["failed", "failed", "stocked", "stocked", "stocked"])
        expect(resumed.find(({ outcome }) => outcome === "failed")).toMatchObject({
          error: { code: "inventory_item_missing" },
        })
        expect([await stocked(cup), await stocked(mug)]).toEqual([[5], [8]])

        await link.create(inventoryOfCup)
        await resumePendingReceipts(container, { older_than: soon() })
        expect([await stocked(cup), await stocked(mug)]).toEqual([[7], [8]])
      })

      it("take a mapping that came while the order was being written", async () => {
        const { id, mugs } = await accepted()
        await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).mapSkus({
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          mappings: [{ supplier_sku: "MUG", variant_id: mug.variant_id }],
        })
        await receive(id, { [mugs]: { received: 5 } })
        expect(await stocked(mug)).toEqual([10])
      })

      it("cannot be mapped to what is missing or keeps no stock, and nothing is written then", async () => {
        const { id, mugs } = await accepted()
        await receive(id, { [mugs]: { received: 5 } })
        await expect(map({ CUP: cup.variant_id, MUG: "variant_none" })).rejects.toMatchObject({ status: 404 })
        await container.resolve(ContainerRegistrationKeys.LINK).dismiss({
          [Modules.PRODUCT]: { variant_id: mug.variant_id },
          [Modules.INVENTORY]: { inventory_item_id: mug.inventory_item_id },
        })
        await expect(map({ CUP: cup.variant_id, MUG: mug.variant_id })).rejects.toMatchObject({
          code: "inventory_item_missing",
        })
        expect((await order(id)).lines.map(({ variant_id }) => variant_id)).toEqual([null, null])
      })

      it("are mapped to another variant once that is right, and forgotten mappings change no order", async () => {
        await map({ MUG: cup.variant_id })
        const { id, mugs } = await accepted()
        await map({ MUG: mug.variant_id })
        await map({ MUG: null })
        await receive(id, { [mugs]: { received: 5 } })
        expect([await stocked(cup), await stocked(mug)]).toEqual([[5], [10]])
      })
    })

    describe("with a distributor on this backend", () => {
      let goods: StockedVariant[]
      let connection_id: string

      const price = (wholesale_price: string) =>
        upsertItemsWorkflow(container).run({
          input: {
            store_id: stores.distributor.id,
            currency_code: "usd",
            items: goods.map(({ variant_id }) => ({ variant_id, wholesale_price, published: true })),
          },
        })

      beforeEach(async () => {
        const seller: Actor = { actor_type: "user", actor_id: stores.distributor.user.id }
        const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
        goods = await createStockedProducts(container, stores.distributor.location_id, [
          { title: "Plate", sku: "PLATE", stock: 50 },
        ])
        await price("4.00")
        // The two have no dealings yet.
        await supplier.decide(2, "revoked")
        const { code } = await connections.generatePairingCode({ store_id: stores.distributor.id, actor: seller })
        const { result } = await requestConnectionWorkflow(container).run({
          input: { store_id: stores.retailer.id, code, actor: buyer },
        })
        connection_id = result.id
        const [{ id }] = await connections.listWholesaleConnections({ store_id: stores.distributor.id })
        await approveConnectionWorkflow(container).run({
          input: { id, store_id: stores.distributor.id, credit_limit: "100", actor: seller },
        })
      })

      it("is answered when placing returns: accepted with the order's number, or refused with the figures", async () => {
        const [dear, cheap] = await Promise.all([
          draft([{ sku: "PLATE", quantity: 26 }], { connection_id }),
          draft([{ sku: "PLATE", quantity: 10 }], { connection_id }),
        ])
        await place(cheap)
        // 10 × 4.00 of the limit of 100.00
        expect(await order(cheap)).toMatchObject({
          status: "accepted",
          order_number: expect.stringMatching(/^B2B-/),
          subtotal: "40.00",
        })
        await place(dear)
        // 26 × 4.00 = 104.00
        expect(await order(dear)).toMatchObject({
          status: "refused",
          response: { answer: "refused", refusal: { code: "credit_limit_exceeded" } },
        })
      })

      it("is refused when the prices are no longer those of the draft", async () => {
        const id = await draft([{ sku: "PLATE", quantity: 10 }], { connection_id })
        await price("4.50")
        await place(id)
        expect(await order(id)).toMatchObject({ status: "refused", response: { refusal: { code: "price_changed" } } })
      })
    })

    it("another store finds none of it", async () => {
      const { id, cups } = await accepted()
      const own = await draft([{ sku: "MUG", quantity: 1 }])
      const stranger = { store_id: stores.distributor.id, actor: buyer }
      const missing = { status: 404, code: "not_found" }
      const lines = [{ sku: "MUG", quantity: 1 }]
      const attempts = [
        draft(lines, stranger),
        draft(lines, { id: own, ...stranger }),
        updatePurchaseOrderDraftWorkflow(container).run({ input: { id: own, lines, ...stranger } }),
        deletePurchaseOrderDraftWorkflow(container).run({ input: { id: own, ...stranger } }),
        placePurchaseOrderWorkflow(container).run({ input: { id: own, ...stranger } }),
        requestCancelPurchaseOrderWorkflow(container).run({ input: { id, reason: "Mine", ...stranger } }),
        receive(id, { [cups]: { received: 1 } }, stranger),
        closePurchaseOrderWorkflow(container).run({ input: { id, ...stranger } }),
        map({ MUG: mug.variant_id }, stores.distributor.id),
      ]
      for (const attempt of await Promise.allSettled(attempts)) {
        expect(attempt).toMatchObject({ status: "rejected", reason: missing })
      }
      expect([await status(id), await status(own)]).toEqual(["accepted", "draft"])
      expect(await counted(id)).toEqual([
        [0, 0, 0],
        [0, 0, 0],
      ])
    })

    describe("over the API", () => {
      const at = "/admin/wholesale/purchase-orders"
      let headers: Record<string, string>

      const login = async (email: string) => {
        const { data } = await api.post("/auth/user/emailpass", { email, password: FIXTURE_PASSWORD })
        return { authorization: `Bearer ${data.token}` }
      }
      const post = async (path: string, body: object, extra: Record<string, string> = {}) => {
        const answer = await api.post(path, body, {
          headers: { ...headers, ...extra },
          validateStatus: () => true,
        })
        return { status: answer.status, ...answer.data }
      }
      const get = async (path: string, as = headers) => {
        const answer = await api.get(path, { headers: as, validateStatus: () => true })
        return { status: answer.status, ...answer.data }
      }

      beforeEach(async () => {
        headers = await login(stores.retailer.user.email)
      })

      it("carries a purchase order from draft to receipt", async () => {
        await map({ CUP: cup.variant_id })
        const body = {
          connection_id: supplier.connection_id,
          fulfilment_method: "shipping",
          lines: [
            { sku: "CUP", quantity: 12 },
            { sku: "MUG", quantity: 5 },
          ],
        }
        const key = { "idempotency-key": "draft-1" }
        const made = await post(at, body, key)
        expect(made).toMatchObject({
          status: 201,
          purchase_order: {
            status: "draft",
            supplier_name: "Harbour Trading Co.",
            // 12 × 2.55 + 5 × 9.99 = 30.60 + 49.95
            total: 80.55,
            allowed_events: ["edit", "delete", "place"],
            lines: [
              {
                supplier_sku: "CUP",
                unit_price: 2.55,
                open_quantity: 12,
                variant: { id: cup.variant_id, sku: "SHOP-CUP", product_title: "Cup of the shop" },
              },
              { supplier_sku: "MUG", variant: null },
            ],
            unmapped_lines: [{ supplier_sku: "MUG", quantity: 5, received_quantity: 0 }],
            receipts: [],
            events: [{ event: "create" }],
          },
        })
        const { id } = made.purchase_order
        expect((await post(at, body, key)).purchase_order.id).toBe(id)
        expect(await get(`${at}?status=draft`)).toMatchObject({
          count: 1,
          purchase_orders: [{ id, supplier_name: "Harbour Trading Co.", total: 80.55 }],
        })

        expect(await post(`${at}/${id}/place`, {})).toMatchObject({ status: 200, purchase_order: { status: "placed" } })
        await purchase.applyOrderResponse({
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          purchase_order_id: id,
          revision: 1,
          answer: "accepted",
          order_id: "whord_1",
          order_number: "B2B-2026-000001",
          response: { answer: "accepted" },
          actor: PARTNER,
        })
        const [cups] = made.purchase_order.lines
        const receipt = { lines: [{ line_id: cups.id, received: 10, damaged: 1 }] }
        const received = await post(`${at}/${id}/receipts`, receipt, { "idempotency-key": "receipt-1" })
        expect(received).toMatchObject({
          status: 201,
          receipt: { sequence: 1, status: "done", lines: [{ received_quantity: 10, damaged_quantity: 1 }] },
          purchase_order: {
            status: "receiving",
            // 12 − 10 − 1
            lines: [{ open_quantity: 1 }, { open_quantity: 5 }],
            receipts: [{ sequence: 1, lines: [{ received_quantity: 10 }] }],
          },
        })
        expect(await post(`${at}/${id}/receipts`, receipt, { "idempotency-key": "receipt-1" })).toEqual(received)
        expect(await get(`${at}/${id}/receipts`)).toMatchObject({ count: 1, receipts: [{ id: received.receipt.id }] })
        expect(await stocked(cup)).toEqual([15])
        expect(await post(`${at}/${id}/close`, {})).toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { status: "receiving", allowed_events: ["request_cancel", "receive"] },
        })
      })

      it("shows the bills for a purchase order", async () => {
        const { id, cups } = await accepted()
        const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        const { bill } = await invoices.receiveInvoice({
          store_id: stores.retailer.id,
          connection_id: supplier.connection_id,
          invoice_id: "whinv_1",
          incarnation: 1,
          revision: 1,
          number: "INV-2026-000001",
          orders: [{ order_number: null, purchase_order_id: id, purchase_order_number: null }],
          status: "partially_paid",
          currency_code: "usd",
          // 12 × 2.55 = 30.60, at 10 % 3.06
          subtotal: "30.60",
          charge_total: "0.00",
          tax_total: "3.06",
          total: "33.66",
          paid_total: "10.00",
          credited_total: "0.00",
          tax_summary: [{ code: null, name: "Sales tax", rate: "10", base: "30.60", tax: "3.06" }],
          lines: [
            {
              line_id: "whinvl_1",
              kind: "item",
              purchase_order_line_id: cups,
              sku: "CUP",
              title: "Cup",
              quantity: 12,
              unit_price: "2.55",
              tax_rate: "10",
              subtotal: "30.60",
            },
          ],
          issued_at: "2026-01-01T00:00:00Z",
          due_at: "2026-01-31T00:00:00Z",
        })
        const row = { id: bill.id, invoice_number: "INV-2026-000001", total: 33.66, outstanding: 23.66 }
        expect((await get(`${at}/${id}`)).purchase_order.bills).toEqual([expect.objectContaining(row)])
        expect(await get("/admin/wholesale/bills?status=partially_paid")).toMatchObject({ count: 1, bills: [row] })
        expect(await get("/admin/wholesale/bills?status=paid")).toMatchObject({ count: 0 })
        expect(await get(`/admin/wholesale/bills/${bill.id}`)).toMatchObject({
          status: 200,
          bill: { ...row, lines: [{ unit_price: 2.55, tax_rate: 10 }], tax_summary: [{ tax: 3.06 }], documents: [] },
        })
        const stranger = await login(stores.distributor.user.email)
        expect(await get(`/admin/wholesale/bills/${bill.id}`, stranger)).toMatchObject({ status: 404 })
        expect(await get("/admin/wholesale/bills", stranger)).toMatchObject({ count: 0 })
      })

      it("answers 404 to another store, and gates receipts by their own flag", async () => {
        const { id, cups } = await accepted()
        const stranger = await login(stores.distributor.user.email)
        expect(await get(`${at}/${id}`, stranger)).toMatchObject({ status: 404, code: "not_found" })
        expect(await get(`${at}/${id}/receipts`, stranger)).toMatchObject({ status: 404 })
        expect(await get(at, stranger)).toMatchObject({ count: 0 })

        await container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).setFlag({
          flag: "wholesale_receiving",
          enabled: false,
          actor: { actor_type: "system", actor_id: "test" },
        })
        const receipt = { lines: [{ line_id: cups, received: 1 }] }
        expect(await post(`${at}/${id}/receipts`, receipt)).toMatchObject({ status: 403, code: "feature_disabled" })
        expect(await get(`${at}/${id}`)).toMatchObject({ status: 200 })
        expect(await counted(id)).toEqual([
          [0, 0, 0],
          [0, 0, 0],
        ])
      })
    })
  },
})
