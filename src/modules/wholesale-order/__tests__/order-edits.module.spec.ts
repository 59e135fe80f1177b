import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { WHOLESALE_ORDER, type WholesaleOrderModuleService } from "../index"
import type { CreateDraftInput } from "../persistence/drafts"
import { nextAttemptId } from "../persistence/operations"
import { ANNA, draft, line, MAY, PATTERN, STORE } from "./order-fixtures"

jest.setTimeout(60_000)

moduleTestRunner<WholesaleOrderModuleService>({
  moduleName: WHOLESALE_ORDER,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    const verb = (id: string) => ({ id, store_id: STORE, actor: ANNA, at: MAY })
    const read = (id: string) => service.retrieveOrder({ id, store_id: STORE })
    const place = async (changes: Partial<CreateDraftInput> = {}) => {
      const { id } = await service.createDraft(draft({ source: "manual", connection_id: null, ...changes }))
      await service.placeOrder({ ...verb(id), number_pattern: PATTERN })
      return await read(id)
    }
    const begin = async (order_id: string, id: string) =>
      await service.beginOperation({ id, store_id: STORE, order_id, verb: "edit", payload: {} })
    const refused = async (attempt: Promise<unknown>) =>
      await attempt.then(
        () => undefined,
        (error: unknown) => asWholesaleError(error)?.code
      )

    describe("editing an order", () => {
      it("changes, takes out and adds lines in one, once, and writes what was before", async () => {
        const order = await place({ lines: [line("CUP", 12), line("PLATE", 3), line("BOWL", 1)] })
        await begin(order.id, "whordop_1")
        const edit = {
          ...verb(order.id),
          free_shipping_from: null,
          operation_id: "whordop_1",
          kept: [
            { line_id: order.lines[0].id, quantity: 10 },
            { line_id: order.lines[2].id, quantity: 1 },
          ],
          added: [line("FORK", 2, { unit_price: "2.50", tax_rate: "20", tax_code: "STD", tax_name: "VAT" })],
          reason: "On the telephone",
        }
        await service.editOrder(edit)
        const edited = await read(order.id)
        // 10 × 100 + 100 + 2 × 2.50 = 1,105.00; 20 % of 5.00 = 1.00
        expect(edited).toMatchObject({
          status: "pending",
          subtotal: "1105.00",
          tax_total: "1.00",
          total: "1106.00",
          line_count: 3,
          revision: order.revision + 1,
        })
        expect(edited.lines.map(({ line_number, sku, quantity, subtotal }) => [line_number, sku, quantity, subtotal])).toEqual([
          [1, "CUP", 10, "1000.00"],
          [3, "BOWL", 1, "100.00"],
          [4, "FORK", 2, "5.00"],
        ])
        expect(edited.events.at(-1)).toMatchObject({
          event: "edit",
          reason: "On the telephone",
          actor_id: ANNA.actor_id,
          details: {
            total: { before: "1600.00", after: "1106.00" },
            lines: [
              { sku: "CUP", before: 12, after: 10 },
              { sku: "PLATE", before: 3, after: 0 },
              { sku: "FORK", before: 0, after: 2 },
            ],
          },
        })
        await service.editOrder(edit)
        expect(await read(order.id)).toEqual(edited)
      })

      it("makes shipping free, and charges it again, by what the goods come to", async () => {
        // 2 × 100.00 and 15.00, then 3 × 100.00 and nothing.
        const order = await place({
          lines: [line("CUP", 2)],
          charges: [
            {
              kind: "shipping",
              name: "Freight",
              amount: "15.00",
              waived_amount: null,
              by_hand: false,
              tax_rate: "0",
              tax_code: null,
              tax_name: null,
            },
          ],
        })
        expect(order).toMatchObject({ charge_total: "15.00", total: "215.00" })
        const edit = async (operation_id: string, quantity: number) => {
          await begin(order.id, operation_id)
          const kept = [{ line_id: order.lines[0].id, quantity }]
          await service.editOrder({ ...verb(order.id), operation_id, kept, added: [], free_shipping_from: "300" })
          return await read(order.id)
        }
        expect(await edit("whordop_5", 3)).toMatchObject({
          charge_total: "0.00",
          total: "300.00",
          charges: [{ amount: "0.00", waived_amount: "15.00" }],
        })
        expect(await edit("whordop_6", 2)).toMatchObject({
          total: "215.00",
          charges: [{ amount: "15.00", waived_amount: null }],
        })
      })

      it("is over once anybody works on the order, and is not for a partner's purchase order", async () => {
        const order = await place()
        await service.transition({ ...verb(order.id), event: "approve" })
        await begin(order.id, "whordop_2")
        const kept = [{ line_id: order.lines[0].id, quantity: 1 }]
        const edit = { ...verb(order.id), free_shipping_from: null, operation_id: "whordop_2", kept, added: [] }
        expect(await refused(service.editOrder(edit))).toBe("not_allowed")

        const partners = await place({ connection_id: "whcon_1", purchase_order_id: "whpo_1", source: "purchase_order" })
        await begin(partners.id, "whordop_3")
        expect(
          await refused(
            service.editOrder({
              free_shipping_from: null,
              ...verb(partners.id),
              operation_id: "whordop_3",
              kept: [{ line_id: partners.lines[0].id, quantity: 1 }],
              added: [],
            })
          )
        ).toBe("order_follows_purchase_order")
        expect(await read(partners.id)).toMatchObject({ total: partners.total, revision: partners.revision })
      })

      it("finds the attempt that followed from refused ones", async () => {
        const order = await place()
        const key = { id: "whordop_5", store_id: STORE }
        expect(await service.latestAttempt(key)).toBeUndefined()
        await begin(order.id, key.id)
        await service.refuseOperation({ ...key, refusal: { code: "refused", message: "Not now" } })
        expect(await service.latestAttempt(key)).toMatchObject({ id: key.id, status: "refused" })
        await begin(order.id, nextAttemptId(key.id))
        expect(await service.latestAttempt(key)).toMatchObject({ id: nextAttemptId(key.id), status: "running" })
        expect(await service.latestAttempt({ ...key, store_id: "whstore_b" })).toBeUndefined()
      })

      it("is no other store's", async () => {
        const order = await place()
        await begin(order.id, "whordop_4")
        expect(
          await refused(
            service.editOrder({
              free_shipping_from: null,
              ...verb(order.id),
              store_id: "whstore_b",
              operation_id: "whordop_4",
              kept: [{ line_id: order.lines[0].id, quantity: 1 }],
              added: [],
            })
          )
        ).toBe("not_found")
      })
    })
  },
})
