import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { InvoiceConsolidation, InvoiceOn } from "../domain/invoice-due"
import { WHOLESALE_ORDER, type WholesaleOrderModuleService } from "../index"
import type { CreateDraftInput } from "../persistence/drafts"
import { type ClaimInput, periodRun } from "../persistence/invoice-batches"
import type { Order } from "../persistence/rows"
import { ANNA, draft, MAY, PATTERN, STORE } from "./order-fixtures"

jest.setTimeout(60_000)

moduleTestRunner<WholesaleOrderModuleService>({
  moduleName: WHOLESALE_ORDER,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    const verb = (order: Pick<Order, "id">, at = MAY) => ({ id: order.id, store_id: STORE, actor: ANNA, at })
    const waitingOf = async (order: Pick<Order, "id">) =>
      (await service.retrieveOrder(verb(order))).invoice_parts_waiting
    let purchaseOrders = 0
    /** An order that is packed, and waits with its parts for an invoice with others. */
    const packed = async (
      changes: Partial<CreateDraftInput> = {},
      invoice_on: InvoiceOn = "shipment",
      invoice_consolidation: InvoiceConsolidation = "weekly"
    ) => {
      purchaseOrders += 1
      const order = await service.createDraft(draft({ purchase_order_id: `whpo_${purchaseOrders}`, ...changes }))
      await service.placeOrder({ ...verb(order), number_pattern: PATTERN })
      for (const event of ["approve", "start_packing", "finish_packing"] as const) {
        await service.transition({ ...verb(order), event, invoice_on, invoice_consolidation })
      }
      return await service.retrieveOrder(verb(order))
    }
    const shipped = async (changes?: Partial<CreateDraftInput>, at = MAY) => {
      const order = await packed(changes)
      await service.recordShipment({ ...verb(order, at), event: "ship", shipment_id: `whshp_${order.id}` })
      return order
    }
    const claim = (input: Partial<ClaimInput> = {}) =>
      service.claimInvoiceParts({ store_id: STORE, run_id: "run_1", account_id: "whacc_1", actor: ANNA, ...input })
    const refusalOf = (promise: Promise<unknown>) =>
      promise.then(
        () => undefined,
        (error: { code: string; details: object }) => error
      )

    describe("parts of orders that are invoiced with others", () => {
      it("wait instead of being due, by shipment or as a whole, and are called off with their order", async () => {
        const order = await packed()
        const [{ id: line_id }] = order.lines
        const parcel = { ...verb(order), event: "ship" as const }
        await service.recordShipment({ ...parcel, shipment_id: "whshp_1", lines: [{ line_id, quantity: 5 }] })
        await service.recordShipment({ ...parcel, shipment_id: "whshp_2" })
        expect(await service.retrieveOrder(verb(order))).toMatchObject({
          invoice_consolidation: "weekly",
          invoice_parts_due: [],
          invoice_parts_waiting: [1, 2],
        })
        expect(await service.waitingParts({ store_id: STORE })).toMatchObject([
          { order_id: order.id, part: 1, order_number: order.number, account_id: "whacc_1", supplied_at: MAY },
          { order_id: order.id, part: 2 },
        ])
        expect(await service.waitingParts({ store_id: "whstore_b" })).toEqual([])
        await service.transition({ ...verb(order), event: "cancel", reason: "Lost", goods_returned: false })
        expect(await waitingOf(order)).toEqual([])

        const whole = await packed({}, "completion", "manual")
        await service.recordShipment({ ...verb(whole), event: "ship", shipment_id: "whshp_3" })
        expect(await waitingOf(whole)).toEqual([])
        await service.transition({ ...verb(whole), event: "deliver" })
        expect(await waitingOf(whole)).toEqual([0])
      })

      it("are taken off what waits by who claims them, each once, also by two at once", async () => {
        const [one, two, other] = [await shipped(), await shipped(), await shipped({ currency_code: "eur" })]
        const runs = await Promise.all(["run_1", "run_2", "run_1", "run_2"].map((run_id) => claim({ run_id })))
        const taken = new Map(runs.flat().map((batch) => [batch.id, batch.parts]))
        expect([...taken.values()].flat().map(({ order_id }) => order_id).sort()).toEqual(
          [one, two, other].map(({ id }) => id).sort()
        )
        // One of the runs took all: an invoice in pounds, one in euro.
        expect([...taken.values()].map(({ length }) => length).sort()).toEqual([1, 2])
        expect(runs[0]).toEqual(runs[2])
        expect(await service.waitingParts({ store_id: STORE })).toEqual([])
      })

      it("are claimed by a run once, whatever waits when it comes again", async () => {
        await shipped()
        const first = await claim()
        await shipped()
        expect(await claim()).toEqual(first)
        expect(await claim({ run_id: "run_2" })).toHaveLength(1)
      })

      it("are claimed by the day on which the goods went", async () => {
        const june = await shipped({}, new Date("2026-06-01T00:00:00Z"))
        const may = await shipped({}, new Date("2026-05-31T23:59:59Z"))
        const until = new Date("2026-06-01T00:00:00Z")
        const weekly = { consolidation: "weekly" as const, until }
        expect(await service.accountsToInvoice({ ...weekly, limit: 10 })).toEqual([
          { id: "whacc_1", store_id: STORE },
        ])
        expect(await service.accountsToInvoice({ consolidation: "monthly", until, limit: 10 })).toEqual([])
        const run_id = periodRun("whacc_1", weekly)
        const [batch] = await claim({ run_id, before: until, consolidation: "weekly" })
        expect(batch.parts).toEqual([{ order_id: may.id, part: 1 }])
        expect(await waitingOf(june)).toEqual([1])

        // What turns up of the week later waits for the next one's invoice.
        await shipped({}, new Date("2026-05-30T10:00:00Z"))
        expect(await service.accountsToInvoice({ ...weekly, limit: 10 })).toEqual([])
        const next = new Date("2026-06-08T00:00:00Z")
        expect(await service.accountsToInvoice({ consolidation: "weekly", until: next, limit: 10 })).toHaveLength(1)
      })

      it("are refused where they are named and do not wait, fit or belong, each with the order and its state", async () => {
        const [one, euro] = [await shipped(), await shipped({ currency_code: "eur" })]
        const foreign = await shipped({ account_id: "whacc_2" })
        const early = await packed()
        const named = (...orders: readonly Pick<Order, "id">[]) => claim({ order_ids: orders.map(({ id }) => id) })
        expect(await refusalOf(named(one, euro))).toMatchObject({
          code: "orders_do_not_fit",
          details: { order_id: euro.id, differs_in: "currency_code" },
        })
        expect(await refusalOf(named(one, foreign))).toMatchObject({
          code: "order_of_another_account",
          details: { order_id: foreign.id, account_id: "whacc_2" },
        })
        expect(await refusalOf(named(one, early))).toMatchObject({
          code: "nothing_to_invoice",
          details: { order_id: early.id, number: early.number, status: "packed" },
        })
        expect(await refusalOf(named({ id: "nobody" }))).toMatchObject({ code: "not_found" })
        // Nothing of it has happened.
        expect(await waitingOf(one)).toEqual([1])
        expect(await named(one)).toMatchObject([{ parts: [{ order_id: one.id, part: 1 }], done_at: null }])
      })

      it("stay out while their order is being cancelled", async () => {
        const [going, staying] = [await shipped(), await shipped()]
        await service.beginOperation({ store_id: STORE, order_id: going.id, verb: "cancel", payload: {} })
        expect(await refusalOf(claim({ order_ids: [going.id] }))).toMatchObject({ code: "operation_in_progress" })
        expect(await claim()).toMatchObject([{ parts: [{ order_id: staying.id }] }])
      })

      it("are found in open batches, by their order too, until the batch is closed", async () => {
        const [order, other] = [await shipped(), await shipped({ currency_code: "eur" })]
        const batches = await claim()
        const open = async (order_id?: string) =>
          (await service.openInvoiceBatches({ limit: 10, order_id })).map(({ id }) => id)
        expect((await open()).sort()).toEqual(batches.map(({ id }) => id).sort())
        const [own] = await open(order.id)
        expect(batches.find(({ id }) => id === own)?.parts).toEqual([{ order_id: order.id, part: 1 }])
        await service.closeInvoiceBatch({ id: own, store_id: STORE })
        await service.closeInvoiceBatch({ id: own, store_id: STORE })
        expect(await open(order.id)).toEqual([])
        expect(await open(other.id)).toHaveLength(1)
      })

      it("wait again where their invoice is void, once, and not on a cancelled order", async () => {
        const order = await shipped()
        await claim()
        const part = { ...verb(order), part: 1, key: "whinvo_1" }
        await Promise.all([service.returnInvoicePart(part), service.returnInvoicePart(part)])
        expect(await waitingOf(order)).toEqual([1])
        // It stands on the next invoice when somebody comes late with the first; that one's own return counts again.
        await claim({ run_id: "run_2" })
        await service.returnInvoicePart(part)
        expect(await waitingOf(order)).toEqual([])
        await service.returnInvoicePart({ ...part, key: "whinvo_2" })
        expect(await waitingOf(order)).toEqual([1])
        await service.transition({ ...verb(order), event: "cancel", reason: "Lost", goods_returned: false })
        await service.returnInvoicePart({ ...part, key: "whinvo_3" })
        expect(await waitingOf(order)).toEqual([])
      })
    })
  },
})
