import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { InvoiceOn } from "../domain/invoice-due"
import type { FulfilmentMethod } from "../../../lib/fulfilment/methods"
import type { OrderEvent } from "../domain/order-machine"
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
    const place = (order: Pick<Order, "id">) =>
      service.placeOrder({ ...verb(order), number_pattern: PATTERN })
    const rows = async <Row>(sql: string, params: unknown[] = []) =>
      (await MikroOrmWrapper.forkManager().execute(sql, params)) as Row[]
    const outcome = (promise: Promise<unknown>) =>
      promise.then(
        () => "done",
        (error: { code?: string }) => error.code
      )

    /** Takes a new order up to `packed`. */
    const packed = async (
      method: FulfilmentMethod = "shipping",
      changes: Partial<CreateDraftInput> = {},
      invoice_on?: InvoiceOn
    ) => {
      const order = await service.createDraft(draft({ fulfilment_method: method, ...changes }))
      await place(order)
      for (const event of ["approve", "start_packing", "finish_packing"] as const) {
        await service.transition({ ...verb(order), event, invoice_on })
      }
      return await service.retrieveOrder(verb(order))
    }

    describe("a draft", () => {
      it("keeps lines and totals, and what text holds", async () => {
        const order = await service.createDraft(
          draft({
            note: `Leave it at "the back" \\ door? ask for Jürgen's desk`,
            lines: [
              line("CUP", 3, { unit_price: "9.99", tax_rate: "7.25", tax_code: "CA", tax_name: "Tax? CA" }),
            ],
          })
        )
        // 3 × 9.99 = 29.97; tax 2.172825 → 2.17
        expect(await service.retrieveOrder(verb(order))).toMatchObject({
          status: "draft",
          number: null,
          revision: 0,
          subtotal: "29.97",
          tax_total: "2.17",
          total: "32.14",
          tax_summary: [{ code: "CA", name: "Tax? CA", rate: "7.25", base: "29.97", tax: "2.17" }],
          note: `Leave it at "the back" \\ door? ask for Jürgen's desk`,
          line_count: 1,
          invoice_parts_due: [],
          allowed_events: ["place", "cancel"],
          lines: [
            {
              line_number: 1,
              sku: "CUP",
              quantity: 3,
              unit_price: "9.99",
              subtotal: "29.97",
              tax_rate: "7.25",
              tax_code: "CA",
              shipped_quantity: 0,
            },
          ],
          events: [{ event: "create", from: null, to: "draft", actor_id: "user_anna" }],
        })
      })

      it("reads back through Medusa's own methods as exactly as it was written", async () => {
        const { id } = await service.createDraft(draft({ lines: [line("CUP", 3, { unit_price: "9.99" })] }))
        expect(await service.retrieveWholesaleOrder(id)).toMatchObject({
          raw_total: { value: "29.97", precision: 20 },
          total: 29.97,
        })
      })

      it("is the one that is there when the same id or purchase order comes again, also at once", async () => {
        const input = draft({ id: "whord_same", purchase_order_id: "whpo_1" })
        const made = await Promise.all([input, input, { ...input, id: "whord_other" }].map((one) => service.createDraft(one)))

        expect(new Set(made.map(({ id }) => id)).size).toBe(1)
        expect(await rows(`select 1 from wholesale_order`)).toHaveLength(1)
        expect(await rows(`select 1 from wholesale_order_line`)).toHaveLength(2)
      })

      it("of 1,000 lines is written in as many statements as one of two", async () => {
        const lines = Array.from({ length: 1000 }, (_, index) => line(`S-${index}`, 1, { unit_price: "0.01" }))
        const order = await service.createDraft(draft({ lines }))
        expect(order).toMatchObject({ line_count: 1000, total: "10.00" })
        expect((await service.retrieveOrder(verb(order))).lines.map(({ line_number }) => line_number)).toEqual(
          lines.map((_, index) => index + 1)
        )
      })

      it("is discarded without a trace; an order is not", async () => {
        const order = await service.createDraft(draft())
        await service.discardDraft(verb(order))
        await service.discardDraft(verb(order))
        for (const table of ["wholesale_order", "wholesale_order_line", "wholesale_order_event"]) {
          expect(await rows(`select 1 from ${table}`)).toEqual([])
        }

        const placed = await place(await service.createDraft(draft()))
        await expect(service.discardDraft(verb(placed))).rejects.toMatchObject({
          code: "not_a_draft",
          details: { status: "pending" },
        })
      })
    })

    describe("placing", () => {
      it("gives the number, the time and the first revision with the status", async () => {
        const order = await service.createDraft(draft())
        expect(await place(order)).toMatchObject({
          status: "pending",
          number: "B2B-2026-000001",
          placed_at: MAY,
          revision: 1,
        })
      })

      it("numbers 50 orders at once without a gap, a second store and a second year on their own", async () => {
        const drafts = await Promise.all(Array.from({ length: 50 }, () => service.createDraft(draft())))
        const placed = await Promise.all(drafts.map(place))
        expect(placed.map(({ number }) => number).sort()).toEqual(
          Array.from({ length: 50 }, (_, index) => `B2B-2026-${String(index + 1).padStart(6, "0")}`)
        )

        const other = await service.createDraft(draft({ store_id: "whstore_b" }))
        const next = await service.createDraft(draft())
        const numberOf = async (order: Order, at: Date) =>
          (await service.placeOrder({ ...verb(order), store_id: order.store_id, at, number_pattern: PATTERN })).number
        expect(await numberOf(other, MAY)).toBe("B2B-2026-000001")
        expect(await numberOf(next, new Date("2027-01-01T00:00:00Z"))).toBe("B2B-2027-000001")
      })

      it("consumes no number when it is refused after the number was drawn", async () => {
        const order = await service.createDraft(draft())
        const operation = await service.beginOperation({ store_id: STORE, order_id: order.id, verb: "place", payload: {} })

        // The open operation refuses a placement that does not belong to it, after the number was drawn.
        await expect(place(order)).rejects.toMatchObject({ code: "operation_in_progress" })
        expect(await rows(`select 1 from wholesale_order_series`)).toEqual([])

        const placed = await service.placeOrder({ ...verb(order), number_pattern: PATTERN, operation_id: operation.id })
        expect(placed.number).toBe("B2B-2026-000001")
      })

      it("happens once when it is asked for twice at once", async () => {
        const order = await service.createDraft(draft())
        expect((await Promise.all([outcome(place(order)), outcome(place(order))])).sort()).toEqual(["done", "not_allowed"])
        expect(await rows(`select last_sequence from wholesale_order_series`)).toEqual([{ last_sequence: 1 }])
      })
    })

    describe("a transition", () => {
      it("writes status, time, revision and history together", async () => {
        const order = await place(await service.createDraft(draft()))
        const approved = await service.transition({ ...verb(order), event: "approve", invoice_on: "approval" })
        expect(approved).toMatchObject({
          status: "approved",
          approved_at: MAY,
          revision: 2,
          invoice_parts_due: [0],
        })
        const { events } = await service.retrieveOrder(verb(order))
        expect(events.map(({ event, from, to }) => [event, from, to])).toEqual([
          ["create", null, "draft"],
          ["place", "draft", "pending"],
          ["approve", "pending", "approved"],
        ])
        expect(events[2]).toMatchObject({ actor_type: "user", actor_id: "user_anna", at: MAY })
      })

      it("is refused with the events that are allowed, and changes nothing", async () => {
        const order = await packed("pickup")
        await expect(service.transition({ ...verb(order), event: "deliver" })).rejects.toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { status: "packed", event: "deliver", allowed_events: ["make_ready_for_pickup", "cancel"] },
        })
        expect(await service.retrieveOrder(verb(order))).toEqual(order)
      })

      it("happens once of two at once that exclude each other", async () => {
        const order = await place(await service.createDraft(draft()))
        const outcomes = await Promise.all([
          outcome(service.transition({ ...verb(order), event: "approve" })),
          outcome(service.transition({ ...verb(order), event: "reject", reason: "no" })),
        ])
        expect(outcomes.sort()).toEqual(["done", "not_allowed"])
        expect((await service.retrieveOrder(verb(order))).revision).toBe(2)
      })

      it("happens once under the id its caller gave it, also at once and after others", async () => {
        const order = await place(await service.createDraft(draft()))
        await service.transition({ ...verb(order), event: "approve" })
        const start = { ...verb(order), event: "start_packing" as const, event_id: "whordev_start" }
        const started = await Promise.all([service.transition(start), service.transition(start)])
        expect(started.map(({ status, revision }) => [status, revision])).toEqual([
          ["packing", 3],
          ["packing", 3],
        ])
        await service.transition({ ...verb(order), event: "finish_packing" })
        expect(await service.transition(start)).toMatchObject({ status: "packed", revision: 4 })
        await expect(
          service.transition({ ...start, event_id: "whordev_another" })
        ).rejects.toMatchObject({ code: "not_allowed" })
        const { events } = await service.retrieveOrder(verb(order))
        expect(events.filter(({ event }) => event === "start_packing")).toHaveLength(1)
      })

      it("keeps the reason of a rejection and of a cancellation, which are needed", async () => {
        const rejected = await place(await service.createDraft(draft()))
        await expect(service.transition({ ...verb(rejected), event: "reject" })).rejects.toMatchObject({
          status: 400,
          code: "reason_required",
        })
        expect(
          await service.transition({ ...verb(rejected), event: "reject", reason: "Out of range" })
        ).toMatchObject({ status: "rejected", rejection_reason: "Out of range" })

        const cancelled = await place(await service.createDraft(draft()))
        await expect(service.transition({ ...verb(cancelled), event: "cancel", reason: " " })).rejects.toMatchObject({
          code: "reason_required",
        })
        expect(
          await service.transition({ ...verb(cancelled), event: "cancel", reason: "expired", goods_returned: true })
        ).toMatchObject({ status: "cancelled", cancel_reason: "expired", goods_returned: null, cancelled_at: MAY })
      })

      it("needs place and time before a pickup order is ready, and finds them on the order", async () => {
        const open = await packed("pickup")
        const ready = (order: Pick<Order, "id">, pickup?: { place?: string; at?: Date }) =>
          service.transition({ ...verb(order), event: "make_ready_for_pickup", pickup })
        await expect(ready(open)).rejects.toMatchObject({ code: "pickup_appointment_required" })
        await expect(ready(open, { place: "Dock 4" })).rejects.toMatchObject({ code: "pickup_appointment_required" })
        expect(await ready(open, { place: "Dock 4", at: MAY })).toMatchObject({
          status: "ready_for_pickup",
          pickup_place: "Dock 4",
          pickup_at: MAY,
        })

        const arranged = await packed("pickup", { pickup_place: "Dock 1", pickup_at: MAY })
        expect(await ready(arranged, { place: "Dock 2" })).toMatchObject({ pickup_place: "Dock 2", pickup_at: MAY })
        expect(await ready(await packed("in_store"))).toMatchObject({ status: "ready_for_pickup" })
      })

      it("is 404 for another store", async () => {
        const order = await place(await service.createDraft(draft()))
        const foreign = { ...verb(order), store_id: "whstore_b" }
        for (const attempt of [
          () => service.transition({ ...foreign, event: "approve" }),
          () => service.placeOrder({ ...foreign, number_pattern: PATTERN }),
          () => service.retrieveOrder(foreign),
          () => service.retrieveOrder({ ...verb(order), account_id: "whacc_2" }),
          () => service.recordShipment({ ...foreign, event: "ship", shipment_id: "whshp_1" }),
          () => service.requestCancel({ ...foreign, reason: "x" }),
          () => service.refuseCancelRequest({ ...foreign, reason: "x" }),
          () => service.applyReceipt({ ...foreign, receipt_id: "whrec_1", lines: [] }),
          () => service.createDraft(draft({ id: order.id, store_id: "whstore_b" })),
          () =>
            service.beginOperation({ store_id: "whstore_b", order_id: order.id, verb: "approve", payload: {} }),
        ]) {
          await expect(attempt()).rejects.toMatchObject({ status: 404, code: "not_found" })
        }
        expect((await service.retrieveOrder(verb(order))).status).toBe("pending")
      })

      it("rolls back with the transaction it was given", async () => {
        const order = await place(await service.createDraft(draft()))
        await expect(
          MikroOrmWrapper.forkManager().transactional(async (transactionManager) => {
            await service.transition({ ...verb(order), event: "approve" }, { transactionManager })
            throw new Error("later step failed")
          })
        ).rejects.toThrow("later step failed")
        expect(await service.retrieveOrder(verb(order))).toMatchObject({ status: "pending", revision: 1 })
      })
    })

    describe("shipments", () => {
      const ship = (order: Pick<Order, "id">, shipment_id: string, quantities?: Record<string, number>) =>
        service.retrieveOrder(verb(order)).then(({ lines }) =>
          service.recordShipment({
            ...verb(order),
            event: "ship",
            shipment_id,
            carrier: "DHL",
            tracking_numbers: [`T-${shipment_id}`],
            lines:
              quantities &&
              Object.entries(quantities).map(([sku, quantity]) => ({
                line_id: lines.find((one) => one.sku === sku)?.id ?? "",
                quantity,
              })),
          })
        )

      it("keep the order packed until the last unit has gone", async () => {
        const order = await packed("shipping", {}, "shipment")
        const first = await ship(order, "whshp_1", { CUP: 5, PLATE: 3 })
        expect(first.order).toMatchObject({ status: "packed", invoice_parts_due: [1], revision: order.revision + 1 })
        expect(first.shipment).toMatchObject({ sequence: 1, carrier: "DHL", tracking_numbers: ["T-whshp_1"] })
        await expect(service.transition({ ...verb(order), event: "deliver" })).rejects.toMatchObject({ code: "not_allowed" })

        // 12 − 5 = 7 cups are left
        await expect(ship(order, "whshp_2", { CUP: 8 })).rejects.toMatchObject({
          code: "more_than_left",
          details: { lines: [{ sku: "CUP", asked: 8, left: 7 }] },
        })
        const last = await ship(order, "whshp_3")
        expect(last.order).toMatchObject({ status: "shipped", invoice_parts_due: [1, 2] })
        expect(last.shipment.lines).toEqual([{ line_id: order.lines[0].id, quantity: 7 }])

        await service.transition({ ...verb(order), event: "deliver" })
        const delivered = await service.retrieveOrder(verb(order))
        expect(delivered).toMatchObject({ status: "delivered", completed_at: MAY })
        expect(delivered.shipments.map(({ delivered_at }) => delivered_at)).toEqual([MAY, MAY])
        expect(delivered.lines.map(({ shipped_quantity }) => shipped_quantity)).toEqual([12, 3])
      })

      it("of the same id happen once, also at once", async () => {
        const order = await packed()
        const made = await Promise.all([1, 2, 3].map(() => ship(order, "whshp_1", { CUP: 5 })))
        expect(new Set(made.map(({ shipment }) => shipment.sequence))).toEqual(new Set([1]))
        expect((await service.retrieveOrder(verb(order))).lines[0].shipped_quantity).toBe(5)
      })

      it("never ship a unit twice when two leave at once", async () => {
        const order = await packed()
        // 8 + 8 = 16 of 12
        const outcomes = await Promise.all(["whshp_1", "whshp_2"].map((id) => outcome(ship(order, id, { CUP: 8 }))))
        expect(outcomes.sort()).toEqual(["done", "more_than_left"])
      })

      it("of a local delivery are dispatched", async () => {
        const order = await packed("local_delivery")
        const { order: gone } = await service.recordShipment({ ...verb(order), event: "dispatch", shipment_id: "whshp_1" })
        expect(gone.status).toBe("out_for_delivery")
        await expect(ship(order, "whshp_2")).rejects.toMatchObject({ code: "not_allowed" })
      })

      it("of a pickup order are its handing over, whole and delivered", async () => {
        const order = await packed("pickup", { pickup_place: "Dock 1", pickup_at: MAY })
        await expect(ship(order, "whshp_1")).rejects.toMatchObject({
          code: "not_allowed",
          details: { allowed_events: ["make_ready_for_pickup", "cancel"] },
        })
        await service.transition({ ...verb(order), event: "make_ready_for_pickup" })
        const { order: gone, shipment } = await service.recordShipment({
          ...verb(order),
          event: "pick_up",
          shipment_id: "whshp_1",
          lines: [{ line_id: order.lines[0].id, quantity: 1 }],
        })
        expect(gone).toMatchObject({ status: "picked_up", completed_at: MAY, invoice_parts_due: [0] })
        expect(shipment).toMatchObject({ delivered_at: MAY, lines: [{ quantity: 12 }, { quantity: 3 }] })
      })

      it("make a cancellation say whether the goods came back", async () => {
        const order = await packed()
        await ship(order, "whshp_1", { CUP: 1 })
        const cancel = (goods_returned?: boolean) =>
          service.transition({ ...verb(order), event: "cancel", reason: "Refused at the door", goods_returned })
        await expect(cancel()).rejects.toMatchObject({
          code: "goods_returned_required",
          details: { shipped_quantity: 1 },
        })
        expect(await cancel(false)).toMatchObject({ status: "cancelled", goods_returned: false })
        await expect(cancel(true)).rejects.toMatchObject({ code: "not_allowed", details: { allowed_events: [] } })
      })
    })

    describe("an operation", () => {
      const begin = (order: Pick<Order, "id">, verbOf: OrderEvent | "refuse_cancel_request", id?: string) =>
        service.beginOperation({ id, store_id: STORE, order_id: order.id, verb: verbOf, payload: { reason: "why" } })
      const refusal = { code: "credit_limit_exceeded", message: "Too much.", limit: "5000.00" }

      it("holds the order: of two at once one begins, and no verb passes by", async () => {
        const order = await place(await service.createDraft(draft()))
        const outcomes = await Promise.all([outcome(begin(order, "approve")), outcome(begin(order, "cancel"))])
        expect(outcomes.sort()).toEqual(["done", "operation_in_progress"])
        await expect(service.transition({ ...verb(order), event: "approve" })).rejects.toMatchObject({
          code: "operation_in_progress",
        })
      })

      it("does not begin where the state forbids the verb", async () => {
        const order = await service.createDraft(draft())
        await expect(begin(order, "approve")).rejects.toMatchObject({
          code: "not_allowed",
          details: { allowed_events: ["place", "cancel"] },
        })
        expect(await rows(`select 1 from wholesale_order_operation`)).toEqual([])
      })

      it("is closed by its last step, which done again changes nothing", async () => {
        const order = await place(await service.createDraft(draft()))
        const operation = await begin(order, "approve", "whordop_1")
        const approve = () => service.transition({ ...verb(order), event: "approve", operation_id: operation.id })
        const [first, second] = [await approve(), await approve()]

        expect(second).toEqual(first)
        expect(await begin(order, "approve", "whordop_1")).toMatchObject({ id: "whordop_1", status: "done" })
        await service.transition({ ...verb(order), event: "start_packing" })
      })

      it("that is undone cannot be finished, and frees the order once it is refused", async () => {
        const order = await place(await service.createDraft(draft()))
        const { id } = await begin(order, "approve")
        const key = { id, store_id: STORE }
        await service.undoOperation({ ...key, refusal })

        await expect(
          service.transition({ ...verb(order), event: "approve", operation_id: id })
        ).rejects.toMatchObject({ code: "operation_closed", details: { status: "undoing" } })
        await expect(begin(order, "approve")).rejects.toMatchObject({ code: "operation_in_progress" })

        await service.refuseOperation(key)
        await service.refuseOperation(key)
        expect(await rows(`select status, refusal from wholesale_order_operation`)).toEqual([
          { status: "refused", refusal },
        ])
        await begin(order, "approve")
      })

      it("that is done cannot be refused", async () => {
        const order = await place(await service.createDraft(draft()))
        const { id } = await begin(order, "approve")
        const key = { id, store_id: STORE }
        await service.transition({ ...verb(order), event: "approve", operation_id: id })
        await expect(service.refuseOperation({ ...key, refusal })).rejects.toMatchObject({ code: "operation_closed" })
        await expect(service.undoOperation({ ...key, refusal })).rejects.toMatchObject({ code: "operation_closed" })
      })

      it("of a process that died is taken over once its lease ran out, by one of two sweepers", async () => {
        const orders = await Promise.all([1, 2, 3].map(async () => place(await service.createDraft(draft()))))
        const open = await Promise.all(orders.map((order) => begin(order, "approve")))
        expect(await service.takeOverOperations()).toEqual([])

        await rows(`update wholesale_order_operation set lease_until = now() - interval '1 second'`)
        const taken = await Promise.all([1, 2].map(() => service.takeOverOperations({ limit: 2 })))
        expect(taken.flat().map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort())
        expect(await service.takeOverOperations()).toEqual([])
        expect(taken.flat()[0]).toMatchObject({ verb: "approve", status: "running", payload: { reason: "why" } })
      })
    })

    describe("the partner's word", () => {
      it("asks to cancel once, is answered, and may ask again", async () => {
        const order = await place(await service.createDraft(draft()))
        const ask = () => service.requestCancel({ ...verb(order), reason: "Ordered twice" })
        expect(await ask()).toMatchObject({ cancel_requested_at: MAY, cancel_request_reason: "Ordered twice", revision: 2 })
        expect((await ask()).revision).toBe(2)
        expect((await service.orderCounts(STORE, ["pending"]))).toEqual({ by_status: { pending: 1 }, cancel_requests: 1 })

        const refuse = () => service.refuseCancelRequest({ ...verb(order), reason: "Packed already" })
        expect(await refuse()).toMatchObject({ cancel_requested_at: null, cancel_request_reason: null, revision: 3 })
        await expect(refuse()).rejects.toMatchObject({ code: "no_cancel_request" })
        expect((await ask()).revision).toBe(4)

        await service.transition({ ...verb(order), event: "cancel", reason: "As asked" })
        expect((await service.orderCounts(STORE, ["pending"]))).toEqual({ by_status: {}, cancel_requests: 0 })
        await expect(ask()).rejects.toMatchObject({ code: "not_allowed" })
      })

      it("tells what was short or damaged, once a receipt", async () => {
        const order = await packed()
        const receive = (receipt_id: string, lines: { purchase_order_line_id: string; short_quantity: number; damaged_quantity: number }[]) =>
          service.applyReceipt({ ...verb(order), receipt_id, lines })
        const first = [
          { purchase_order_line_id: "pol_CUP", short_quantity: 2, damaged_quantity: 1 },
          { purchase_order_line_id: "pol_PLATE", short_quantity: 0, damaged_quantity: 0 },
        ]
        await Promise.all([receive("whrec_1", first), receive("whrec_1", first)])
        await receive("whrec_2", [{ purchase_order_line_id: "pol_CUP", short_quantity: 1, damaged_quantity: 0 }])

        // 2 + 1 short, 1 damaged; two receipts raise the revision twice
        const after = await service.retrieveOrder(verb(order))
        expect(after.lines.map(({ short_quantity, damaged_quantity }) => [short_quantity, damaged_quantity])).toEqual([
          [3, 1],
          [0, 0],
        ])
        expect(after.revision).toBe(order.revision + 2)
        await expect(
          receive("whrec_3", [{ purchase_order_line_id: "pol_NONE", short_quantity: 1, damaged_quantity: 0 }])
        ).rejects.toMatchObject({ code: "unknown_order_line" })
      })

      it("is answered with a revision for every change of the answer", async () => {
        const answer = (changes: Partial<Parameters<typeof service.answerPurchaseOrder>[0]>) =>
          service.answerPurchaseOrder({
            store_id: STORE,
            connection_id: "whcon_1",
            purchase_order_id: "whpo_1",
            answer: "accepted",
            order_id: "whord_1",
            ...changes,
          })
        const refusal = { code: "packed", message: "Packed already." }
        expect(await answer({})).toMatchObject({ revision: 1, answer: "accepted", refusal: null })
        expect(await answer({})).toMatchObject({ revision: 1 })
        expect(await answer({ answer: "cancel_refused", refusal, order_id: undefined })).toMatchObject({
          revision: 2,
          order_id: "whord_1",
          refusal,
        })
        await expect(answer({ store_id: "whstore_b" })).rejects.toMatchObject({ code: "not_found" })
        expect(
          await service.orderResponse({ connection_id: "whcon_1", purchase_order_id: "whpo_1" })
        ).toMatchObject({ answer: "cancel_refused", revision: 2 })
      })
    })

    describe("what is left to do", () => {
      it("is announcing what partners may not have yet", async () => {
        const order = await place(await service.createDraft(draft()))
        await place(await service.createDraft(draft({ connection_id: null, source: "manual" })))
        await service.createDraft(draft())
        await service.answerPurchaseOrder({ store_id: STORE, connection_id: "whcon_1", purchase_order_id: "whpo_1", answer: "accepted" })

        const behind = (type: "order" | "order_response", after?: string) =>
          service.documentsToAnnounce({ type, limit: 10, after })
        expect(await behind("order")).toMatchObject([{ id: order.id, connection_id: "whcon_1", revision: 1 }])
        expect(await behind("order", order.id)).toEqual([])
        const [response] = await behind("order_response")
        expect(response).toMatchObject({ connection_id: "whcon_1", revision: 1 })
        await service.transition({ ...verb(order), event: "approve" })
        await service.markAnnounced({ type: "order", id: order.id, revision: 1 })
        await service.markAnnounced({ type: "order_response", ...response })
        expect(await behind("order")).toMatchObject([{ revision: 2 }])
        expect(await behind("order_response")).toEqual([])
        await service.markAnnounced({ type: "order", id: order.id, revision: 2 })
        await service.markAnnounced({ type: "order", id: order.id, revision: 1 })
        expect(await behind("order")).toEqual([])
      })

      it("is invoicing the parts that came due", async () => {
        const order = await packed("shipping", {}, "shipment")
        const parcel = { ...verb(order), event: "ship" as const }
        const [{ id: line_id }] = order.lines
        await service.recordShipment({ ...parcel, shipment_id: "whshp_1", lines: [{ line_id, quantity: 5 }] })
        await service.recordShipment({ ...parcel, shipment_id: "whshp_2" })
        expect(await service.ordersToInvoice({ limit: 10 })).toEqual([
          { id: order.id, store_id: STORE, invoice_parts_due: [1, 2] },
        ])
        await service.settleInvoicePart({ ...verb(order), part: 1 })
        await service.settleInvoicePart({ ...verb(order), part: 1 })
        expect(await service.ordersToInvoice({ limit: 10 })).toMatchObject([{ invoice_parts_due: [2] }])
        await service.settleInvoicePart({ ...verb(order), part: 2 })
        expect(await service.ordersToInvoice({ limit: 10 })).toEqual([])
      })
    })

    describe("the notice that goods wait", () => {
      const ready = async () => {
        const order = await packed("pickup", { pickup_place: "Gate 4", pickup_at: MAY })
        return await service.transition({ ...verb(order), event: "make_ready_for_pickup" })
      }
      const dueNow = () =>
        rows(`update wholesale_order set pickup_notice_due_at = now() where pickup_notice_due_at is not null`)
      const secondsToWait = async () => {
        const [{ seconds }] = await rows<{ seconds: number }>(
          `select round(extract(epoch from pickup_notice_due_at - now()))::int as seconds from wholesale_order`
        )
        return seconds
      }

      it("is taken over after a minute, by one of two sweepers, until it is settled", async () => {
        const orders = await Promise.all([1, 2, 3].map(ready))
        expect(await service.takeOverPickupNotices()).toEqual([])

        await dueNow()
        const taken = (await Promise.all([1, 2].map(() => service.takeOverPickupNotices({ limit: 2 })))).flat()
        expect(taken.map(({ id }) => id).sort()).toEqual(orders.map(({ id }) => id).sort())
        expect(taken[0]).toMatchObject({ number: expect.any(String), pickup_place: "Gate 4", pickup_notice_attempts: 1 })
        expect(await service.takeOverPickupNotices()).toEqual([])

        await service.settlePickupNotice({ id: orders[0].id, store_id: "whstore_b" })
        await service.settlePickupNotice(verb(orders[1]))
        await dueNow()
        const left = await service.takeOverPickupNotices()
        expect(left.map(({ id }) => id).sort()).toEqual([orders[0].id, orders[2].id].sort())
      })

      it("is taken first by one of two, and then not again but by the sweeper", async () => {
        const order = await ready()
        const taken = await Promise.all([1, 2].map(() => service.takeFirstPickupNotice(order)))
        expect(taken.filter(Boolean)).toMatchObject([{ id: order.id, pickup_notice_attempts: 1 }])
        expect(await service.takeFirstPickupNotice(order)).toBeUndefined()

        await dueNow()
        expect(await service.takeOverPickupNotices()).toMatchObject([{ id: order.id, pickup_notice_attempts: 2 }])
        expect(await service.takeFirstPickupNotice(await ready())).toMatchObject({ pickup_notice_attempts: 1 })
        const picked = await ready()
        await service.recordShipment({ ...verb(picked), event: "pick_up", shipment_id: "whshp_1" })
        expect(await service.takeFirstPickupNotice(picked)).toBeUndefined()
      })

      it("is taken over at once from a process that is known to have died", async () => {
        await ready()
        expect(await service.takeOverPickupNotices({ before: new Date(Date.now() - 10_000) })).toEqual([])
        expect(await service.takeOverPickupNotices({ before: new Date(Date.now() + 1_000) })).toHaveLength(1)
      })

      it("is put off twice as long each time, a day at most", async () => {
        await ready()
        const waits: number[] = []
        for (let attempt = 1; attempt <= 30; attempt++) {
          await dueNow()
          await service.takeOverPickupNotices()
          waits.push(await secondsToWait())
        }
        const expected = waits.map((_, index) => Math.min(60 * 2 ** index, 86_400))
        waits.forEach((seconds, index) => {
          expect(Math.abs(seconds - expected[index])).toBeLessThanOrEqual(5)
        })
      })
    })

    describe("a list", () => {
      it("filters by status, account, date and part of a number, and stays within the store", async () => {
        const june = new Date("2026-06-01T00:00:00Z")
        const first = await place(await service.createDraft(draft({ purchase_order_number: "PO-77%" })))
        const second = await service.createDraft(draft({ account_id: "whacc_2" }))
        await service.placeOrder({ ...verb(second), number_pattern: PATTERN, at: june })
        await service.createDraft(draft({ store_id: "whstore_b" }))

        const idsOf = async (page: Parameters<typeof service.listOrders>[1]) =>
          (await service.listOrders(STORE, page)).orders.map(({ id }) => id)
        expect(await idsOf({})).toEqual([second.id, first.id])
        expect(await idsOf({ order: "number" })).toEqual([first.id, second.id])
        expect(await idsOf({ limit: 1, offset: 1 })).toEqual([first.id])
        expect(await idsOf({ status: ["draft", "pending"], account_id: "whacc_2" })).toEqual([second.id])
        expect(await idsOf({ status: [] })).toEqual([])
        expect(await idsOf({ from: june })).toEqual([second.id])
        expect(await idsOf({ to: june })).toEqual([first.id])
        expect(await idsOf({ q: "b2b-2026-000002" })).toEqual([second.id])
        expect(await idsOf({ q: "77%" })).toEqual([first.id])
        expect(await idsOf({ q: "%" })).toEqual([first.id])
        expect(await service.listOrders(STORE, { status: "pending", limit: 1 })).toMatchObject({
          count: 2,
          count_is_estimate: false,
        })
        await expect(service.listOrders(STORE, { order: "ship_to" })).rejects.toMatchObject({ code: "invalid_order" })
      })

      it("of 30,000 orders reads a page through an index and estimates the count", async () => {
        await rows(
          `insert into wholesale_order (id, store_id, account_id, source, fulfilment_method, status, currency_code,
             subtotal, tax_total, total, raw_subtotal, raw_tax_total, raw_total, tax_summary, ship_to, bill_to,
             terms, line_count, invoice_parts_due, created_at, placed_at)
           select 'whord_' || n, ?, 'whacc_' || n % 100, 'manual', 'shipping', 'delivered', 'gbp',
             1, 0, 1, '{"value":"1"}', '{"value":"0"}', '{"value":"1"}', '[]', '{}', '{}',
             '{"type":"net","days":30,"discount":null}', 1, '[]', now() - n * interval '1 minute', now() - n * interval '1 minute'
           from generate_series(1, 30000) n`,
          [STORE]
        )
        await rows(`analyze wholesale_order`)

        const page = await service.listOrders(STORE, { limit: 20 })
        expect(page.orders[0].id).toBe("whord_1")
        expect(page.count_is_estimate).toBe(true)
        expect(page.count).toBeGreaterThan(25_000)
        expect(await service.listOrders(STORE, { account_id: "whacc_7", limit: 1 })).toMatchObject({
          count: 300,
          count_is_estimate: false,
        })

        const plans = await Promise.all(
          ["", "and status = 'delivered'", "and account_id = 'whacc_7'"].map(async (filter) =>
            JSON.stringify(
              await rows(
                `explain select id from wholesale_order where store_id = ? ${filter} and deleted_at is null
                 order by created_at desc, id desc limit 20`,
                [STORE]
              )
            )
          )
        )
        for (const plan of plans) {
          expect(plan).toContain("IDX_wholesale_order_store_id")
          expect(plan).not.toContain("Seq Scan")
        }
      })
    })
  },
})
