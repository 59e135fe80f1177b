import { join } from "node:path"
import { MathBN } from "@medusajs/framework/utils"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { WHOLESALE_ORDER, type WholesaleOrderModuleService } from "../index"
import type { CreateDraftInput } from "../persistence/drafts"
import type { Order } from "../persistence/rows"
import { ANNA, draft, line, MAY, PATTERN, STORE } from "./order-fixtures"

jest.setTimeout(60_000)

moduleTestRunner<WholesaleOrderModuleService>({
  moduleName: WHOLESALE_ORDER,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const verb = (order: Pick<Order, "id">) => ({ id: order.id, store_id: STORE, actor: ANNA, at: MAY })
    const read = (order: Pick<Order, "id">) => service.retrieveOrder(verb(order))
    const place = async (changes: Partial<CreateDraftInput> = {}) => {
      const order = await service.createDraft(draft({ purchase_order_id: "whpo_1", ...changes }))
      await service.placeOrder({ ...verb(order), number_pattern: PATTERN })
      return await read(order)
    }
    /** Keeps so many units of each line, in their order. */
    const split = async (order: Pick<Order, "id">, child_id: string, quantities: readonly number[]) => {
      const { lines } = await read(order)
      return await service.splitOrder({
        ...verb(order),
        child_id,
        kept: quantities.map((quantity, index) => ({ line_id: lines[index].id, quantity })),
        reason_kind: "credit",
        reason: "Beyond the limit",
      })
    }
    const advance = async (order: Pick<Order, "id">, events: readonly ("approve" | "start_packing" | "finish_packing")[]) => {
      for (const event of events) {
        await service.transition({ ...verb(order), event })
      }
    }
    const ship = async (order: Pick<Order, "id">) => {
      await advance(order, ["approve", "start_packing", "finish_packing"])
      await service.recordShipment({ ...verb(order), event: "ship", shipment_id: `whshp_${order.id}` })
    }

    describe("splitting an order", () => {
      it("leaves 35 of 100 in the parent and 65 in the child, with all that is the order's", async () => {
        const order = await place({
          note: "Dock 4",
          lines: [line("CUP", 100, { unit_price: "850", tax_rate: "20", tax_code: "STD", tax_name: "VAT" })],
        })
        // 35 × 850 = 29,750 + 20 % = 35,700; 65 × 850 = 55,250 + 20 % = 66,300; together 102,000
        const { parent, child } = await split(order, "whord_child", [35])
        expect(parent).toMatchObject({
          id: order.id,
          number: "B2B-2026-000001",
          status: "pending",
          subtotal: "29750.00",
          tax_total: "5950.00",
          total: "35700.00",
          tax_summary: [{ code: "STD", base: "29750.00", tax: "5950.00" }],
          parent_id: null,
          revision: order.revision + 1,
        })
        const { lines: _, events: __, ...of } = await read(child)
        expect(of).toMatchObject({
          id: "whord_child",
          parent_id: order.id,
          number: "B2B-2026-000001-1",
          status: "pending",
          source: "purchase_order",
          account_id: order.account_id,
          connection_id: order.connection_id,
          purchase_order_id: "whpo_1",
          purchase_order_number: order.purchase_order_number,
          fulfilment_method: order.fulfilment_method,
          ship_to: order.ship_to,
          bill_to: order.bill_to,
          terms: order.terms,
          note: "Dock 4",
          placed_at: order.placed_at,
          subtotal: "55250.00",
          tax_total: "11050.00",
          total: "66300.00",
          line_count: 1,
          revision: 1,
          announced_revision: 0,
          parent: { id: order.id, number: "B2B-2026-000001", status: "pending", total: "35700.00" },
          children: [],
        })
        const [parentLine] = (await read(order)).lines
        const [childLine] = (await read(child)).lines
        const same = { line_number: 1, sku: "CUP", unit_price: "850", tax_rate: "20", purchase_order_line_id: "pol_CUP" }
        expect(parentLine).toMatchObject({ ...same, id: order.lines[0].id, quantity: 35, subtotal: "29750.00" })
        expect(childLine).toMatchObject({ ...same, quantity: 65, subtotal: "55250.00", shipped_quantity: 0 })
        expect(await read(order)).toMatchObject({
          parent: null,
          children: [{ id: "whord_child", number: "B2B-2026-000001-1", status: "pending", total: "66300.00" }],
        })
        expect(await service.retrieveWholesaleOrderLine(parentLine.id)).toMatchObject({
          quantity: 35,
          raw_subtotal: { value: "29750.00" },
        })
      })

      it("moves lines that wait whole, and keeps the numbers the lines had", async () => {
        const order = await place({ lines: [line("CUP", 4), line("PLATE", 3), line("BOWL", 2)] })
        const { parent, child } = await split(order, "whord_child", [0, 3, 1])
        const lines = async (one: Order) =>
          (await read(one)).lines.map(({ line_number, sku, quantity }) => [line_number, sku, quantity])
        expect(await lines(parent)).toEqual([[2, "PLATE", 3], [3, "BOWL", 1]])
        expect(await lines(child)).toEqual([[1, "CUP", 4], [3, "BOWL", 1]])
        expect([parent.line_count, child.line_count]).toEqual([2, 2])
      })

      it("is written into both histories and announced by both", async () => {
        const order = await place()
        await service.markAnnounced({ type: "order", id: order.id, revision: order.revision })
        const { child } = await split(order, "whord_child", [6])
        expect((await read(order)).events.at(-1)).toMatchObject({
          event: "split",
          from: "pending",
          to: "pending",
          actor_id: "user_anna",
          reason: "Beyond the limit",
          // 12 × 100 + 3 × 100; 6 × 100 goes on
          details: {
            child_id: child.id,
            child_number: "B2B-2026-000001-1",
            reason_kind: "credit",
            total: { before: "1500.00", goes_on: "600.00", waits: "900.00" },
          },
        })
        expect((await read(child)).events).toMatchObject([
          {
            event: "split_off",
            from: null,
            to: "pending",
            reason: "Beyond the limit",
            details: { parent_id: order.id, parent_number: "B2B-2026-000001", reason_kind: "credit" },
          },
        ])
        const behind = await service.documentsToAnnounce({ type: "order", limit: 10 })
        expect(behind.map(({ id }) => id).sort()).toEqual([order.id, child.id].sort())
      })

      it("is done once a child, also by two at once", async () => {
        const order = await place()
        const kept = [{ line_id: order.lines[0].id, quantity: 5 }]
        const again = () =>
          service.splitOrder({ ...verb(order), child_id: "whord_child", kept, reason_kind: "credit", reason: "x" })
        const made = await Promise.all([again(), again()])
        made.push(await again())
        expect(new Set(made.map(({ child }) => child.number))).toEqual(new Set(["B2B-2026-000001-1"]))
        expect((await read(order)).lines.map(({ quantity }) => quantity)).toEqual([5])
        expect((await read(order)).revision).toBe(order.revision + 1)
      })

      it("goes on: of the parent again, and of the child", async () => {
        const order = await place({ lines: [line("CUP", 10, { unit_price: "0.335", tax_rate: "7.25", tax_code: "CA" })] })
        const first = await split(order, "whord_1", [7])
        const second = await split(order, "whord_2", [4])
        const third = await split(first.child, "whord_3", [1])
        expect([first, second, third].map(({ child }) => child.number)).toEqual([
          "B2B-2026-000001-1",
          "B2B-2026-000001-2",
          "B2B-2026-000001-1-1",
        ])
        const parts = await Promise.all([order.id, "whord_1", "whord_2", "whord_3"].map((id) => read({ id })))
        expect(parts.map(({ lines: [{ quantity }] }) => quantity)).toEqual([4, 1, 3, 2])
        for (const figure of ["subtotal", "tax_total", "total"] as const) {
          expect(MathBN.sum(0, ...parts.map((part) => part[figure])).toFixed(2)).toBe(order[figure])
        }
        expect((await read(order)).children.map(({ number }) => number)).toEqual(["B2B-2026-000001-1", "B2B-2026-000001-2"])
      })

      it("closes its operation, and waits for another's", async () => {
        const order = await place()
        const operation = await service.beginOperation({
          store_id: STORE,
          order_id: order.id,
          verb: "decide",
          payload: {},
        })
        const input = {
          ...verb(order),
          child_id: "whord_child",
          kept: [{ line_id: order.lines[0].id, quantity: 1 }],
          reason_kind: "credit" as const,
          reason: "x",
        }
        await expect(service.splitOrder(input)).rejects.toMatchObject({ code: "operation_in_progress" })
        await service.splitOrder({ ...input, operation_id: operation.id })
        await service.splitOrder({ ...input, operation_id: operation.id })
        expect(await service.retrieveWholesaleOrderOperation(operation.id)).toMatchObject({ status: "done" })
        expect((await read(order)).children).toHaveLength(1)
      })

      it("is refused, and leaves all as it was, once the order is pending no more", async () => {
        const order = await place()
        await advance(order, ["approve"])
        await expect(split(order, "whord_child", [1])).rejects.toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { event: "split", status: "approved" },
        })
        expect((await read(order)).total).toBe(order.total)
      })

      it("is 404 for another store, and for a child that is none of the order's", async () => {
        const order = await place()
        const other = await place({ purchase_order_id: "whpo_2" })
        const input = {
          ...verb(order),
          child_id: "whord_child",
          kept: [{ line_id: order.lines[0].id, quantity: 1 }],
          reason_kind: "credit" as const,
          reason: "x",
        }
        for (const foreign of [{ ...input, store_id: "whstore_b" }, { ...input, child_id: other.id }]) {
          await expect(service.splitOrder(foreign)).rejects.toMatchObject({ status: 404 })
        }
        await expect(service.splitOrder({ ...input, reason: " " })).rejects.toMatchObject({ code: "reason_required" })
        expect(await service.listWholesaleOrders()).toHaveLength(2)
      })

      it("leaves one order without a parent to a purchase order", async () => {
        const order = await place()
        await split(order, "whord_child", [1])
        const again = await service.createDraft(draft({ id: "whord_again", purchase_order_id: "whpo_1" }))
        expect(again.id).toBe(order.id)
        await expect(
          MikroOrmWrapper.forkManager().execute(`update wholesale_order set parent_id = null where id = 'whord_child'`)
        ).rejects.toThrow(/IDX_wholesale_order_purchase_order_unique/)
      })

      it("of 1,000 lines sums as any other", async () => {
        const lines = Array.from({ length: 1000 }, (_, index) => line(`S-${index}`, 2, { unit_price: "0.01" }))
        const order = await place({ lines })
        const { parent, child } = await split(order, "whord_child", order.lines.map((_, index) => index % 3))
        // 334 lines keep nothing, 333 one of two, 333 both
        expect([parent.line_count, child.line_count]).toEqual([666, 667])
        expect([parent.total, child.total]).toEqual(["9.99", "10.01"])
      })
    })

    describe("the mark of a hold", () => {
      const figures = { limit: "75000.00", exposure: "130000.00", over_by: "55000.00" }
      const hold = (order: Pick<Order, "id">, kinds: ("hard" | "past_due" | "soft")[] = ["hard"]) =>
        service.markHeld({ ...verb(order), kinds, figures })
      const release = (order: Pick<Order, "id">) =>
        service.markReleased({ ...verb(order), figures: { exposure: "60000.00" }, reason: "Paid" })

      it("stands with its figures until it is released, each once", async () => {
        const order = await place()
        expect(await hold(order, ["past_due", "hard", "hard"])).toMatchObject({
          status: "pending",
          held_at: MAY,
          hold_kinds: ["hard", "past_due"],
          revision: 2,
        })
        expect((await hold(order, ["hard", "past_due"])).revision).toBe(2)
        expect(await release(order)).toMatchObject({ held_at: null, hold_kinds: null, revision: 3 })
        expect((await release(order)).revision).toBe(3)
        expect((await hold(order)).revision).toBe(4)
        expect((await read(order)).events.slice(2)).toMatchObject([
          { event: "hold", from: "pending", to: "pending", details: { kinds: ["hard", "past_due"], figures } },
          { event: "release", reason: "Paid", details: { kinds: ["hard", "past_due"], figures: { exposure: "60000.00" } } },
          { event: "hold", details: { kinds: ["hard"], figures } },
        ])
      })

      it("follows other reasons, and has stood since the first", async () => {
        const order = await place()
        await hold(order)
        const later = new Date("2026-05-09T10:00:00Z")
        expect(await service.markHeld({ ...verb(order), kinds: ["soft"], figures, at: later })).toMatchObject({
          held_at: MAY,
          hold_kinds: ["soft"],
        })
      })

      it("comes with the placement, in one", async () => {
        const order = await service.createDraft(draft())
        expect(
          await service.placeOrder({ ...verb(order), number_pattern: PATTERN, hold: { kinds: ["hard"], figures } })
        ).toMatchObject({ status: "pending", number: "B2B-2026-000001", held_at: MAY, hold_kinds: ["hard"] })
      })

      it("passes to the child of a split", async () => {
        const order = await place()
        await hold(order)
        const { parent, child } = await split(order, "whord_child", [1])
        expect([parent, child]).toMatchObject([{ hold_kinds: ["hard"] }, { held_at: MAY, hold_kinds: ["hard"] }])
        expect((await release(order)).held_at).toBeNull()
        await service.markHeld({ ...verb(child), kinds: ["hard"], figures })
        expect((await read(child)).events.map(({ event }) => event)).toEqual(["split_off", "hold"])
        expect((await read(order)).children).toMatchObject([{ id: child.id, hold_kinds: ["hard"] }])
      })

      it("ends with what is pending no more, and cannot be set then", async () => {
        const [approved, rejected] = [await place(), await place({ purchase_order_id: "whpo_2" })]
        await Promise.all([approved, rejected].map((order) => hold(order)))
        await advance(approved, ["approve"])
        await service.transition({ ...verb(rejected), event: "reject", reason: "No credit" })
        for (const order of [approved, rejected]) {
          expect(await read(order)).toMatchObject({ held_at: null, hold_kinds: null })
          await expect(hold(order)).rejects.toMatchObject({ code: "not_allowed", details: { event: "hold" } })
          expect((await release(order)).revision).toBe(order.revision + 2)
        }
      })

      it("is set while an operation is at work on the order", async () => {
        const order = await place()
        await service.beginOperation({ store_id: STORE, order_id: order.id, verb: "approve", payload: {} })
        expect(await hold(order)).toMatchObject({ held_at: MAY })
      })

      it("is found in the list", async () => {
        const [held, free] = [await place(), await place({ purchase_order_id: "whpo_2" })]
        await hold(held)
        const ids = async (filter?: boolean) =>
          (await service.listOrders(STORE, { held: filter, order: "number" })).orders.map(({ id }) => id)
        expect(await ids(true)).toEqual([held.id])
        expect(await ids(false)).toEqual([free.id])
        expect(await ids()).toEqual([held.id, free.id])
      })

      it("is 404 for another store", async () => {
        const order = await place()
        const foreign = { ...verb(order), store_id: "whstore_b", figures }
        await expect(service.markHeld({ ...foreign, kinds: ["hard"] })).rejects.toMatchObject({ status: 404 })
        await expect(service.markReleased(foreign)).rejects.toMatchObject({ status: 404 })
      })
    })

    describe("the orders of one purchase order", () => {
      const of = { store_id: STORE, connection_id: "whcon_1", purchase_order_id: "whpo_1" }
      const answer = async () => {
        const response = await service.orderResponse(of)
        return response && { answer: response.answer, order_id: response.order_id }
      }
      const ask = (order: Pick<Order, "id">) => service.requestCancel({ ...verb(order), reason: "Ordered twice" })
      const end = (order: Pick<Order, "id">, event: "cancel" | "reject") =>
        service.transition({ ...verb(order), event, reason: "As asked" })
      const deliver = async (order: Pick<Order, "id">) => {
        await ship(order)
        await service.transition({ ...verb(order), event: "deliver" })
      }
      /** A parent of 6 CUP, and a child of 6 CUP and 3 PLATE, of an accepted purchase order. */
      const twoOrders = async () => {
        const order = await place()
        const { child } = await split(order, "whord_child", [6])
        await service.answerPurchaseOrder({ ...of, answer: "accepted", order_id: order.id })
        return { order, child }
      }
      const asked = async (...orders: Pick<Order, "id">[]) =>
        (await Promise.all(orders.map(read))).map(({ cancel_requested_at }) => cancel_requested_at !== null)

      it("are read oldest first", async () => {
        const { order, child } = await twoOrders()
        expect((await service.ordersOfPurchaseOrder(of)).map(({ id }) => id)).toEqual([order.id, child.id])
        expect(await service.ordersOfPurchaseOrder({ ...of, store_id: "whstore_b" })).toEqual([])
      })

      it("are all asked to be cancelled, and answered once none is left", async () => {
        const { order, child } = await twoOrders()
        expect(await ask(child)).toMatchObject({ id: child.id, cancel_requested_at: MAY })
        expect(await asked(order, child)).toEqual([true, true])
        const { revision } = await read(order)
        await ask(order)
        expect((await read(order)).revision).toBe(revision)

        await end(child, "cancel")
        expect(await answer()).toEqual({ answer: "accepted", order_id: order.id })
        await end(order, "reject")
        expect(await answer()).toEqual({ answer: "cancel_accepted", order_id: order.id })
      })

      it("are answered once by whichever of two at once is the last", async () => {
        const { order, child } = await twoOrders()
        await ask(order)
        await Promise.all([end(order, "cancel"), end(child, "cancel")])
        expect(await service.orderResponse(of)).toMatchObject({ answer: "cancel_accepted", revision: 2 })
      })

      it("all go on by one refusal, but for those that are cancelled", async () => {
        const { order, child } = await twoOrders()
        await ask(order)
        await end(child, "cancel")
        const refuse = (one: Pick<Order, "id">) => service.refuseCancelRequest({ ...verb(one), reason: "Packed already" })
        await expect(refuse(child)).rejects.toMatchObject({ code: "no_cancel_request" })
        expect(await refuse(order)).toMatchObject({ id: order.id, cancel_requested_at: null })
        expect(await answer()).toEqual({ answer: "cancel_refused", order_id: order.id })
        await expect(refuse(order)).rejects.toMatchObject({ code: "no_cancel_request" })
      })

      it("are not asked where they are delivered, unless all are", async () => {
        const { order, child } = await twoOrders()
        await deliver(order)
        await ask(order)
        expect(await asked(order, child)).toEqual([false, true])
        await end(child, "cancel")
        expect(await answer()).toMatchObject({ answer: "cancel_accepted" })

        await ask(order)
        expect(await asked(order)).toEqual([true])
      })

      it("are not asked of another purchase order, nor where none stands behind them", async () => {
        const { order } = await twoOrders()
        const other = await place({ purchase_order_id: "whpo_2" })
        const entered = await place({ purchase_order_id: null, connection_id: null, source: "manual" })
        const part = await split(entered, "whord_part", [1])
        await ask(entered)
        expect(await asked(order, other, entered, part.child)).toEqual([false, false, true, false])
      })

      it("pass the wish to cancel to a child that is split off after it", async () => {
        const order = await place()
        await ask(order)
        const { child } = await split(order, "whord_child", [6])
        expect(await asked(order, child)).toEqual([true, true])
        await end(order, "cancel")
        expect(await answer()).toBeUndefined()
        await end(child, "cancel")
        expect(await answer()).toEqual({ answer: "cancel_accepted", order_id: order.id })
      })

      it("are asked with the child that is split off at the same time", async () => {
        const order = await place()
        await Promise.all([split(order, "whord_child", [6]), ask(order)])
        expect(await asked(order, { id: "whord_child" })).toEqual([true, true])
      })

      it("share what came short or damaged by what they shipped, once a receipt", async () => {
        const { order, child } = await twoOrders()
        await ship(order)
        await ship(child)
        const receive = (receipt_id: string, short_quantity: number, damaged_quantity: number) =>
          service.applyReceipt({
            ...verb(order),
            receipt_id,
            lines: [{ purchase_order_line_id: "pol_CUP", short_quantity, damaged_quantity }],
          })
        // 6 and 6 shipped: 5 short and 1 damaged in the parent, 3 damaged in the child
        const [first, second] = await Promise.all([receive("whrec_1", 5, 4), receive("whrec_1", 5, 4)])
        expect([first, second].map((orders) => orders.length).sort()).toEqual([0, 2])
        // 2 more short: the child has room for them
        await receive("whrec_2", 2, 0)
        const found = async (one: Pick<Order, "id">) =>
          (await read(one)).lines.map(({ sku, short_quantity, damaged_quantity }) => [sku, short_quantity, damaged_quantity])
        expect(await found(order)).toEqual([["CUP", 5, 1]])
        expect(await found(child)).toEqual([["CUP", 2, 3], ["PLATE", 0, 0]])
        expect((await read(order)).events.at(-2)).toMatchObject({
          event: "receive",
          details: { receipt_id: "whrec_1", discrepancies: [{ short_quantity: 5, damaged_quantity: 1 }] },
        })
      })

      it("hear of a receipt where they shipped what came", async () => {
        const { order, child } = await twoOrders()
        await ship(order)
        const none = { short_quantity: 0, damaged_quantity: 0 }
        const concerned = async (receipt_id: string, ...lines: string[]) =>
          (
            await service.applyReceipt({
              ...verb(order),
              receipt_id,
              lines: lines.map((purchase_order_line_id) => ({ purchase_order_line_id, ...none })),
            })
          ).map(({ id }) => id)
        expect(await concerned("whrec_1", "pol_CUP")).toEqual([order.id])
        await ship(child)
        expect(await concerned("whrec_2", "pol_CUP", "pol_PLATE")).toEqual([order.id, child.id])
        expect(await concerned("whrec_3", "pol_PLATE")).toEqual([child.id])
      })
    })
  },
})
