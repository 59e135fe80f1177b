import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { WHOLESALE_PURCHASE, WholesalePurchaseModuleService } from "../index"
import type { LineInput } from "../domain/purchase-order-lines"
import type { DraftInput } from "../persistence/drafts"
import { Migration20261130082442 } from "../migrations/Migration20261130082442"
import { Migration20261130120506 } from "../migrations/Migration20261130120506"
import type { OrderInput, OrderResponseInput } from "../persistence/partner-documents"
import type { SupplierOrder } from "../persistence/supplier-orders"
import { TOLD } from "./supplier-order-told"

jest.setTimeout(60_000)

const STORE = "whstore_retail"
const OTHER = "whstore_other"
const CONNECTION = "whcon_1"
const PATTERN = "PO-{YYYY}-{SEQ:6}"
const BUYER: Actor = { actor_type: "user", actor_id: "user_1" }
const PARTNER: Actor = { actor_type: "partner", actor_id: CONNECTION }

const TOLD_COLUMNS: (keyof SupplierOrder | "raw_total")[] = [
  "order_id", "parent_id", "children", "number", "status", "on_hold", "raw_total", "subtotal", "charge_total", "tax_total", "total",
  "lines", "tracking", "summary", "incarnation", "revision",
]

const line = (sku: string, quantity: number, unit_price: string): LineInput => ({
  supplier_sku: sku,
  title: `Title of ${sku}`,
  quantity,
  unit_price,
})

moduleTestRunner<WholesalePurchaseModuleService>({
  moduleName: WHOLESALE_PURCHASE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const draft = async (changes: Partial<DraftInput> = {}) => {
      const { id } = await service.createDraft({
        store_id: STORE,
        connection_id: CONNECTION,
        currency_code: "EUR",
        fulfilment_method: "shipping",
        ship_to: { address_1: "1 Quay", country_code: "ie" },
        lines: [line("CUP-1", 12, "100.00")],
        actor: BUYER,
        ...changes,
      })
      return id
    }
    const place = (id: string, store_id = STORE) =>
      service.place({ store_id, id, number_pattern: PATTERN, actor: BUYER, at: new Date("2026-03-01T12:00:00Z") })
    const placed = async () => {
      const id = await draft()
      await place(id)
      return id
    }
    const read = (id: string) => service.purchaseOrder(STORE, id)
    const history = async (id: string) => {
      const events = await service.listWholesalePurchaseOrderEvents(
        { purchase_order_id: id },
        { order: { at: "ASC", id: "ASC" } }
      )
      return events.map((event) => `${event.event}: ${event.from} > ${event.to}`)
    }
    const respond = (id: string, changes: Partial<OrderResponseInput> = {}) =>
      service.applyOrderResponse({
        store_id: STORE,
        connection_id: CONNECTION,
        purchase_order_id: id,
        revision: 1,
        answer: "accepted",
        response: { answer: "accepted", refusal: null },
        actor: PARTNER,
        ...changes,
      })
    const order = (id: string, revision: number, order_status: string, changes: Partial<OrderInput> = {}) =>
      service.applyOrder({
        store_id: STORE,
        connection_id: CONNECTION,
        purchase_order_id: id,
        revision,
        order_id: "whord_1",
        order_number: "B2B-2026-000001",
        order_status,
        ...TOLD,
        actor: PARTNER,
        ...changes,
      })
    const requestCancel = (id: string) =>
      service.requestCancel({ store_id: STORE, id, reason: "Bought elsewhere", actor: BUYER })

    describe("drafts", () => {
      it("are priced, summed and read back exactly", async () => {
        const id = await draft({ lines: [line("CUP-1", 3, "9.99"), line("CUP-2", 3, "0.335")] })
        // 3 × 9.99 = 29.97; 3 × 0.335 = 1.005 → 1.01; together 30.98
        expect(await read(id)).toMatchObject({
          id,
          number: null,
          status: "draft",
          allowed_actions: ["edit", "delete", "place"],
          currency_code: "eur",
          subtotal: "30.98",
          total: "30.98",
          revision: 0,
          ship_to: { address_1: "1 Quay", country_code: "ie" },
          lines: [
            { line_number: 1, supplier_sku: "CUP-1", unit_price: "9.99", subtotal: "29.97", variant_id: null },
            { line_number: 2, supplier_sku: "CUP-2", unit_price: "0.335", subtotal: "1.01" },
          ],
        })
        const row = await service.retrieveWholesalePurchaseOrder(id, { relations: ["lines", "events"] })
        expect(row.raw_total).toMatchObject({ value: "30.98" })
        expect(row.lines).toHaveLength(2)
        expect(row.events).toMatchObject([{ event: "create", from: null, to: "draft", actor_id: "user_1" }])
      })

      it("are made once under a given id, also by two at once", async () => {
        const results = await Promise.all(
          [1, 2].map(() =>
            service.createDraft({
              id: "whpo_fixed",
              store_id: STORE,
              connection_id: CONNECTION,
              currency_code: "eur",
              fulfilment_method: "pickup",
              ship_to: {},
              lines: [line("CUP-1", 1, "1")],
              actor: BUYER,
            })
          )
        )
        expect(results.map((result) => result.created).sort()).toEqual([false, true])
        expect((await read("whpo_fixed")).lines).toHaveLength(1)
        await expect(draft({ id: "whpo_fixed", store_id: OTHER })).rejects.toMatchObject({ status: 404 })
      })

      it("take 1,000 lines in one go, and replace them by others", async () => {
        const lines = (sku: string) => Array.from({ length: 1_000 }, (_, index) => line(`${sku}-${index}`, 2, "1.25"))
        const id = await draft({ lines: lines("A") })
        // 1,000 × 2 × 1.25 = 2,500.00
        expect(await read(id)).toMatchObject({ subtotal: "2500.00" })

        await service.updateDraft({
          store_id: STORE,
          id,
          changes: { note: `Ring "twice"?`, fulfilment_method: "pickup", pickup_at: "2026-04-01T09:00:00Z" },
          lines: [...lines("B"), line("C", 1, "0.01")],
          actor: BUYER,
        })
        const changed = await read(id)
        expect(changed).toMatchObject({
          note: `Ring "twice"?`,
          fulfilment_method: "pickup",
          pickup_at: new Date("2026-04-01T09:00:00Z"),
          subtotal: "2500.01",
          total: "2500.01",
        })
        expect(changed.lines).toHaveLength(1_001)
        expect(changed.lines[1_000]).toMatchObject({ line_number: 1_001, supplier_sku: "C" })
      })

      it("keep what a change does not name", async () => {
        const id = await draft({ note: "Ring", location_id: "sloc_1" })
        await service.updateDraft({ store_id: STORE, id, changes: { note: null }, actor: BUYER })
        expect(await read(id)).toMatchObject({ note: null, location_id: "sloc_1", subtotal: "1200.00" })
        expect((await read(id)).lines).toHaveLength(1)
      })

      it("without lines are refused", async () => {
        await expect(draft({ lines: [] })).rejects.toMatchObject({ code: "purchase_order_empty" })
        const id = await draft()
        await expect(service.updateDraft({ store_id: STORE, id, lines: [], actor: BUYER })).rejects.toMatchObject({
          code: "purchase_order_empty",
        })
        expect((await read(id)).lines).toHaveLength(1)
      })

      it("may be deleted, and nothing of them stays", async () => {
        const id = await draft()
        await service.deleteDraft({ store_id: STORE, id })
        await expect(read(id)).rejects.toMatchObject({ status: 404 })
        expect(await service.listWholesalePurchaseOrderLines({ purchase_order_id: id })).toEqual([])
        expect(await service.listWholesalePurchaseOrderEvents({ purchase_order_id: id })).toEqual([])
      })

      it("once placed can be neither edited nor deleted", async () => {
        const id = await placed()
        const refusal = { status: 409, code: "not_allowed", details: { status: "placed" } }
        await expect(service.deleteDraft({ store_id: STORE, id })).rejects.toMatchObject(refusal)
        await expect(
          service.updateDraft({ store_id: STORE, id, changes: { note: "Late" }, actor: BUYER })
        ).rejects.toMatchObject(refusal)
        expect(await read(id)).toMatchObject({ note: null, status: "placed" })
      })

      it("of another store are not found by any verb", async () => {
        const id = await draft()
        const theirs = { store_id: OTHER, id }
        const missing = { status: 404, code: "not_found" }
        await expect(service.purchaseOrder(OTHER, id)).rejects.toMatchObject(missing)
        await expect(service.updateDraft({ ...theirs, actor: BUYER })).rejects.toMatchObject(missing)
        await expect(service.deleteDraft(theirs)).rejects.toMatchObject(missing)
        await expect(place(id, OTHER)).rejects.toMatchObject(missing)
        await expect(service.requestCancel({ ...theirs, reason: "x", actor: BUYER })).rejects.toMatchObject(missing)
        await expect(service.close({ ...theirs, actor: BUYER })).rejects.toMatchObject(missing)
        expect(await read(id)).toMatchObject({ status: "draft", number: null })
      })
    })

    describe("placing", () => {
      it("gives the number and raises the revision with the status", async () => {
        const id = await draft()
        expect(await place(id)).toEqual({
          id,
          number: "PO-2026-000001",
          status: "placed",
          revision: 1,
          placed_now: true,
        })
        expect(await read(id)).toMatchObject({ placed_at: new Date("2026-03-01T12:00:00Z"), announced_revision: 0 })
        expect(await history(id)).toEqual(["create: null > draft", "place: draft > placed"])
      })

      it("numbers 50 orders placed at once without gap or double", async () => {
        const ids = await Promise.all(Array.from({ length: 50 }, () => draft()))
        const results = await Promise.all(ids.map((id) => place(id)))
        const expected = Array.from({ length: 50 }, (_, index) => `PO-2026-${String(index + 1).padStart(6, "0")}`)
        expect(results.map((result) => result.number).sort()).toEqual(expected)
      })

      it("of one order ten times at once gives one number", async () => {
        const id = await draft()
        const results = await Promise.all(Array.from({ length: 10 }, () => place(id)))
        expect(results.filter((result) => result.placed_now)).toHaveLength(1)
        expect(new Set(results.map((result) => result.number))).toEqual(new Set(["PO-2026-000001"]))
        expect((await place(await draft())).number).toBe("PO-2026-000002")
        expect(await history(id)).toHaveLength(2)
      })

      it("uses up no number when its transaction does not commit", async () => {
        const id = await draft()
        const em = MikroOrmWrapper.forkManager()
        await expect(
          em.transactional(async (transactionManager) => {
            const result = await service.place(
              { store_id: STORE, id, number_pattern: PATTERN, actor: BUYER, at: new Date("2026-03-01T12:00:00Z") },
              { transactionManager }
            )
            expect(result.number).toBe("PO-2026-000001")
            throw new Error("the rest fails")
          })
        ).rejects.toThrow("the rest fails")
        expect(await read(id)).toMatchObject({ status: "draft", number: null, revision: 0 })
        expect((await place(id)).number).toBe("PO-2026-000001")
      })

      it("counts by store and by year", async () => {
        const at = (year: number) => new Date(Date.UTC(year, 0, 1))
        const numbers = []
        for (const [store_id, year] of [[STORE, 2026], [STORE, 2027], [OTHER, 2026], [STORE, 2026]] as const) {
          const id = await draft({ store_id })
          const result = await service.place({ store_id, id, number_pattern: PATTERN, actor: BUYER, at: at(year) })
          numbers.push(result.number)
        }
        expect(numbers).toEqual(["PO-2026-000001", "PO-2027-000001", "PO-2026-000001", "PO-2026-000002"])
      })

      it("refuses a pattern that is none, and leaves the draft", async () => {
        const id = await draft()
        await expect(
          service.place({ store_id: STORE, id, number_pattern: "PO", actor: BUYER })
        ).rejects.toMatchObject({ code: "invalid_number_pattern" })
        expect(await read(id)).toMatchObject({ status: "draft" })
      })

      it("is behind until it is announced", async () => {
        const id = await placed()
        await draft()
        expect(await service.purchaseOrdersToAnnounce({ limit: 10 })).toEqual([
          { id, store_id: STORE, connection_id: CONNECTION, revision: 1, announced_revision: 0 },
        ])
        await service.markPurchaseOrderAnnounced({ id, revision: 1 })
        expect(await service.purchaseOrdersToAnnounce({ limit: 10 })).toEqual([])
        await requestCancel(id)
        expect(await service.purchaseOrdersToAnnounce({ limit: 10 })).toMatchObject([{ id, revision: 2 }])
      })
    })

    describe("the distributor's documents", () => {
      it("accept, then show the order's progress, and raise no revision of ours", async () => {
        const id = await placed()
        expect(await respond(id)).toEqual({ state: "applied", status: "accepted" })
        await order(id, 1, "pending")
        const tracking = [{ carrier: "DHL", tracking_numbers: ["1Z?9"], lines: [] }]
        await order(id, 2, "shipped", { tracking })
        await order(id, 3, "delivered", { tracking })
        expect(await read(id)).toMatchObject({
          status: "accepted",
          response: { answer: "accepted", refusal: null },
          order_id: "whord_1",
          order_number: "B2B-2026-000001",
          order_status: "delivered",
          orders: [
            {
              order_id: "whord_1",
              number: "B2B-2026-000001",
              status: "delivered",
              total: "1200.00",
              tracking,
              summary: TOLD.summary,
              revision: 3,
            },
          ],
          revision: 1,
        })
      })

      it("refuse an order, with the reason and the figures kept", async () => {
        const id = await placed()
        const response = { answer: "refused", refusal: { code: "credit_limit_exceeded", details: { over_by: "10" } } }
        expect(await respond(id, { answer: "refused", reason: "Over the limit", response })).toEqual({
          state: "applied",
          status: "refused",
        })
        expect(await read(id)).toMatchObject({ response, order_id: null, allowed_actions: [] })
      })

      it("bring order and tax along, the tax only where both agree on the net total", async () => {
        // 12 × 100.00 = 1,200.00 net; 7.25 % of it = 87.00
        // 1,200.00 + 15.00 for shipping + 87.00
        const totals = { subtotal: "1200", charge_total: "15.00", tax_total: "87.00", total: "1302.00" }
        const id = await placed()
        await respond(id, { order_id: "whord_1", order_number: "B2B-2026-000001", totals })
        expect(await read(id)).toMatchObject({
          order_id: "whord_1",
          order_number: "B2B-2026-000001",
          subtotal: "1200.00",
          charge_total: "15.00",
          tax_total: "87.00",
          total: "1302.00",
          revision: 1,
        })
        const dearer = await placed()
        await respond(dearer, { totals: { subtotal: "1300", charge_total: "0.00", tax_total: "94.25", total: "1394.25" } })
        expect(await read(dearer)).toMatchObject({ subtotal: "1200.00", tax_total: "0", total: "1200.00" })
      })

      it("arriving order first accept by it, and the late response moves nothing back", async () => {
        const id = await placed()
        expect(await order(id, 4, "packing")).toEqual({ state: "applied", status: "accepted" })
        expect(await respond(id, { response: { answer: "accepted", late: true } })).toEqual({
          state: "applied",
          status: "accepted",
        })
        expect(await read(id)).toMatchObject({ response: { late: true }, order_status: "packing" })
      })

      it("of an order that is only pending leave the decision to the response", async () => {
        const id = await placed()
        expect(await order(id, 1, "pending")).toMatchObject({ status: "placed" })
        expect(await respond(id)).toMatchObject({ status: "accepted" })
      })

      it("apply each revision once and ignore older ones", async () => {
        const id = await placed()
        await order(id, 5, "shipped")
        const before = await history(id)
        expect(await order(id, 5, "cancelled")).toMatchObject({ state: "ignored", status: "accepted" })
        expect(await order(id, 4, "packed")).toMatchObject({ state: "ignored" })
        await respond(id, { revision: 3 })
        expect(await respond(id, { revision: 3, answer: "refused" })).toMatchObject({ state: "ignored" })
        expect(await respond(id, { revision: 2, answer: "refused" })).toMatchObject({ state: "ignored" })
        expect(await read(id)).toMatchObject({ status: "accepted", order_status: "shipped" })
        expect(await history(id)).toEqual([...before, "order_response: accepted > accepted"])
      })

      it("end with the newest revision when they arrive at once in any order", async () => {
        const id = await placed()
        const revisions: [number, string][] = [
          [3, "packing"], [1, "pending"], [6, "delivered"], [2, "approved"], [5, "shipped"], [4, "packed"],
        ]
        await Promise.all([...revisions.map(([revision, status]) => order(id, revision, status)), respond(id)])
        expect(await read(id)).toMatchObject({ status: "accepted", order_status: "delivered" })
      })

      it("of a newer incarnation count anew", async () => {
        const id = await placed()
        await order(id, 9, "shipped")
        expect(await order(id, 2, "packed", { incarnation: 1 })).toMatchObject({ state: "applied" })
        expect(await order(id, 10, "delivered")).toMatchObject({ state: "ignored" })
        expect(await read(id)).toMatchObject({ order_status: "packed" })
      })

      it("refuse by a rejected order, cancel by a cancelled one, each with its reason", async () => {
        const rejected = await placed()
        await respond(rejected)
        expect(await order(rejected, 1, "rejected", { reason: "No stock" })).toMatchObject({ status: "refused" })
        const cancelled = await placed()
        expect(await order(cancelled, 1, "cancelled", { order_id: "whord_2" })).toMatchObject({ status: "cancelled" })
        expect(await respond(cancelled)).toEqual({ state: "applied", status: "cancelled" })
        const events = await service.listWholesalePurchaseOrderEvents({ purchase_order_id: rejected, event: "refuse" })
        expect(events).toMatchObject([{ from: "accepted", to: "refused", reason: "No stock", actor_type: "partner" }])
      })

      it("of another order, another connection or for a draft are refused", async () => {
        const id = await placed()
        await order(id, 1, "approved")
        const mismatch = { status: 409, code: "order_mismatch", details: { order_id: "whord_1" } }
        await expect(order(id, 2, "approved", { order_id: "whord_9" })).rejects.toMatchObject(mismatch)
        await expect(respond(id, { order_id: "whord_9" })).rejects.toMatchObject(mismatch)
        await expect(order(id, 2, "shipped", { connection_id: "whcon_9" })).rejects.toMatchObject({ status: 404 })
        await expect(respond(id, { store_id: OTHER })).rejects.toMatchObject({ status: 404 })
        await expect(order(await draft(), 1, "approved")).rejects.toMatchObject({ code: "not_allowed" })
        expect(await read(id)).toMatchObject({ order_id: "whord_1", order_status: "approved" })
      })
    })

    describe("an order that the distributor splits", () => {
      const PARENT = { order_id: "whord_1", order_number: "B2B-2026-000001", children: ["whord_2"] }
      const CHILD = { order_id: "whord_2", order_number: "B2B-2026-000001-1", parent_id: "whord_1" }
      const parent = (id: string, revision: number, status: string, changes: Partial<OrderInput> = {}) =>
        order(id, revision, status, { ...PARENT, ...changes })
      const child = (id: string, revision: number, status: string, changes: Partial<OrderInput> = {}) =>
        order(id, revision, status, { ...CHILD, ...changes })
      const statuses = async (id: string) => (await read(id)).orders.map(({ number, status }) => [number, status])
      /** Lines of a part: so many units of the one line ordered. */
      const units = async (id: string, quantity: number) => {
        const [{ id: line_id }] = (await read(id)).lines
        return { lines: [{ line_id, sku: "CUP-1", quantity, unit_price: "100.00" }] }
      }

      it("is shown part by part, each by its newest document, whatever comes first or twice", async () => {
        const id = await placed()
        await child(id, 2, "pending", { on_hold: { since: "2026-05-04T10:00:00.000Z", kinds: ["hard"] } })
        await Promise.all([
          child(id, 1, "pending"),
          parent(id, 3, "approved"),
          parent(id, 2, "pending"),
          child(id, 2, "pending"),
          respond(id, { order_id: "whord_1", order_number: "B2B-2026-000001" }),
        ])
        expect(await read(id)).toMatchObject({
          status: "accepted",
          order_id: "whord_1",
          order_number: "B2B-2026-000001",
          order_status: "approved",
          orders: [
            { order_id: "whord_1", parent_id: null, children: ["whord_2"], status: "approved", on_hold: null },
            {
              order_id: "whord_2",
              parent_id: "whord_1",
              number: "B2B-2026-000001-1",
              status: "pending",
              on_hold: { since: "2026-05-04T10:00:00.000Z", kinds: ["hard"] },
              revision: 2,
            },
          ],
        })
      })

      it("is accepted once a part is, refused or cancelled only with all of them", async () => {
        const accepted = await placed()
        await parent(accepted, 1, "pending")
        expect(await child(accepted, 1, "approved")).toMatchObject({ status: "accepted" })
        expect(await parent(accepted, 2, "rejected")).toMatchObject({ status: "accepted" })
        expect(await child(accepted, 2, "cancelled")).toMatchObject({ status: "cancelled" })

        const refused = await placed()
        expect(await parent(refused, 1, "rejected")).toMatchObject({ status: "placed" })
        expect(await child(refused, 1, "rejected")).toMatchObject({ status: "refused" })
        expect(await statuses(refused)).toEqual([
          ["B2B-2026-000001", "rejected"],
          ["B2B-2026-000001-1", "rejected"],
        ])
      })

      it("is not cancelled by its parent before the child is seen, nor by the child before the parent", async () => {
        const id = await placed()
        await respond(id, { order_id: "whord_1" })
        expect(await child(id, 1, "cancelled")).toMatchObject({ status: "accepted" })
        expect(await parent(id, 3, "cancelled", { children: ["whord_2", "whord_3"] })).toMatchObject({ status: "accepted" })
        expect(await child(id, 1, "cancelled", { order_id: "whord_3", order_number: "B2B-2026-000001-2" })).toMatchObject({
          status: "cancelled",
        })
      })

      it("has one parent: another is none of it", async () => {
        const id = await placed()
        await parent(id, 1, "approved")
        await expect(parent(id, 1, "approved", { order_id: "whord_9" })).rejects.toMatchObject({ code: "order_mismatch" })
      })

      it("expects no more of what is cancelled: it is received with the rest", async () => {
        const id = await placed()
        await parent(id, 1, "shipped", await units(id, 8))
        await child(id, 1, "pending", await units(id, 4))
        const [{ id: line_id }] = (await read(id)).lines
        const receive = (received_quantity: number) =>
          service.createReceipt({
            store_id: STORE,
            purchase_order_id: id,
            location_id: "sloc_1",
            lines: [{ purchase_order_line_id: line_id, received_quantity, short_quantity: 0, damaged_quantity: 0 }],
            actor: BUYER,
          })
        await receive(8)
        expect(await read(id)).toMatchObject({ status: "receiving", lines: [{ cancelled_quantity: 0 }] })
        expect(await child(id, 2, "cancelled", await units(id, 4))).toMatchObject({ status: "received" })
        expect(await read(id)).toMatchObject({ lines: [{ received_quantity: 8, cancelled_quantity: 4 }] })
        await expect(receive(1)).rejects.toMatchObject({ code: "not_allowed" })

        const first = await placed()
        await parent(first, 1, "shipped", await units(first, 8))
        await child(first, 1, "rejected", await units(first, 4))
        const [{ id: other }] = (await read(first)).lines
        const beyond = { purchase_order_line_id: other, received_quantity: 9, short_quantity: 0, damaged_quantity: 0 }
        await expect(
          service.createReceipt({ store_id: STORE, purchase_order_id: first, location_id: "sloc_1", lines: [beyond], actor: BUYER })
        ).rejects.toMatchObject({ code: "receipt_exceeds_open", details: { lines: [{ open: 8, counted: 9 }] } })
      })

      it("cancelled but for what was delivered goes on with that", async () => {
        const id = await placed()
        await parent(id, 1, "shipped")
        await child(id, 1, "pending")
        await requestCancel(id)
        expect(await respond(id, { answer: "cancel_accepted" })).toMatchObject({ status: "cancel_requested" })
        expect(await child(id, 2, "cancelled")).toMatchObject({ status: "cancel_requested" })
        expect(await parent(id, 2, "delivered")).toMatchObject({ status: "accepted" })
        expect(await history(id)).toContain("grant_cancel: cancel_requested > accepted")
      })

      it("cancelled as a whole is so once every part is, and the answer is known or not", async () => {
        const id = await placed()
        await parent(id, 1, "approved")
        await child(id, 1, "pending")
        await requestCancel(id)
        await child(id, 2, "cancelled")
        await respond(id, { answer: "cancel_accepted" })
        expect(await read(id)).toMatchObject({ status: "cancel_requested", cancel_answer: { accepted: true } })
        expect(await parent(id, 2, "cancelled")).toMatchObject({ status: "cancelled" })
      })
    })

    it("that was told of before orders had rows of their own is moved to one, and back", async () => {
      const id = await placed()
      const [{ id: line_id }] = (await read(id)).lines
      const lines = [{ line_id, sku: "CUP-1", quantity: 12, unit_price: "100" }]
      const tracking = [{ carrier: "DHL", tracking_numbers: ["1Z9"], lines: [{ line_id, quantity: 12 }] }]
      await order(id, 4, "shipped", { incarnation: 2, lines, tracking })
      await placed()
      const before = await service.listWholesaleSupplierOrders({}, { select: TOLD_COLUMNS })

      const em = MikroOrmWrapper.forkManager()
      for (const [Step, way] of [
        [Migration20261130120506, "down"],
        [Migration20261130082442, "down"],
        [Migration20261130082442, "up"],
        [Migration20261130120506, "up"],
      ] as const) {
        const migration = new Step(em.getDriver(), em.config)
        await migration[way]()
        for (const query of migration.getQueries()) {
          await em.execute(String(query))
        }
      }
      expect(await service.listWholesaleSupplierOrders({}, { select: TOLD_COLUMNS })).toEqual(
        before.map((row) => ({ ...row, id: `whsord_${id}` }))
      )
      expect(await order(id, 4, "shipped", { incarnation: 2 })).toMatchObject({ state: "ignored" })
      expect(await order(id, 5, "delivered", { incarnation: 2 })).toMatchObject({ state: "applied" })
      expect((await read(id)).orders).toMatchObject([{ order_id: "whord_1", status: "delivered" }])
    })

    describe("asking to cancel", () => {
      it("waits for the answer, and a refusal uncovers what the order was", async () => {
        const id = await placed()
        await respond(id)
        expect(await requestCancel(id)).toEqual({ id, status: "cancel_requested", revision: 2 })
        expect(await order(id, 1, "packed")).toMatchObject({ status: "cancel_requested" })
        expect(await respond(id, { revision: 2, answer: "cancel_refused", reason: "Already packed" })).toMatchObject({
          status: "accepted",
        })
        expect(await read(id)).toMatchObject({
          status_before_cancel_request: null,
          cancel_request_reason: "Bought elsewhere",
          cancel_answer: { accepted: false, reason: "Already packed" },
        })
      })

      it("of a placed order that is accepted meanwhile goes back to accepted", async () => {
        const id = await placed()
        await requestCancel(id)
        expect(await respond(id)).toMatchObject({ status: "cancel_requested" })
        expect(await respond(id, { revision: 2, answer: "cancel_refused" })).toMatchObject({ status: "accepted" })
      })

      it("of a placed order goes to accepted also where the refusal overtook the acceptance", async () => {
        const id = await placed()
        await requestCancel(id)
        expect(await respond(id, { revision: 2, answer: "cancel_refused" })).toMatchObject({ status: "accepted" })
        expect(await respond(id, { revision: 1 })).toEqual({ state: "ignored", status: "accepted" })
      })

      it("ends in cancelled by the order's own cancellation, whether the answer comes first or last", async () => {
        const first = await placed()
        await requestCancel(first)
        expect(await respond(first, { answer: "cancel_accepted" })).toMatchObject({ status: "cancel_requested" })
        expect(await read(first)).toMatchObject({ cancel_answer: { accepted: true } })
        expect(await order(first, 1, "cancelled")).toEqual({ state: "applied", status: "cancelled" })
        const second = await placed()
        await respond(second)
        await requestCancel(second)
        expect(await order(second, 1, "cancelled", { order_id: "whord_2" })).toMatchObject({ status: "cancelled" })
        expect(await respond(second, { revision: 2, answer: "cancel_accepted" })).toMatchObject({ status: "cancelled" })
      })

      it("again is not answered by the refusal of the first request, however often that arrives", async () => {
        const id = await placed()
        await respond(id)
        await requestCancel(id)
        await respond(id, { revision: 2, answer: "cancel_refused" })
        expect(await requestCancel(id)).toMatchObject({ status: "cancel_requested", revision: 3 })
        expect(await read(id)).toMatchObject({ cancel_answer: null })
        expect(await respond(id, { revision: 2, answer: "cancel_refused" })).toEqual({
          state: "ignored",
          status: "cancel_requested",
        })
        expect(await respond(id, { revision: 3, answer: "cancel_refused" })).toMatchObject({ status: "accepted" })
      })

      it("by two at once asks once", async () => {
        const id = await placed()
        const results = await Promise.allSettled([requestCancel(id), requestCancel(id)])
        expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"])
        expect(await read(id)).toMatchObject({ status: "cancel_requested", revision: 2 })
      })

      it("is refused for a draft, naming what may be done", async () => {
        await expect(requestCancel(await draft())).rejects.toMatchObject({
          status: 409,
          details: { status: "draft", event: "request_cancel", allowed_events: ["edit", "delete", "place"] },
        })
      })
    })
  },
})
