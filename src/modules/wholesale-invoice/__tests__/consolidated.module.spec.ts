import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { NET_30, type PaymentTerms } from "../../../lib/terms/payment-terms"
import type { WholesaleInvoiceModuleService } from ".."
import { WHOLESALE_INVOICE } from ".."
import type { IssueInvoiceInput, PartToInvoice } from "../persistence/invoices/issue-invoice"

const actor: Actor = { actor_type: "user", actor_id: "user_1" }
const store_id = "whstore_1"
const issued_at = new Date("2026-02-10T08:30:00.000Z")
/** 2/10 net 30. */
const TWO_TEN: PaymentTerms = { type: "net", days: 30, discount: { percent: "2", days: 10 } }
const NUMBERS = "INV-{YYYY}-{SEQ:6}"

moduleTestRunner<WholesaleInvoiceModuleService>({
  moduleName: WHOLESALE_INVOICE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    /** A part of an order, of one line: its number is the order's. */
    const part = (order: string, price: string, changes: Partial<PartToInvoice> & { quantity?: number; tax?: string } = {}) => {
      const { quantity = 1, tax = "0", ...rest } = changes
      return {
        order_id: `order_${order}`,
        order_number: `B2B-${order}`,
        purchase_order_id: `whpo_${order}`,
        purchase_order_number: `PO-${order}`,
        lines: [{ order_line_id: `line_${order}`, sku: `S${order}`, title: order, quantity, unit_price: price, tax_rate: tax }],
        ...rest,
      }
    }
    const issue = (parts: readonly PartToInvoice[], changes: Partial<IssueInvoiceInput> = {}) =>
      service.issueInvoice({
        store_id,
        account_id: "whacc_1",
        connection_id: "whcon_1",
        parts,
        currency_code: "usd",
        seller: { name: "North" },
        buyer: { name: "South" },
        terms: NET_30,
        number_pattern: NUMBERS,
        issued_at,
        actor,
        ...changes,
      })
    const hundreds = (terms: PaymentTerms = NET_30) =>
      issue([part("1", "100"), part("2", "100"), part("3", "100")], { id: "whinv_c", terms })
    const pay = (invoice_id: string, amount: string, received_at = issued_at) =>
      service.recordPayment({ store_id, invoice_id, amount, method: "transfer", received_at, actor })
    const note = { store_id, reason: "Damaged", number_pattern: "CN-{SEQ:3}", issued_at, actor }
    const cancelled = (invoice_id: string, order_id: string) =>
      service.creditRest({ ...note, id: `whcn_${order_id}`, invoice_id, order_id })
    const mirrorsOf = async (invoice_id: string) =>
      (await service.listMirrors({ store_id, invoice_id }, { order: "round" })).mirrors
        .map(({ order_number, round, status, total }) => `${order_number} ${round} ${status} ${total}`)
        .sort()
    const voided = (id: string) => service.voidInvoice({ store_id, id, reason: "Wrong", actor })
    const codeOf = (promise: Promise<unknown>) =>
      promise.then(
        () => "done",
        (error: unknown) => asWholesaleError(error)?.code
      )

    describe("an invoice over several orders", () => {
      afterEach(async () => {
        expect(await service.reconcile(store_id)).toEqual({ invoices: [], mirrors: [], unmirrored: [] })
      })

      it("names its orders with their shipments, and is found by any of their numbers", async () => {
        const parts = [part("1", "10", { part: 1 }), part("1", "20", { part: 2 }), part("2", "30")]
        const invoice = await issue(parts, { id: "whinv_c" })
        expect(invoice).toMatchObject({ number: "INV-2026-000001", total: "60.00" })
        expect(invoice.orders).toEqual([
          { order_id: "order_1", order_number: "B2B-1", purchase_order_id: "whpo_1", purchase_order_number: "PO-1", parts: [1, 2] },
          { order_id: "order_2", order_number: "B2B-2", purchase_order_id: "whpo_2", purchase_order_number: "PO-2", parts: [0] },
        ])
        for (const filter of [{ q: "B2B-2" }, { q: "po-1" }, { order_id: "order_1" }, { order_id: "order_2" }]) {
          expect((await service.listInvoices({ store_id, ...filter })).invoices).toMatchObject([{ id: invoice.id }])
        }
        expect((await service.listInvoices({ store_id, q: "B2B-3" })).count).toBe(0)
        expect((await service.listInvoices({ store_id: "other", q: "B2B-2" })).count).toBe(0)
        const { lines } = await service.retrieveInvoice({ store_id, id: invoice.id })
        expect(lines.map(({ line_number, order_id }) => [line_number, order_id])).toEqual([
          [1, "order_1"],
          [2, "order_1"],
          [3, "order_2"],
        ])
        expect(await service.sharesOfOrder({ store_id, order_id: "order_1" })).toEqual([
          { invoice_id: invoice.id, issued_at: invoice.issued_at, parts: [1, 2], total: "30.00" },
        ])
        const [payable] = await service.payableInvoices({ store_id, currency_code: "usd" })
        expect(payable.order_numbers).toEqual(["B2B-1", "PO-1", "B2B-2", "PO-2"])
      })

      it("shows every order's mirror, however many orders there are", async () => {
        const many = 1_001
        const { id, total } = await issue(Array.from({ length: many }, (_, index) => part(String(index + 1), "1")))
        await pay(id, total)
        const { mirrors, orders } = await service.retrieveInvoice({ store_id, id })
        expect(orders).toHaveLength(many)
        expect(mirrors.map(({ order_id }) => order_id)).toEqual(orders.map(({ order_id }) => order_id))
      })

      it("is one, whoever asks at once, and takes no number for who comes second", async () => {
        const asked = await Promise.all(Array.from({ length: 5 }, () => hundreds()))
        expect(new Set(asked.map(({ id, number }) => `${id} ${number}`)).size).toBe(1)
        // One part of it, asked for by itself, is on it already.
        expect(await issue([part("2", "100")])).toMatchObject({ id: "whinv_c" })
        expect(await issue([part("4", "1")])).toMatchObject({ number: "INV-2026-000002" })
      })

      it("takes no order that is on another one, and says on which", async () => {
        await issue([part("2", "100")])
        const refused = hundreds()
        await expect(refused).rejects.toMatchObject({
          code: "already_invoiced",
          details: { orders: [{ order_id: "order_2", order_number: "B2B-2", part: 0, invoice_number: "INV-2026-000001" }] },
        })
        // Nothing of it stands, and its number was not drawn.
        expect(await service.sharesOfOrder({ store_id, order_id: "order_1" })).toEqual([])
        expect(await issue([part("1", "100")])).toMatchObject({ number: "INV-2026-000002" })
        expect(await codeOf(issue([part("1", "1"), part("2", "1")], { store_id: "other" }))).toBe("invoice_of_another_store")
      })

      it("stands on one of two at once that ask for the same orders in another order", async () => {
        const [one, two] = ["1", "2"].map((order) => part(order, "10"))
        const ends = await Promise.all([
          codeOf(issue([one, two], { id: "whinv_a" })),
          codeOf(issue([one, part("3", "10")], { id: "whinv_b" })),
        ])
        expect(ends.sort()).toEqual(["already_invoiced", "done"])
        const on = await Promise.all(["1", "2", "3"].map((n) => service.sharesOfOrder({ store_id, order_id: `order_${n}` })))
        expect(on.flat()).toHaveLength(2)
      })

      it("gives its parts back when it is void, keeps its number, and they stand on the next", async () => {
        await hundreds()
        await voided("whinv_c")
        const parts = await service.partsToReturn({ limit: 10 })
        expect(parts.map(({ order_id, part: of }) => [order_id, of]).sort()).toEqual([
          ["order_1", 0],
          ["order_2", 0],
          ["order_3", 0],
        ])
        expect(await service.partsToReturn({ limit: 10, invoice_id: "nobody" })).toEqual([])
        for (const each of parts) {
          await service.markPartReturned(each)
        }
        expect(await service.partsToReturn({ limit: 10 })).toEqual([])
        expect(await service.sharesOfOrder({ store_id, order_id: "order_2" })).toEqual([])
        // Under its own id it stays what it is.
        expect(await hundreds()).toMatchObject({ status: "void" })
        expect(await issue([part("1", "100"), part("2", "100")], { id: "whinv_d" })).toMatchObject({
          status: "issued",
          number: "INV-2026-000002",
        })
        expect((await service.invoicesOfOrder({ store_id, order_id: "order_1" })).map(({ status }) => status)).toEqual([
          "void",
          "issued",
        ])
      })

      it("tells taxes of one rate apart by the orders' own codes", async () => {
        const zero = (order: string, tax_code: string | null) => ({
          ...part(order, "10"),
          lines: part(order, "10").lines.map((line) => ({ ...line, tax_code })),
        })
        const invoice = await issue([zero("1", "E"), zero("2", null), zero("3", "G")], {
          id: "whinv_c",
          tax_summary: [
            { rate: "0", code: "E", name: "Exempt" },
            { rate: "0", code: null, name: "None" },
            { rate: "0", code: "G", name: "Export" },
          ],
        })
        expect(invoice.tax_summary.map(({ code, name, base }) => [code, name, base])).toEqual([
          ["E", "Exempt", "10.00"],
          [null, "None", "10.00"],
          ["G", "Export", "10.00"],
        ])
      })
    })

    describe("the mirrors of an invoice over several orders", () => {
      afterEach(async () => {
        expect(await service.reconcile(store_id)).toEqual({ invoices: [], mirrors: [], unmirrored: [] })
      })

      it("are one an order, and sum to the invoice to the cent", async () => {
        // 6.00 + 6.00 + 19.98 = 31.98, 7.25 % of it 2.31855 → 2.32; its shares are 0.43527, 0.43527 and
        // 1.44946: by largest remainder 0.44 + 0.43 + 1.45.
        const invoice = await issue(
          [
            part("1", "2.00", { quantity: 3, tax: "7.25" }),
            part("2", "2.00", { quantity: 3, tax: "7.25" }),
            part("3", "9.99", { quantity: 2, tax: "7.25" }),
          ],
          { id: "whinv_c" }
        )
        expect(invoice.total).toBe("34.30")
        await pay(invoice.id, "34.30")
        expect(await mirrorsOf(invoice.id)).toEqual(["B2B-1 1 pending 6.44", "B2B-2 1 pending 6.43", "B2B-3 1 pending 21.43"])
        const ensured = await Promise.all(
          Array.from({ length: 4 }, () => service.ensureMirrors({ store_id, invoice_id: invoice.id }))
        )
        expect(new Set(ensured.map((mirrors) => JSON.stringify(mirrors.map(({ id }) => id)))).size).toBe(1)
        expect((await service.retrieveInvoice({ store_id, id: invoice.id })).mirrors.map(({ order_id }) => order_id)).toEqual([
          "order_1",
          "order_2",
          "order_3",
        ])
      })

      it("are refunded where the credited lines are, and by an amount in proportion", async () => {
        const { id } = await hundreds()
        await pay(id, "300")
        for (const { id: mirror } of await service.ensureMirrors({ store_id, invoice_id: id })) {
          await service.markMirrorMade({ store_id, id: mirror })
        }
        const { lines } = await service.retrieveInvoice({ store_id, id })
        await service.issueCreditNote({ ...note, invoice_id: id, lines: [{ line_id: lines[1].id, quantity: 1 }] })
        // 30.00 over what is left of 100, 0 and 100.
        await service.issueCreditNote({ ...note, invoice_id: id, amount: "30" })
        // 7.00 of the first order alone.
        await service.issueCreditNote({ ...note, invoice_id: id, amount: "7", order_id: "order_1" })
        const orderOf = new Map((await service.listMirrors({ store_id, invoice_id: id })).mirrors.map((each) => [each.id, each.order_id]))
        const refunds = await service.pendingMirrorRefunds({ limit: 20 })
        expect(refunds.map(({ mirror_id, amount }) => `${orderOf.get(mirror_id)} ${amount}`).sort()).toEqual([
          "order_1 15.00",
          "order_1 7.00",
          "order_2 100.00",
          "order_3 15.00",
        ])
        for (const refund of refunds) {
          await service.markMirrorRefundDone({ store_id, id: refund.id })
        }
        expect(await codeOf(service.issueCreditNote({ ...note, invoice_id: id, amount: "78.01", order_id: "order_1" }))).toBe(
          "credit_exceeds_invoice"
        )
        expect(await codeOf(service.issueCreditNote({ ...note, invoice_id: id, amount: "1", order_id: "order_9" }))).toBe(
          "order_not_on_invoice"
        )
      })

      it("are reversed together when it is opened again, and follow in the next round without what was taken back", async () => {
        const { id } = await hundreds()
        const { payment } = await pay(id, "300")
        const { credit_note } = await cancelled(id, "order_2")
        const [, second] = await service.ensureMirrors({ store_id, invoice_id: id })
        await service.markMirrorReversed({ store_id, id: second.id })
        await service.voidPayment({ store_id, id: payment.id, reason: "Bounced", actor })
        expect(await mirrorsOf(id)).toEqual(["B2B-1 1 reversed 100.00", "B2B-2 1 reversed 100.00", "B2B-3 1 reversed 100.00"])

        await service.allocateCredit({
          store_id,
          source: { type: "credit_note", id: credit_note?.id ?? "" },
          strategy: "oldest_first",
          actor,
        })
        await pay(id, "200")
        expect((await mirrorsOf(id)).filter((said) => said.includes(" 2 "))).toEqual([
          "B2B-1 2 pending 100.00",
          "B2B-3 2 pending 100.00",
        ])
      })

      it("leave out an order that was cancelled before anything was paid", async () => {
        const { id } = await hundreds()
        await cancelled(id, "order_2")
        await pay(id, "200")
        expect(await mirrorsOf(id)).toEqual(["B2B-1 1 pending 100.00", "B2B-3 1 pending 100.00"])
      })
    })

    describe("one order of an invoice that is cancelled", () => {
      it("is credited alone, once, and the last one leaves nothing", async () => {
        const { id } = await hundreds()
        const again = await Promise.all(Array.from({ length: 4 }, () => cancelled(id, "order_2")))
        expect(new Set(again.map(({ credit_note }) => credit_note?.number))).toEqual(new Set(["CN-001"]))
        expect(again[0].credit_note).toMatchObject({ total: "100.00", lines: [{ sku: "S2", subtotal: "100.00" }] })
        expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({ status: "issued", outstanding: "200.00" })
        await cancelled(id, "order_1")
        await cancelled(id, "order_3")
        expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({ status: "credited", outstanding: "0.00" })
      })

      it("takes its part of the early-payment discount with it, and the others keep theirs", async () => {
        // 2/10: 300.00 are paid with 294.00 and 6.00 discount. 100.00 credited: 2.00 of the discount go with it,
        // 98.00 become credit on account.
        const { id } = await hundreds(TWO_TEN)
        await pay(id, "294")
        const before = await mirrorsOf(id)
        const { credit_note, postings } = await cancelled(id, "order_2")
        expect(credit_note?.total).toBe("100.00")
        expect(postings.map(({ type, amount }) => `${type} ${amount}`)).toEqual(["discount_void 6.00", "discount 4.00"])
        expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({
          status: "paid",
          paid_total: "294.00",
          discount_total: "4.00",
          credited_total: "100.00",
          applied_credit_total: "2.00",
          outstanding: "0.00",
        })
        expect(await mirrorsOf(id)).toEqual(before)
        // The same again does nothing more.
        expect((await cancelled(id, "order_2")).postings).toEqual([])
        await issue([part("9", "98")])
        const { invoices } = await service.allocateCredit({
          store_id,
          source: { type: "credit_note", id: credit_note?.id ?? "" },
          strategy: "oldest_first",
          actor,
        })
        expect(invoices).toMatchObject([{ status: "paid", paid_total: "98.00" }])
        expect(await service.reconcile(store_id)).toEqual({ invoices: [], mirrors: [], unmirrored: [] })
      })

      describe("where something was given up as a bad debt", () => {
        const giveUp = (id: string, amount?: string) =>
          service.writeOffInvoice({ store_id, id, amount, reason: "Insolvent", at: issued_at, actor })
        const cancelledNow = async (id: string, order: string) => {
          const { credit_note, postings } = await cancelled(id, order)
          return [credit_note?.total, ...postings.map(({ type, amount }) => `${type} ${amount}`)]
        }

        afterEach(async () => {
          expect(await service.reconcile(store_id)).toEqual({ invoices: [], mirrors: [], unmirrored: [] })
        })

        it("takes a part of it back whole, and the others are asked for", async () => {
          // 300 − 50 given up = 250 open; 300 again, less the order of 100.
          const { id } = await hundreds()
          await giveUp(id, "50")
          expect(await cancelledNow(id, "order_2")).toEqual(["100.00", "write_off_void 50.00"])
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({
            status: "issued",
            written_off_total: "0.00",
            bad_debt: "0.00",
            outstanding: "200.00",
          })
          expect((await cancelled(id, "order_2")).postings).toEqual([])
        })

        it("takes back what closed an invoice that was paid in part, and its mirrors", async () => {
          // 150 paid, 150 given up: paid. 150 open again, less the order of 100.
          const { id } = await hundreds()
          await pay(id, "150")
          await giveUp(id)
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({ status: "paid" })
          expect(await cancelledNow(id, "order_2")).toEqual(["100.00", "write_off_void 150.00"])
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({
            status: "partially_paid",
            written_off_total: "0.00",
            applied_credit_total: "100.00",
            outstanding: "50.00",
          })
          expect(await mirrorsOf(id)).toEqual(["B2B-1 1 reversed 100.00", "B2B-2 1 reversed 100.00", "B2B-3 1 reversed 100.00"])
        })

        it("takes all of it back where nothing was paid, and part of an early-payment discount besides", async () => {
          const { id } = await hundreds()
          await giveUp(id)
          expect(await cancelledNow(id, "order_2")).toEqual(["100.00", "write_off_void 300.00"])
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({ status: "issued", outstanding: "200.00" })

          // 245 paid with 5 discount, 50 given up. What is left is 200: 250 were settled for it, of which
          // 5 × 200 ÷ 250 = 4 discount stay. 300 − 245 − 4 = 51 of the note go to it, 49 are credit on account.
          const early = await issue([part("4", "100"), part("5", "200")], { id: "whinv_e", terms: TWO_TEN })
          await pay(early.id, "245")
          await giveUp(early.id)
          expect(await cancelledNow(early.id, "order_4")).toEqual([
            "100.00",
            "write_off_void 50.00",
            "discount_void 5.00",
            "discount 4.00",
          ])
          expect(await service.retrieveInvoice({ store_id, id: early.id })).toMatchObject({
            status: "paid",
            written_off_total: "0.00",
            discount_total: "4.00",
            applied_credit_total: "51.00",
            outstanding: "0.00",
          })
        })
      })

      describe("of which a part was paid early", () => {
        const twoOrders = () => issue([part("1", "100"), part("2", "200")], { id: "whinv_c", terms: TWO_TEN })
        const early = async () => {
          const { items } = await service.openItems({ store_id, account_id: "whacc_1", currency_code: "usd" })
          return items.map(({ open, early: payable }) => `${open} ${payable?.payable}`)
        }

        afterEach(async () => {
          expect(await service.reconcile(store_id)).toEqual({ invoices: [], mirrors: [], unmirrored: [] })
        })

        it("leaves the discount of what the others were paid with, and the rest takes its own", async () => {
          // 147 ÷ 0.98 = 150 of 200 that are left: the discount of 3 stays. 50 open; 200 × 0.98 − 147 = 49.
          const { id } = await twoOrders()
          await pay(id, "147")
          expect((await cancelled(id, "order_1")).postings).toEqual([])
          expect(await early()).toEqual(["50.00 49.00"])
          await pay(id, "49")
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({
            status: "paid",
            paid_total: "196.00",
            discount_total: "4.00",
            outstanding: "0.00",
          })
        })

        it("leaves nothing open where more was paid than the others cost early", async () => {
          // 197 ÷ 0.98 = 201.02: discount 4.02, of which 4.02 × 200 ÷ 201.02 = 4.00 stay. 300 − 197 − 4 = 99 of
          // the note go to the invoice, 1 is credit on account: 197 − 196.
          const { id } = await twoOrders()
          await pay(id, "197")
          const { postings } = await cancelled(id, "order_1")
          expect(postings.map(({ type, amount }) => `${type} ${amount}`)).toEqual(["discount_void 4.02", "discount 4.00"])
          expect(await early()).toEqual([])
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({ status: "paid", applied_credit_total: "99.00" })
        })

        it("knows which money came with a smaller discount when the invoice is open again", async () => {
          // 98 and 196 were paid with 2 and 4, of which two thirds stay: 1.33 and 2.67; 2 of the note go to the invoice.
          // Without the first: 300 − 196 − 2.67 − 2 = 99.33 open; 298 × 0.98 − 196 = 96.04 pays it, 3.29 is discount.
          const { id } = await twoOrders()
          const { payment } = await pay(id, "98")
          await pay(id, "196")
          await cancelled(id, "order_1")
          await service.unallocateCredit({ store_id, source: { type: "payment", id: payment.id }, reason: "Another's", actor })
          expect(await early()).toEqual(["99.33 96.04"])
          await pay(id, "96.04")
          expect(await service.retrieveInvoice({ store_id, id })).toMatchObject({
            status: "paid",
            discount_total: "5.96",
            outstanding: "0.00",
          })
        })
      })
    })

    describe("series of numbers", () => {
      it("count each by itself without gaps, also under refusal and two at once", async () => {
        const numbers = (series: string | null, pattern: string, orders: readonly string[]) =>
          Promise.all(
            orders.map((order) =>
              issue([part(order, "1")], { series, number_pattern: pattern }).then(
                ({ number }) => number,
                () => "refused"
              )
            )
          )
        const [own, exported] = await Promise.all([
          numbers(null, NUMBERS, ["1", "2", "3"]),
          numbers("EXPORT", "EX-{SEQ:3}", ["4", "5", "6"]),
        ])
        expect(own.sort()).toEqual(["INV-2026-000001", "INV-2026-000002", "INV-2026-000003"])
        expect(exported.sort()).toEqual(["EX-001", "EX-002", "EX-003"])
        // Refused after its number was drawn: the invoice has no line.
        expect(await codeOf(issue([{ ...part("7", "1"), lines: [] }], { series: "EXPORT", number_pattern: "EX-{SEQ:3}" }))).toBe(
          "invalid_invoice_line"
        )
        expect(await codeOf(issue([part("7", "1"), part("1", "1")], { id: "x", series: "EXPORT", number_pattern: "EX-{SEQ:3}" }))).toBe(
          "already_invoiced"
        )
        expect(await issue([part("8", "1")], { series: "EXPORT", number_pattern: "EX-{SEQ:3}" })).toMatchObject({
          series: "EXPORT",
          number: "EX-004",
        })
        expect(await issue([part("9", "1")])).toMatchObject({ series: null, number: "INV-2026-000004" })
      })
    })
  },
})
