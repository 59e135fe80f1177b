import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { WHOLESALE_PURCHASE, WholesalePurchaseModuleService } from "../index"
import type { ReceiptInput } from "../persistence/receipts"
import { TOLD } from "./supplier-order-told"

jest.setTimeout(60_000)

const STORE = "whstore_retail"
const OTHER = "whstore_other"
const CONNECTION = "whcon_1"
const BUYER: Actor = { actor_type: "user", actor_id: "user_1" }
const PARTNER: Actor = { actor_type: "partner", actor_id: CONNECTION }

moduleTestRunner<WholesalePurchaseModuleService>({
  moduleName: WHOLESALE_PURCHASE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    let sequence = 0

    /** An accepted order of 12 CUP (mapped) and 5 MUG (not mapped), and the ids of its lines. */
    const accepted = async (connection_id = CONNECTION) => {
      const { id } = await service.createDraft({
        store_id: STORE,
        connection_id,
        currency_code: "eur",
        fulfilment_method: "shipping",
        ship_to: { country_code: "ie" },
        location_id: "sloc_1",
        lines: [
          { supplier_sku: "CUP", title: "Cup", quantity: 12, unit_price: "100", variant_id: "variant_cup" },
          { supplier_sku: "MUG", title: "Mug", quantity: 5, unit_price: "3.50" },
        ],
        actor: BUYER,
      })
      await service.place({ store_id: STORE, id, number_pattern: "PO-{SEQ}", actor: BUYER })
      await service.applyOrder({
        store_id: STORE,
        connection_id,
        purchase_order_id: id,
        revision: 1,
        order_id: `whord_${++sequence}`,
        order_number: "B2B-1",
        order_status: "shipped",
        ...TOLD,
        actor: PARTNER,
      })
      const [cup, mug] = (await service.purchaseOrder(STORE, id)).lines.map((line) => line.id)
      return { id, cup, mug }
    }
    const entry = (line: string, received = 0, short = 0, damaged = 0) => ({
      purchase_order_line_id: line,
      received_quantity: received,
      short_quantity: short,
      damaged_quantity: damaged,
    })
    const receive = (id: string, lines: ReceiptInput["lines"], changes: Partial<ReceiptInput> = {}) =>
      service.createReceipt({ store_id: STORE, purchase_order_id: id, lines, actor: BUYER, ...changes })
    const stocked = (id: string) => service.markReceiptStocked({ store_id: STORE, id })
    const status = async (id: string) => (await service.purchaseOrder(STORE, id)).status
    const counted = async (id: string) =>
      (await service.purchaseOrder(STORE, id)).lines.map((line) => [
        line.received_quantity,
        line.short_quantity,
        line.damaged_quantity,
      ])
    const waiting = async (mapped?: boolean) =>
      (await service.unstockedReceiptLines({ store_id: STORE, mapped })).map((line) => [
        line.supplier_sku,
        line.received_quantity,
        line.variant_id,
      ])

    describe("receiving", () => {
      it("in two receipts counts on the lines, and ends when nothing is open", async () => {
        const { id, cup, mug } = await accepted()
        const first = await receive(id, [entry(cup, 8, 0, 1), entry(mug, 0, 2)], { note: "One box wet" })
        expect(await status(id)).toBe("receiving")
        expect(await service.receipt(STORE, first.id)).toMatchObject({
          sequence: 1,
          status: "pending",
          revision: 0,
          location_id: "sloc_1",
          purchase_order_number: "PO-1",
          connection_id: CONNECTION,
          note: "One box wet",
          lines: [
            { supplier_sku: "CUP", variant_id: "variant_cup", received_quantity: 8, damaged_quantity: 1 },
            { supplier_sku: "MUG", variant_id: null, received_quantity: 0, short_quantity: 2 },
          ],
        })

        // Open: 12 − 8 − 1 = 3 cups, 5 − 2 = 3 mugs.
        const second = await receive(id, [entry(cup, 3), entry(mug, 2, 0, 1)], { location_id: "sloc_2" })
        expect(await service.receipt(STORE, second.id)).toMatchObject({ sequence: 2, location_id: "sloc_2" })
        expect(await counted(id)).toEqual([
          [11, 0, 1],
          [2, 2, 1],
        ])
        expect(await status(id)).toBe("received")
        await expect(receive(id, [entry(cup, 1)])).rejects.toMatchObject({ status: 409, code: "not_allowed" })
      })

      it("never counts beyond what is open, and writes nothing of such a receipt", async () => {
        const { id, cup, mug } = await accepted()
        await receive(id, [entry(cup, 10)])
        await expect(receive(id, [entry(mug, 1), entry(cup, 1, 1, 1)])).rejects.toMatchObject({
          status: 409,
          code: "receipt_exceeds_open",
          details: { lines: [{ line_id: cup, supplier_sku: "CUP", open: 2, counted: 3 }] },
        })
        expect(await counted(id)).toEqual([
          [10, 0, 0],
          [0, 0, 0],
        ])
      })

      it("by two at once never counts together beyond what is open", async () => {
        const { id, cup } = await accepted()
        // 12 are open; 7 + 7 = 14: one of the two must be refused.
        const results = await Promise.allSettled([receive(id, [entry(cup, 7)]), receive(id, [entry(cup, 7)])])
        const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))
        expect(refused).toMatchObject([{ code: "receipt_exceeds_open", details: { lines: [{ open: 5, counted: 7 }] } }])
        expect((await counted(id))[0]).toEqual([7, 0, 0])
      })

      it("by twenty at once takes just what was ordered", async () => {
        const { id, cup } = await accepted()
        const results = await Promise.allSettled(Array.from({ length: 20 }, () => receive(id, [entry(cup, 1)])))
        expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(12)
        expect((await counted(id))[0]).toEqual([12, 0, 0])
        const receipts = await service.listWholesaleReceipts({ purchase_order_id: id }, { order: { sequence: "ASC" } })
        // 1, 2, … 12
        expect(receipts.map((receipt) => receipt.sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
      })

      it("again with the same id changes nothing, also at once and also when all is received", async () => {
        const { id, cup, mug } = await accepted()
        const lines = [entry(cup, 12), entry(mug, 5)]
        const results = await Promise.all([1, 2, 3].map(() => receive(id, lines, { id: "whrec_fixed" })))
        expect(results.filter((result) => result.created)).toHaveLength(1)
        expect(await counted(id)).toEqual([
          [12, 0, 0],
          [5, 0, 0],
        ])
        const other = await accepted()
        await expect(receive(other.id, [entry(other.cup, 1)], { id: "whrec_fixed" })).rejects.toMatchObject({
          status: 404,
        })
      })

      it("asks for a location where neither order nor receipt names one", async () => {
        const { id } = await service.createDraft({
          store_id: STORE,
          connection_id: CONNECTION,
          currency_code: "eur",
          fulfilment_method: "pickup",
          ship_to: {},
          lines: [{ supplier_sku: "CUP", title: "Cup", quantity: 1, unit_price: "1" }],
          actor: BUYER,
        })
        await service.place({ store_id: STORE, id, number_pattern: "PO-{SEQ}", actor: BUYER })
        await service.applyOrderResponse({
          store_id: STORE,
          connection_id: CONNECTION,
          purchase_order_id: id,
          revision: 1,
          answer: "accepted",
          response: {},
          actor: PARTNER,
        })
        const [{ id: line }] = (await service.purchaseOrder(STORE, id)).lines
        await expect(receive(id, [entry(line, 1)])).rejects.toMatchObject({ code: "receipt_without_location" })
        await expect(receive(id, [entry(line, 1)], { location_id: "sloc_9" })).resolves.toMatchObject({ created: true })
      })

      it("goes on while a cancellation is asked for, and stands when it is refused", async () => {
        const { id, cup, mug } = await accepted()
        await service.requestCancel({ store_id: STORE, id, reason: "Late", actor: BUYER })
        await receive(id, [entry(cup, 12), entry(mug, 5)])
        expect(await status(id)).toBe("cancel_requested")
        await service.applyOrderResponse({
          store_id: STORE,
          connection_id: CONNECTION,
          purchase_order_id: id,
          revision: 1,
          answer: "cancel_refused",
          response: {},
          actor: PARTNER,
        })
        expect(await status(id)).toBe("received")
      })

      it("is not for another store", async () => {
        const { id, cup } = await accepted()
        const { id: receiptId } = await receive(id, [entry(cup, 1)])
        const missing = { status: 404, code: "not_found" }
        await expect(receive(id, [entry(cup, 1)], { store_id: OTHER })).rejects.toMatchObject(missing)
        await expect(service.receipt(OTHER, receiptId)).rejects.toMatchObject(missing)
        await expect(service.markReceiptStocked({ store_id: OTHER, id: receiptId })).rejects.toMatchObject(missing)
        await expect(
          service.discardReceipt({ store_id: OTHER, id: receiptId, actor: BUYER })
        ).rejects.toMatchObject(missing)
        expect(await service.receipt(STORE, receiptId)).toMatchObject({ status: "pending" })
      })
    })

    describe("closing", () => {
      it("waits for the stock of the receipts", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 12), entry(mug, 5)])
        const close = () => service.close({ store_id: STORE, id, actor: BUYER })
        await expect(close()).rejects.toMatchObject({ code: "receipt_pending", details: { receipt_id: receipt.id } })
        await stocked(receipt.id)
        expect(await close()).toMatchObject({ status: "closed" })
      })

      it("is refused while anything is open", async () => {
        const { id, cup } = await accepted()
        const receipt = await receive(id, [entry(cup, 12)])
        await stocked(receipt.id)
        await expect(service.close({ store_id: STORE, id, actor: BUYER })).rejects.toMatchObject({
          code: "not_allowed",
          details: { status: "receiving" },
        })
      })
    })

    describe("a pending receipt", () => {
      it("travels and is done once its stock is raised, noted twice or at once alike", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 4), entry(mug, 0, 1)])
        expect(await service.receiptsToAnnounce({ limit: 10 })).toEqual([])
        const later = new Date(Date.now() + 60_000)
        expect(await service.pendingReceipts({ older_than: later, limit: 10 })).toEqual([
          { id: receipt.id, store_id: STORE, purchase_order_id: id },
        ])

        const results = await Promise.all([stocked(receipt.id), stocked(receipt.id), stocked(receipt.id)])
        expect(results.sort()).toEqual(["done", "known", "known"])
        expect(await service.receipt(STORE, receipt.id)).toMatchObject({
          status: "done",
          revision: 1,
          // The short mug leaves nothing to raise.
          lines: [{ stocked: true }, { stocked: true }],
        })
        expect(await service.pendingReceipts({ older_than: later, limit: 10 })).toEqual([])
        expect(await service.receiptsToAnnounce({ limit: 10 })).toMatchObject([
          { id: receipt.id, connection_id: CONNECTION, revision: 1, announced_revision: 0 },
        ])
        await service.markReceiptAnnounced({ id: receipt.id, revision: 1 })
        expect(await service.receiptsToAnnounce({ limit: 10 })).toEqual([])
      })

      it("may be discarded: what it counted is open again, and the order where it was", async () => {
        const { id, cup, mug } = await accepted()
        const first = await receive(id, [entry(cup, 8)])
        await stocked(first.id)
        const second = await receive(id, [entry(cup, 4), entry(mug, 4, 0, 1)])
        expect(await status(id)).toBe("received")

        const discard = (receiptId: string) => service.discardReceipt({ store_id: STORE, id: receiptId, actor: BUYER })
        expect(await discard(second.id)).toBe(true)
        expect(await discard(second.id)).toBe(false)
        expect(await counted(id)).toEqual([
          [8, 0, 0],
          [0, 0, 0],
        ])
        expect(await status(id)).toBe("receiving")
        await expect(discard(first.id)).rejects.toMatchObject({ status: 409, details: { status: "done" } })

        const other = await accepted()
        const only = await receive(other.id, [entry(other.cup, 12), entry(other.mug, 5)])
        await discard(only.id)
        expect(await status(other.id)).toBe("accepted")
      })

      it("is either discarded or done when both come at once", async () => {
        const { id, cup } = await accepted()
        const receipt = await receive(id, [entry(cup, 5)])
        await Promise.allSettled([
          stocked(receipt.id),
          service.discardReceipt({ store_id: STORE, id: receipt.id, actor: BUYER }),
        ])
        const left = await service.listWholesaleReceipts({ purchase_order_id: id })
        // Kept: 5 counted and done. Discarded: nothing counted and no receipt.
        const [received] = (await counted(id))[0]
        expect(left.map((row) => row.status)).toEqual(received === 5 ? ["done"] : [])
        expect([0, 5]).toContain(received)
      })
    })

    describe("goods without a mapping", () => {
      it("are kept and asked for, from when their receipt is done", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 12), entry(mug, 3, 1, 1)])
        expect(await waiting()).toEqual([])
        await stocked(receipt.id)
        expect(await service.unstockedReceiptLines({ store_id: STORE, connection_id: CONNECTION })).toMatchObject([
          {
            purchase_order_id: id,
            purchase_order_number: "PO-1",
            receipt_id: receipt.id,
            location_id: "sloc_1",
            supplier_sku: "MUG",
            title: "Mug",
            received_quantity: 3,
            variant_id: null,
          },
        ])
        expect(await service.unstockedReceiptLines({ store_id: STORE, connection_id: "whcon_9" })).toEqual([])
        expect(await service.unstockedReceiptLines({ store_id: OTHER })).toEqual([])
      })

      const map = (variant_id: string, connection_id = CONNECTION, store_id = STORE) =>
        service.mapLines({ store_id, connection_id, mappings: [{ supplier_sku: "MUG", variant_id }] })
      const later = () => new Date(Date.now() + 60_000)

      it("are stocked exactly once after mapping", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 12), entry(mug, 3)])
        await stocked(receipt.id)

        const [toStock, ...rest] = await map("variant_mug")
        expect(rest).toEqual([])
        expect(toStock).toMatchObject({ supplier_sku: "MUG", received_quantity: 3, variant_id: "variant_mug" })
        // A crash here: the line is found again, by mapping anew and by recovery, under the same key.
        expect((await map("variant_mug")).map((line) => line.id)).toEqual([toStock.id])
        expect((await service.receiptLinesToStock({ older_than: later(), limit: 10 })).map((line) => line.id)).toEqual([
          toStock.id,
        ])
        expect(await waiting(false)).toEqual([])
        expect(await waiting(true)).toEqual([["MUG", 3, "variant_mug"]])

        const marks = await Promise.all(
          [1, 2, 3].map(() => service.markReceiptLinesStocked({ store_id: STORE, ids: [toStock.id] }))
        )
        expect(marks.flat()).toEqual([toStock.id])
        expect(await map("variant_mug")).toEqual([])
        expect(await waiting()).toEqual([])
        expect(await service.receiptLinesToStock({ older_than: later(), limit: 10 })).toEqual([])
      })

      it("keep the variant they were given when the SKU is mapped anew before their stock is raised", async () => {
        const { id, mug } = await accepted()
        const receipt = await receive(id, [entry(mug, 3)])
        await stocked(receipt.id)
        await map("variant_mug")
        expect(await map("variant_other")).toMatchObject([{ variant_id: "variant_mug", received_quantity: 3 }])
        // Goods to come take the newer mapping.
        const second = await receive(id, [entry(mug, 2)])
        expect((await service.receipt(STORE, second.id)).lines).toMatchObject([{ variant_id: "variant_other" }])
      })

      it("mapped while their receipt is pending are left out of its stock and raised by themselves", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 12), entry(mug, 5)])
        expect(await map("variant_mug")).toEqual([])
        const { lines } = await service.receipt(STORE, receipt.id)
        expect(lines).toMatchObject([{ variant_id: "variant_cup" }, { variant_id: null }])
        await stocked(receipt.id)
        expect(await service.receiptLinesToStock({ older_than: later(), limit: 10 })).toMatchObject([
          { supplier_sku: "MUG", received_quantity: 5, variant_id: "variant_mug" },
        ])
      })

      it("are found whichever comes first when mapping and stock are noted at once", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 12), entry(mug, 5)])
        await Promise.all([map("variant_mug"), stocked(receipt.id)])
        expect(await waiting(true)).toEqual([["MUG", 5, "variant_mug"]])
        expect(await waiting(false)).toEqual([])
      })

      it("cannot be marked as stocked before they are mapped, nor by another store", async () => {
        const { id, mug } = await accepted()
        const receipt = await receive(id, [entry(mug, 5)])
        await stocked(receipt.id)
        const [{ id: line }] = await service.unstockedReceiptLines({ store_id: STORE })
        expect(await service.markReceiptLinesStocked({ store_id: STORE, ids: [line] })).toEqual([])
        await map("variant_mug")
        expect(await service.markReceiptLinesStocked({ store_id: OTHER, ids: [line] })).toEqual([])
        expect(await waiting()).toEqual([["MUG", 5, "variant_mug"]])
      })

      it("of another connection with the same SKU stay as they are", async () => {
        const ours = await accepted()
        const theirs = await accepted("whcon_2")
        for (const { id, mug } of [ours, theirs]) {
          await stocked((await receive(id, [entry(mug, 5)])).id)
        }
        expect(await map("variant_mug", CONNECTION, OTHER)).toEqual([])
        expect(await map("variant_mug")).toMatchObject([{ purchase_order_id: ours.id }])
        expect(await waiting(false)).toEqual([["MUG", 5, null]])
      })

      it("of a closed order are still mapped and found", async () => {
        const { id, cup, mug } = await accepted()
        const receipt = await receive(id, [entry(cup, 12), entry(mug, 5)])
        await stocked(receipt.id)
        await service.close({ store_id: STORE, id, actor: BUYER })
        expect(await map("variant_mug")).toMatchObject([{ purchase_order_id: id, variant_id: "variant_mug" }])
      })
    })

    it("an order of 1,000 lines is received in one go", async () => {
      const { id } = await service.createDraft({
        store_id: STORE,
        connection_id: CONNECTION,
        currency_code: "eur",
        fulfilment_method: "shipping",
        ship_to: {},
        location_id: "sloc_1",
        lines: Array.from({ length: 1_000 }, (_, index) => ({
          supplier_sku: `S-${index}`,
          title: "Thing",
          quantity: 2,
          unit_price: "1",
        })),
        actor: BUYER,
      })
      await service.place({ store_id: STORE, id, number_pattern: "PO-{SEQ}", actor: BUYER })
      await service.applyOrderResponse({
        store_id: STORE,
        connection_id: CONNECTION,
        purchase_order_id: id,
        revision: 1,
        answer: "accepted",
        response: {},
        actor: PARTNER,
      })
      const { lines } = await service.purchaseOrder(STORE, id)
      const receipt = await receive(id, lines.map((line) => entry(line.id, 2)))
      await stocked(receipt.id)
      expect(await status(id)).toBe("received")
      const mapped = await service.mapLines({
        store_id: STORE,
        connection_id: CONNECTION,
        mappings: lines.map((line) => ({ supplier_sku: line.supplier_sku, variant_id: `variant_${line.line_number}` })),
      })
      expect(mapped).toHaveLength(1_000)
      const ids = mapped.map((line) => line.id)
      expect(await service.markReceiptLinesStocked({ store_id: STORE, ids })).toHaveLength(1_000)
    })
  },
})
