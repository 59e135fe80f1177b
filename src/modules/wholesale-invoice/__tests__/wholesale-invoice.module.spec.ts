import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { NET_30 } from "../../../lib/terms/payment-terms"
import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { WholesaleInvoiceModuleService } from ".."
import { WHOLESALE_INVOICE } from ".."
import type { InvoiceLineInput } from "../domain/invoice-totals"

const actor: Actor = { actor_type: "user", actor_id: "user_1" }
const store_id = "whstore_1"
const issued_at = new Date("2026-02-10T08:30:00.000Z")

/** The refusals among settled promises; anything that is no domain error fails the test. */
function refusals(results: readonly PromiseSettledResult<unknown>[]) {
  return results.flatMap((result) => {
    if (result.status === "fulfilled") {
      return []
    }
    const error = asWholesaleError(result.reason)
    if (!error) {
      throw result.reason
    }
    return [error]
  })
}

async function refusalOf(promise: Promise<unknown>) {
  const [error] = refusals(await Promise.allSettled([promise]))
  return error
}

const line = (quantity: number, unit_price: string, tax_rate = "0", sku = "CUP"): InvoiceLineInput => ({
  order_line_id: `whordl_${sku}`,
  sku,
  title: `A "${sku}"? It's 100 % \\ fine`,
  quantity,
  unit_price,
  tax_rate,
})

moduleTestRunner<WholesaleInvoiceModuleService>({
  moduleName: WHOLESALE_INVOICE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const invoiceInput = (order_id: string, lines = [line(12, "100")], part = 0) => ({
      store_id,
      account_id: "whacc_1",
      parts: [{ order_id, order_number: `B2B-${order_id}`, purchase_order_number: "PO-2026-000001", part, lines }],
      connection_id: "whcon_1",
      currency_code: "usd",
      seller: { name: "North" },
      buyer: { name: "South" },
      terms: NET_30,
      number_pattern: "INV-{YYYY}-{SEQ:6}",
      issued_at,
      actor,
    })
    const issue = (order_id = "order_1", lines?: InvoiceLineInput[]) =>
      service.issueInvoice(invoiceInput(order_id, lines))
    const pay = (invoice_id: string, amount: string, id?: string) =>
      service.recordPayment({ id, store_id, invoice_id, amount, method: "bank transfer", actor })
    const creditInput = (invoice_id: string) => ({
      store_id,
      invoice_id,
      reason: "Damaged",
      number_pattern: "CN-{YYYY}-{SEQ:6}",
      issued_at,
      actor,
    })
    const creditAmount = (invoice_id: string, amount: string, id?: string) =>
      service.issueCreditNote({ ...creditInput(invoice_id), id, amount })
    const detail = (id: string) => service.retrieveInvoice({ store_id, id })

    // Its own block: hooks of the runner's block run before hooks added to it.
    describe("invoices", () => {
      afterEach(async () => {
        expect(await service.reconcile(store_id)).toEqual({
          invoices: [],
          mirrors: [],
          unmirrored: [],
        })
      })

      describe("issuing", () => {
        it("writes number, totals, tax and due date from the lines", async () => {
          const invoice = await issue("order_1", [line(3, "9.99", "7.25")])
          expect(invoice).toMatchObject({
            number: "INV-2026-000001",
            status: "issued",
            // 3 × 9.99 = 29.97; × 7.25 % = 2.172825 → 2.17; sum 32.14
            subtotal: "29.97",
            tax_total: "2.17",
            total: "32.14",
            paid_total: "0.00",
            credited_total: "0.00",
            outstanding: "32.14",
            tax_summary: [{ code: null, name: null, rate: "7.25", base: "29.97", tax: "2.17" }],
            // 10 February + 30 days
            due_at: new Date("2026-03-12T08:30:00.000Z"),
            issued_at,
            paid_at: null,
            revision: 1,
            announced_revision: 0,
          })
          const { lines, events, allowed_events } = await detail(invoice.id)
          expect(lines).toMatchObject([
            {
              line_number: 1,
              sku: "CUP",
              title: `A "CUP"? It's 100 % \\ fine`,
              quantity: 3,
              unit_price: "9.99",
              tax_rate: "7.25",
              subtotal: "29.97",
              tax_total: "2.17",
              credited_quantity: 0,
            },
          ])
          expect(events).toMatchObject([
            { event: "issue", from: null, to: "issued", actor_type: "user", actor_id: "user_1" },
          ])
          expect(allowed_events).toEqual(["pay", "credit", "write_off", "void"])
        })

        it.each([
          // 3 × 333 = 999, tax 99.9 → 100; half of it paid, the rest credited
          ["jpy", "333", "1099", "549", "550"],
          // 3 × 3.335 = 10.005, tax 1.0005 → 1.001
          ["kwd", "3.335", "11.006", "5.503", "5.503"],
        ])("keeps to the digits of %s from issue to paid", async (currency_code, price, total, paid, credited) => {
          const invoice = await service.issueInvoice({
            ...invoiceInput("order_1", [line(3, price, "10")]),
            currency_code,
          })
          expect(invoice.total).toBe(total)
          await pay(invoice.id, paid)
          const { credit_note } = await creditAmount(invoice.id, credited)
          expect(credit_note.total).toBe(credited)
          expect(await detail(invoice.id)).toMatchObject({
            status: "paid",
            paid_total: paid,
            credited_total: credited,
            outstanding: currency_code === "jpy" ? "0" : "0.000",
            mirrors: [{ total }],
          })
        })

        it("makes one invoice of one order, however often and at once it is asked for", async () => {
          const made = await Promise.all(Array.from({ length: 8 }, () => issue("order_1")))
          expect(new Set(made.map(({ id, number }) => `${id} ${number}`)).size).toBe(1)
          expect((await issue("order_2")).number).toBe("INV-2026-000002")
          expect((await detail(made[0].id)).lines).toHaveLength(1)
        })

        it("makes one invoice a shipment where shipments are invoiced", async () => {
          const parts = await Promise.all(
            [1, 2, 1].map((part) => service.issueInvoice(invoiceInput("order_1", undefined, part)))
          )
          expect(parts[0].id).toBe(parts[2].id)
          const found = await service.invoicesOfOrder({ store_id, order_id: "order_1" })
          expect(found.flatMap(({ orders }) => orders[0].parts).sort()).toEqual([1, 2])
          expect(new Set(parts.map(({ id }) => id)).size).toBe(2)
        })

        it("numbers fifty at once without a gap", async () => {
          const invoices = await Promise.all(
            Array.from({ length: 50 }, (_, index) => issue(`order_${index}`))
          )
          expect(invoices.map(({ number }) => number).sort()).toEqual(
            Array.from({ length: 50 }, (_, index) => `INV-2026-${String(index + 1).padStart(6, "0")}`)
          )
        })

        it("uses no number for an invoice that is refused", async () => {
          await issue("order_1")
          expect(await refusalOf(issue("order_2", [line(0, "1")]))).toMatchObject({
            code: "invalid_invoice_line",
          })
          const wrong = service.issueInvoice({ ...invoiceInput("order_2"), number_pattern: "INV" })
          expect(await refusalOf(wrong)).toMatchObject({ code: "invalid_number_pattern" })
          expect((await issue("order_2")).number).toBe("INV-2026-000002")
        })

        it("counts by store and by year", async () => {
          await issue("order_1")
          const other = await service.issueInvoice({
            ...invoiceInput("order_2"),
            store_id: "whstore_2",
          })
          const later = await service.issueInvoice({
            ...invoiceInput("order_3"),
            issued_at: new Date("2027-01-01T00:00:00Z"),
          })
          expect([other.number, later.number]).toEqual(["INV-2026-000001", "INV-2027-000001"])
        })

        it("is paid from the start where it costs nothing", async () => {
          const free = await issue("order_1", [line(1, "0")])
          expect(free).toMatchObject({ status: "paid", total: "0.00", paid_at: issued_at })
          expect((await detail(free.id)).mirrors).toMatchObject([{ status: "pending", total: "0.00" }])
        })
      })

      describe("payments", () => {
        it("pay in parts, then in full, and plan the mirror with the last", async () => {
          const { id } = await issue()
          const first = await pay(id, "500", "whpay_1")
          expect(first.payment).toMatchObject({ id: "whpay_1", amount: "500.00", unapplied: "0.00" })
          expect(first.invoices).toHaveLength(1)
          expect(first.invoices[0]).toMatchObject({
            status: "partially_paid",
            paid_total: "500.00",
            outstanding: "700.00",
            revision: 2,
          })
          expect(await service.pendingMirrors({ limit: 10 })).toEqual([])

          const [invoice] = (await pay(id, "700.00")).invoices
          expect(invoice).toMatchObject({ status: "paid", outstanding: "0.00", revision: 3 })
          expect(invoice.paid_at).toBeInstanceOf(Date)
          expect(await service.pendingMirrors({ limit: 10 })).toMatchObject([
            {
              invoice_id: id,
              core_order_id: derivedId("order", id, "order_1"),
              status: "pending",
              total: "1200.00",
              refunded_total: "0.00",
            },
          ])
          const { payments, events } = await detail(id)
          expect(payments.map(({ amount }) => amount)).toEqual(["500.00", "700.00"])
          expect(events.map(({ event, from, to }) => [event, from, to])).toEqual([
            ["issue", null, "issued"],
            ["pay", "issued", "partially_paid"],
            ["pay", "partially_paid", "paid"],
          ])
        })

        it("are recorded once by their id, also ten at once", async () => {
          const { id } = await issue()
          const results = await Promise.all(
            Array.from({ length: 10 }, () => pay(id, "700.00", "whpay_1"))
          )
          expect(new Set(results.map(({ payment }) => payment.id)).size).toBe(1)
          expect(await detail(id)).toMatchObject({ paid_total: "700.00", outstanding: "500.00" })

          const other = await issue("order_2")
          for (const again of [
            () => pay(id, "700.01", "whpay_1"),
            () => pay(other.id, "700.00", "whpay_1"),
          ]) {
            expect(await refusalOf(again())).toMatchObject({ status: 409, code: "payment_id_reused" })
          }
        })

        it("are refused beyond what is outstanding, with the figures", async () => {
          const { id } = await issue()
          await pay(id, "1000.00")
          await creditAmount(id, "100.00")
          expect(await refusalOf(pay(id, "100.01"))).toMatchObject({
            status: 409,
            code: "payment_exceeds_outstanding",
            details: {
              number: "INV-2026-000001",
              total: "1200.00",
              paid_total: "1000.00",
              credited_total: "100.00",
              outstanding: "100.00",
              amount: "100.01",
              over_by: "0.01",
            },
          })
          expect((await detail(id)).paid_total).toBe("1000.00")
        })

        it("never overpay when several come at once", async () => {
          const { id } = await issue()
          // 1200 = 3 × 400: three of five go through.
          const results = await Promise.allSettled(
            Array.from({ length: 5 }, () => pay(id, "400.00"))
          )
          expect(refusals(results).map(({ code }) => code)).toEqual(["not_allowed", "not_allowed"])
          expect(await detail(id)).toMatchObject({ status: "paid", paid_total: "1200.00" })
        })

        it("let one of two that are too much together through", async () => {
          const { id } = await issue()
          const results = await Promise.allSettled([pay(id, "700.00"), pay(id, "700.00")])
          expect(refusals(results)).toMatchObject([
            { code: "payment_exceeds_outstanding", details: { outstanding: "500.00", over_by: "200.00" } },
          ])
        })

        it.each(["0", "-1", "0.001"])("of %s are refused", async (amount) => {
          const { id } = await issue()
          expect(await refusalOf(pay(id, amount))).toMatchObject({ status: 400, code: "invalid_amount" })
        })

        it("leave nothing behind when their transaction fails", async () => {
          const { id } = await issue()
          const manager = MikroOrmWrapper.forkManager()
          const failed = manager.transactional(async (transactionManager) => {
            await service.recordPayment(
              { id: "whpay_1", store_id, invoice_id: id, amount: "1200", method: "cash", actor },
              { transactionManager }
            )
            throw new Error("the workflow goes no further")
          })
          await expect(failed).rejects.toThrow("goes no further")
          expect(await detail(id)).toMatchObject({ status: "issued", payments: [], mirrors: [] })
        })
      })

      describe("credit notes", () => {
        it("credit pieces of a line and sum to the invoice", async () => {
          const invoice = await issue("order_1", [line(3, "9.99", "7.25")])
          const { lines } = await detail(invoice.id)
          const note = (quantity: number) =>
            service.issueCreditNote({
              ...creditInput(invoice.id),
              lines: [{ line_id: lines[0].id, quantity }],
            })
          // Net 9.99; tax 2.17 / 3 = 0.7233… → 0.72
          const first = await note(1)
          expect(first.credit_note).toMatchObject({
            number: "CN-2026-000001",
            subtotal: "9.99",
            tax_total: "0.72",
            total: "10.71",
            tax_summary: [{ rate: "7.25", base: "9.99", tax: "0.72" }],
            reason: "Damaged",
          })
          expect(first.invoice).toMatchObject({ status: "issued", outstanding: "21.43" })
          expect(await refusalOf(note(3))).toMatchObject({
            code: "credit_exceeds_line",
            details: { remaining_quantity: 2, over_by: 1 },
          })
          // The rest: 19.98 + 1.45 = 21.43
          expect((await note(2)).credit_note.total).toBe("21.43")
          const after = await detail(invoice.id)
          expect(after).toMatchObject({ credited_total: "32.14", outstanding: "0.00" })
          expect(after.lines[0]).toMatchObject({
            credited_quantity: 3,
            credited_amount: "29.97",
            credited_tax: "2.17",
          })
        })

        it("end an unpaid invoice as credited, which is neither paid nor void nor mirrored", async () => {
          const { id } = await issue()
          const { invoice } = await creditAmount(id, "1200.00")
          expect(invoice).toMatchObject({ status: "credited", outstanding: "0.00", paid_at: null })
          expect((await detail(id)).mirrors).toEqual([])
          expect(await refusalOf(pay(id, "1.00"))).toMatchObject({ code: "not_allowed" })
          expect(await refusalOf(service.ensureMirrors({ store_id, invoice_id: id }))).toMatchObject({
            code: "invoice_not_paid",
          })
        })

        it("make a partly paid invoice paid when they cover the rest", async () => {
          const { id } = await issue()
          await pay(id, "1000.00")
          const { invoice } = await creditAmount(id, "200.00")
          expect(invoice).toMatchObject({ status: "paid", outstanding: "0.00" })
          const { mirrors } = await detail(id)
          expect(mirrors).toMatchObject([{ status: "pending", total: "1200.00" }])
        })

        it("leave a paid invoice paid; the money is credit on account", async () => {
          const { id } = await issue()
          await pay(id, "1200.00")
          const { invoice } = await creditAmount(id, "1200.00")
          expect(invoice).toMatchObject({ status: "paid", credited_total: "1200.00", outstanding: "0.00" })
        })

        it("never exceed what earlier ones leave, also at once", async () => {
          const { id } = await issue()
          const results = await Promise.allSettled(
            Array.from({ length: 4 }, () => creditAmount(id, "500.00"))
          )
          expect(refusals(results)).toMatchObject([
            {
              status: 409,
              code: "credit_exceeds_invoice",
              details: { total: "1200.00", credited_total: "1000.00", creditable: "200.00", over_by: "300.00" },
            },
            { code: "credit_exceeds_invoice" },
          ])
          const { credit_notes } = await detail(id)
          expect(credit_notes.map(({ number }) => number).sort()).toEqual([
            "CN-2026-000001",
            "CN-2026-000002",
          ])
        })

        it("are issued once by their id", async () => {
          const { id } = await issue()
          const { lines } = await detail(id)
          const results = await Promise.all(
            Array.from({ length: 5 }, () => creditAmount(id, "100.00", "whcn_1"))
          )
          expect(new Set(results.map(({ credit_note }) => credit_note.number)).size).toBe(1)
          const byLine = { ...creditInput(id), id: "whcn_2", lines: [{ line_id: lines[0].id, quantity: 1 }] }
          const made = await service.issueCreditNote(byLine)
          expect((await service.issueCreditNote(byLine)).credit_note).toEqual(made.credit_note)

          for (const again of [
            () => creditAmount(id, "100.01", "whcn_1"),
            () => creditAmount(id, made.credit_note.total, "whcn_2"),
            () => service.issueCreditNote({ ...byLine, lines: [{ line_id: lines[0].id, quantity: 2 }] }),
          ]) {
            expect(await refusalOf(again())).toMatchObject({ code: "credit_note_id_reused" })
          }
        })

        it("over all that is left are issued once, and leave nothing to void or to credit", async () => {
          const { id } = await issue()
          await creditAmount(id, "200.00")
          const rest = { ...creditInput(id), id: "whcn_rest" }

          const notes = await Promise.all(Array.from({ length: 3 }, () => service.creditRest(rest)))

          // 1,200 − 200
          expect(notes).toMatchObject(Array(3).fill({ credit_note: { id: "whcn_rest", total: "1000.00" } }))
          expect(await detail(id)).toMatchObject({ status: "credited", credited_total: "1200.00" })
          expect((await service.creditRest({ ...rest, id: "whcn_more" })).credit_note).toBeUndefined()
          const voiding = service.voidInvoice({ store_id, id, reason: "Wrong address", actor })
          expect(await refusalOf(voiding)).toMatchObject({ code: "not_allowed" })
        })

        it("over all that is left, and withdrawing at once, leave one of the two", async () => {
          for (const order_id of ["order_1", "order_2", "order_3", "order_4"]) {
            const { id } = await issue(order_id)
            const [note, voided] = await Promise.allSettled([
              service.creditRest({ ...creditInput(id), id: `whcn_${order_id}` }),
              service.voidInvoice({ store_id, id, reason: "Wrong address", actor }),
            ])
            const { status, credit_notes } = await detail(id)
            expect({ note, status, notes: credit_notes.length }).toMatchObject(
              voided.status === "fulfilled"
                ? { note: { status: "fulfilled", value: { credit_note: undefined } }, status: "void", notes: 0 }
                : { note: { status: "fulfilled", value: { credit_note: { total: "1200.00" } } }, status: "credited", notes: 1 }
            )
          }
        })

        it("are refused over lines that cost nothing", async () => {
          const { id } = await issue("order_1", [line(1, "5"), line(1, "0", "0", "SAMPLE")])
          const { lines } = await detail(id)
          const free = service.issueCreditNote({
            ...creditInput(id),
            lines: [{ line_id: lines[1].id, quantity: 1 }],
          })
          expect(await refusalOf(free)).toMatchObject({ status: 409, code: "nothing_to_credit" })
        })
      })

      describe("voiding", () => {
        it("withdraws an untouched invoice, with the reason", async () => {
          const { id } = await issue()
          const invoice = await service.voidInvoice({ store_id, id, reason: "Wrong buyer", actor })
          expect(invoice).toMatchObject({ status: "void", outstanding: "0.00", revision: 2 })
          expect((await detail(id)).events.at(-1)).toMatchObject({ event: "void", reason: "Wrong buyer" })
          expect(await refusalOf(pay(id, "1.00"))).toMatchObject({
            code: "not_allowed",
            details: { status: "void", event: "pay", allowed_events: [] },
          })
          // Its number stays taken, and the order is not invoiced again.
          expect((await issue()).id).toBe(id)
          expect((await issue("order_2")).number).toBe("INV-2026-000002")
        })

        it("is refused once something was paid or credited", async () => {
          const paid = await issue("order_1")
          await pay(paid.id, "1.00")
          const credited = await issue("order_2")
          await creditAmount(credited.id, "1.00")
          for (const { id } of [paid, credited]) {
            expect(
              await refusalOf(service.voidInvoice({ store_id, id, reason: "Late", actor }))
            ).toMatchObject({ code: "not_allowed", details: { allowed_events: ["pay", "credit", "write_off"] } })
          }
        })

        it("and paying at once leave one of the two", async () => {
          const { id } = await issue()
          const results = await Promise.allSettled([
            pay(id, "1200.00"),
            service.voidInvoice({ store_id, id, reason: "Late", actor }),
          ])
          expect(refusals(results).map(({ code }) => code)).toEqual(["not_allowed"])
        })
      })

      describe("mirrors", () => {
        const paidInvoice = async (order_id = "order_1") => {
          const { id } = await issue(order_id)
          await pay(id, "1200.00")
          return id
        }
        const mirrorOf = async (invoice_id: string) => (await service.ensureMirrors({ store_id, invoice_id }))[0]

        it("are planned once, under an id that follows from invoice and order", async () => {
          const id = await paidInvoice()
          const mirrors = await Promise.all(Array.from({ length: 5 }, () => mirrorOf(id)))
          expect(new Set(mirrors.map((mirror) => `${mirror.id} ${mirror.core_order_id}`)).size).toBe(1)
          expect(mirrors[0]).toMatchObject({
            core_order_id: derivedId("order", id, "order_1"),
            invoice_number: "INV-2026-000001",
            order_number: "B2B-order_1",
          })
        })

        it("are pending until they are marked made, once", async () => {
          const { id } = await mirrorOf(await paidInvoice())
          const made = await service.markMirrorMade({ store_id, id })
          expect(made.status).toBe("made")
          expect(await service.markMirrorMade({ store_id, id })).toEqual(made)
          expect(await service.pendingMirrors({ limit: 10 })).toEqual([])
        })

        it("are paged by the sweeper past the ones that fail", async () => {
          await Promise.all(["order_1", "order_2", "order_3"].map(paidInvoice))
          const first = await service.pendingMirrors({ limit: 2 })
          const rest = await service.pendingMirrors({ limit: 2, after: first[1].id })
          expect(new Set([...first, ...rest].map(({ order_id }) => order_id)).size).toBe(3)
        })

        it("are refunded by a credit note once, before or after they are made", async () => {
          const invoice_id = await paidInvoice()
          const mirror = await mirrorOf(invoice_id)
          const { credit_note } = await creditAmount(invoice_id, "200.00")
          expect(await service.pendingMirrorRefunds({ limit: 10 })).toEqual([])
          await service.markMirrorMade({ store_id, id: mirror.id })

          const [refund] = await service.pendingMirrorRefunds({ limit: 10 })
          expect(refund).toMatchObject({
            credit_note_id: credit_note.id,
            core_order_id: mirror.core_order_id,
            amount: "200.00",
            status: "pending",
          })
          expect(
            await service.ensureMirrorRefunds({ store_id, credit_note_id: credit_note.id })
          ).toEqual([refund])
          const done = await Promise.all(
            Array.from({ length: 5 }, () => service.markMirrorRefundDone({ store_id, id: refund.id }))
          )
          expect(done.map(({ mirror: { refunded_total } }) => refunded_total)).toEqual(
            Array.from({ length: 5 }, () => "200.00")
          )
          expect(await service.pendingMirrorRefunds({ limit: 10 })).toEqual([])
          expect((await detail(invoice_id)).mirrors[0].refunded_total).toBe("200.00")
        })

        it("carry the refunds of credit notes that came before the payment", async () => {
          const { id } = await issue()
          const { credit_note } = await creditAmount(id, "200.00")
          expect(
            await service.ensureMirrorRefunds({ store_id, credit_note_id: credit_note.id })
          ).toEqual([])
          await pay(id, "1000.00")
          const mirror = await mirrorOf(id)
          await service.markMirrorMade({ store_id, id: mirror.id })
          expect(await service.pendingMirrorRefunds({ limit: 10 })).toMatchObject([
            { mirror_id: mirror.id, amount: "200.00" },
          ])
        })

        it("are reversed once, and what was still to be refunded goes with them", async () => {
          const invoice_id = await paidInvoice()
          const { id } = await mirrorOf(invoice_id)
          await service.markMirrorMade({ store_id, id })
          await creditAmount(invoice_id, "200.00")
          const reversed = await service.markMirrorReversed({ store_id, id })
          expect(reversed.status).toBe("reversed")
          expect(await service.markMirrorReversed({ store_id, id })).toEqual(reversed)
          expect(await service.pendingMirrorRefunds({ limit: 10 })).toEqual([])

          const { credit_note } = await creditAmount(invoice_id, "1000.00")
          expect(
            await service.ensureMirrorRefunds({ store_id, credit_note_id: credit_note.id })
          ).toMatchObject([{ status: "superseded" }])
        })

        it("that were reversed before they were made cannot be made any more", async () => {
          const { id } = await mirrorOf(await paidInvoice())
          await service.markMirrorReversed({ store_id, id })
          expect(await refusalOf(service.markMirrorMade({ store_id, id }))).toMatchObject({
            code: "not_allowed",
            details: { status: "reversed", event: "make" },
          })
          expect(await service.pendingMirrors({ limit: 10 })).toEqual([])
        })
      })

      describe("reading", () => {
        const now = new Date("2026-03-20T00:00:00Z")

        it("filters by status, account, due date and number, and pages", async () => {
          const first = await issue("order_1")
          const second = await service.issueInvoice({
            ...invoiceInput("order_2"),
            account_id: "whacc_2",
            terms: { type: "net", days: 60, discount: null },
          })
          const third = await issue("order_3")
          await pay(third.id, "1200.00")

          const numbers = async (filters: object, page = {}) =>
            (
              await service.listInvoices({ store_id, now, ...filters }, { order: "number", ...page })
            ).invoices.map(({ id }) => id)
          expect(await numbers({})).toEqual([first.id, second.id, third.id])
          expect(await numbers({ status: "issued" })).toEqual([first.id, second.id])
          expect(await numbers({ status: ["paid", "void"] })).toEqual([third.id])
          expect(await numbers({ account_id: "whacc_2" })).toEqual([second.id])
          expect(await numbers({ order_id: "order_1" })).toEqual([first.id])
          // Due on 12 March, 11 April, and paid.
          expect(await numbers({ overdue: true })).toEqual([first.id])
          expect(await numbers({ overdue: false })).toEqual([second.id, third.id])
          expect(await numbers({ q: "000002" })).toEqual([second.id])
          expect(await numbers({ q: "b2b-ORDER_3" })).toEqual([third.id])
          expect(await numbers({ q: "%" })).toEqual([])
          expect(await numbers({}, { limit: 1, offset: 1 })).toEqual([second.id])
          expect((await service.listInvoices({ store_id }, { limit: 1 })).count).toBe(3)
          expect(await refusalOf(service.listInvoices({ store_id }, { order: "id; drop" }))).toMatchObject(
            { status: 400, code: "invalid_order" }
          )
          const [late] = (await service.listInvoices({ store_id, now, overdue: true })).invoices
          expect(late.is_overdue).toBe(true)
        })

        it("sums up what is open", async () => {
          await issue("order_1")
          const second = await issue("order_2")
          await pay(second.id, "200.00")
          const third = await issue("order_3")
          await pay(third.id, "1200.00")
          // 1200 + (1200 − 200)
          expect(await service.summarise({ store_id, now })).toEqual({
            invoices_open: 2,
            invoices_overdue: 2,
            outstanding: [{ currency_code: "usd", amount: "2200.00" }],
            bills_open: 0,
          })
        })

        it("shows and changes no other store's rows", async () => {
          const { id } = await issue()
          const foreign = { store_id: "whstore_2", id }
          const { payment } = await pay(id, "1.00")
          const { credit_note } = await creditAmount(id, "1.00")
          const input = { ...creditInput(id), store_id: "whstore_2", amount: "1" }
          for (const attempt of [
            () => service.retrieveInvoice(foreign),
            () => service.recordPayment({ ...input, method: "cash" }),
            () => service.issueCreditNote(input),
            () => service.voidInvoice({ ...foreign, reason: "x", actor }),
            () => service.ensureMirrors({ store_id: "whstore_2", invoice_id: id }),
            () =>
              service.ensureMirrorRefunds({ store_id: "whstore_2", credit_note_id: credit_note.id }),
            () => service.retrievePayment({ store_id: "whstore_2", id: payment.id }),
            () => service.retrieveCreditNote({ store_id: "whstore_2", id: credit_note.id }),
          ]) {
            expect(await refusalOf(attempt())).toMatchObject({ status: 404, code: "not_found" })
          }
          expect((await service.listInvoices({ store_id: "whstore_2" })).count).toBe(0)
          expect((await service.listPayments({ store_id: "whstore_2" })).count).toBe(0)
          expect((await service.listCreditNotes({ store_id: "whstore_2" })).count).toBe(0)
        })
      })

      describe("posting", () => {
        it("names the payments and credit notes whose ledger entry is not noted yet", async () => {
          const { id } = await issue()
          const { payment } = await pay(id, "100.00")
          const { credit_note } = await creditAmount(id, "100.00")
          const posted = { type: "payment", id: payment.id, store_id } as const
          const toPost = (type: "payment" | "credit_note") => service.documentsToPost({ type, limit: 10 })
          const of = { store_id, account_id: "whacc_1", amount: "100.00" }
          expect(await toPost("payment")).toEqual([{ type: "payment", id: payment.id, ...of }])
          expect(await toPost("credit_note")).toEqual([{ type: "credit_note", id: credit_note.id, ...of }])
          await service.markPosted([posted])
          const { posted_at } = await service.retrievePayment(posted)
          await service.markPosted([posted])
          expect((await service.retrievePayment(posted)).posted_at).toEqual(posted_at)
          await service.markPosted([{ type: "credit_note", id: credit_note.id, store_id }])
          expect(await toPost("payment")).toEqual([])
          expect(await toPost("credit_note")).toEqual([])
          expect(
            await refusalOf(service.markPosted([{ ...posted, store_id: "whstore_2" }]))
          ).toMatchObject({ code: "not_found" })
        })

        it("tells the ledger why and by whom, in the order asked for, of those that have the entry", async () => {
          const { id } = await issue()
          const { payment } = await pay(id, "100.00")
          const { credit_note } = await creditAmount(id, "100.00")
          const documents = [
            { type: "credit_note", id: credit_note.id, store_id },
            { type: "payment", id: payment.id, store_id },
          ] as const
          const of = { store_id, account_id: "whacc_1", amount: "100.00", actor }
          expect(await service.dueEntries(documents)).toEqual([
            { type: "credit_note", id: credit_note.id, reason: credit_note.reason, effective_at: credit_note.issued_at, ...of },
            { type: "payment", id: payment.id, reason: null, effective_at: payment.received_at, ...of },
          ])
          await service.markPosted(documents)
          expect(await service.documentsToPost({ type: "payment", limit: 10 })).toEqual([])
          expect(await service.documentsToPost({ type: "credit_note", limit: 10 })).toEqual([])
          for (const absent of [
            { type: "payment_void", id: payment.id, store_id },
            { type: "payment", id: payment.id, store_id: "whstore_2" },
          ] as const) {
            expect(await refusalOf(service.dueEntries([documents[0], absent]))).toMatchObject({ code: "not_found" })
          }
        })
      })

      describe("announcing", () => {
        it("names every document whose newest revision the partner does not know", async () => {
          const { id } = await issue()
          await service.issueInvoice({ ...invoiceInput("order_2"), connection_id: null })
          const behind = (document_type: "invoice" | "credit_note" | "payment", after?: string) =>
            service.documentsToAnnounce({ document_type, limit: 10, after })
          expect(await behind("invoice")).toEqual([
            { id, store_id, connection_id: "whcon_1", revision: 1 },
          ])
          expect(await behind("invoice", id)).toEqual([])
          await service.markAnnounced({ document_type: "invoice", id, revision: 1 })
          expect(await behind("invoice")).toEqual([])

          const { payment } = await pay(id, "100.00")
          const { credit_note } = await creditAmount(id, "100.00")
          // The invoice was changed twice since: revision 3.
          expect(await behind("invoice")).toMatchObject([{ id, revision: 3 }])
          expect(await behind("credit_note")).toMatchObject([{ id: credit_note.id, revision: 1 }])
          expect(await behind("payment")).toMatchObject([{ id: payment.id, revision: 1 }])
          await service.markAnnounced({ document_type: "invoice", id, revision: 2 })
          await service.markAnnounced({ document_type: "invoice", id, revision: 1 })
          expect((await detail(id)).announced_revision).toBe(2)
        })
      })

      describe("reconciliation", () => {
        it("reports totals that are not what payments and notes sum to, and paid invoices without a mirror", async () => {
          const { id } = await issue()
          await pay(id, "1200.00")
          const run = (sql: string) => MikroOrmWrapper.forkManager().execute(sql)
          await run(`update wholesale_invoice set paid_total = 1100`)
          await run(`update wholesale_mirror set deleted_at = now()`)
          expect(await service.reconcile(store_id)).toMatchObject({
            invoices: [{ invoice_id: id, paid_total: "1100.00", allocated: "1200.00" }],
            unmirrored: [id],
          })
          await run(`update wholesale_invoice set paid_total = 1200`)
          await run(`update wholesale_mirror set deleted_at = null`)
        })
      })
    })

    describe("bills", () => {
      const document = {
        store_id: "whstore_2",
        connection_id: "whcon_2",
        invoice_id: "whinv_1",
        incarnation: 1,
        revision: 1,
        number: "INV-2026-000001",
        orders: [
          { order_number: "B2B-2026-000001", purchase_order_id: "whpo_1", purchase_order_number: "PO-2026-000001" },
        ],
        status: "issued",
        currency_code: "usd",
        subtotal: "29.97",
        charge_total: "0.00",
        tax_total: "2.17",
        total: "32.14",
        paid_total: "0.00",
        credited_total: "0.00",
        tax_summary: [{ code: null, name: "7.25 %", rate: "7.25", base: "29.97", tax: "2.17" }],
        lines: [
          { line_id: "whinvl_1", kind: "item", purchase_order_line_id: null, sku: "CUP", title: "Cup", quantity: 3, unit_price: "9.99", tax_rate: "7.25", subtotal: "29.97" },
        ],
        issued_at: issued_at.toISOString(),
        due_at: "2026-03-12T08:30:00.000Z",
      } as const
      const paid = { ...document, revision: 2, status: "paid", paid_total: "32.14" } as const

      it("keep the newest revision of the partner's invoice, in whatever order they come", async () => {
        expect((await service.receiveInvoice(document)).applied).toBe(true)
        expect((await service.receiveInvoice(document)).applied).toBe(false)
        const { bill, applied } = await service.receiveInvoice(paid)
        expect(applied).toBe(true)
        expect(bill).toMatchObject({ status: "paid", outstanding: "0.00", document_revision: 2 })
        const late = await service.receiveInvoice(document)
        expect(late).toMatchObject({ applied: false, bill: { status: "paid", document_revision: 2 } })
        expect((await service.listBills({ store_id: "whstore_2" })).count).toBe(1)
      })

      it("take a lower revision of a partner restored from backup, and none from before that", async () => {
        await service.receiveInvoice({ ...paid, revision: 9 })
        const restored = await service.receiveInvoice({ ...document, incarnation: 2 })
        expect(restored).toMatchObject({
          applied: true,
          bill: { status: "issued", document_incarnation: 2, document_revision: 1 },
        })
        expect(await service.receiveInvoice({ ...paid, revision: 10 })).toMatchObject({
          applied: false,
          bill: { status: "issued", document_incarnation: 2, document_revision: 1 },
        })
      })

      it("end at the newest revision also when all come at once", async () => {
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            service.receiveInvoice({ ...document, revision: index + 1, number: `${index + 1}` })
          )
        )
        expect(results.some(({ applied }) => applied)).toBe(true)
        const { bills } = await service.listBills({ store_id: "whstore_2" })
        expect(bills).toMatchObject([{ document_revision: 10, invoice_number: "10" }])
      })

      const partner = {
        store_id: "whstore_2",
        connection_id: "whcon_2",
        invoice_id: "whinv_1",
        incarnation: 1,
        currency_code: "usd",
      }
      const note = {
        ...partner,
        credit_note_id: "whcn_1",
        number: "CN-2026-000001",
        total: "10.71",
        reason: "Damaged",
        lines: [],
        issued_at,
      }
      const { invoice_id, ...ofPartner } = partner
      const payment = {
        ...ofPartner,
        payment_id: "whpay_1",
        allocations: [{ invoice_id, amount: "21.43" }],
        method: "bank transfer",
        reference: "R-1",
        received_at: "2026-03-01T00:00:00Z",
      }

      it("take credit notes and payments, also before their invoice", async () => {
        expect(await service.receiveCreditNote({ ...note, revision: 2 })).toEqual({ applied: true })
        expect(await service.receiveCreditNote({ ...note, revision: 1, reason: "Old" })).toEqual({
          applied: false,
        })
        expect(await service.receivePayment({ ...payment, revision: 1 })).toEqual({ applied: true })
        const { bill } = await service.receiveInvoice(document)
        const { documents } = await service.retrieveBill({ store_id: "whstore_2", id: bill.id })
        expect(documents).toMatchObject([
          { kind: "credit_note", number: "CN-2026-000001", amount: "10.71", note: "Damaged" },
          { kind: "payment", number: null, amount: "21.43", note: "bank transfer: R-1" },
        ])
      })

      it("take credit notes and payments of a restored partner, whatever their revision", async () => {
        const restored = { incarnation: 2, revision: 1 }
        await service.receiveCreditNote({ ...note, revision: 9 })
        await service.receivePayment({ ...payment, revision: 9 })
        expect(await service.receiveCreditNote({ ...note, ...restored, reason: "Short" })).toEqual({ applied: true })
        expect(await service.receivePayment({ ...payment, ...restored, allocations: [{ invoice_id, amount: "11.43" }] })).toEqual({ applied: true })
        expect(await service.receiveCreditNote({ ...note, revision: 10 })).toEqual({ applied: false })
        expect(await service.receivePayment({ ...payment, revision: 10 })).toEqual({ applied: false })
        const { bill } = await service.receiveInvoice(document)
        const { documents } = await service.retrieveBill({ store_id: "whstore_2", id: bill.id })
        expect(documents).toMatchObject([
          { kind: "credit_note", note: "Short", document_incarnation: 2, document_revision: 1 },
          { kind: "payment", amount: "11.43", document_incarnation: 2, document_revision: 1 },
        ])
      })

      it("share a payment that lies on several of them, and lose what is taken off", async () => {
        const { bill: first } = await service.receiveInvoice(document)
        const other = { ...document, invoice_id: "whinv_2", number: "INV-2026-000002" }
        const { bill: second } = await service.receiveInvoice(other)
        const amounts = async () =>
          Promise.all(
            [first, second].map(async ({ id }) =>
              (await service.retrieveBill({ store_id: "whstore_2", id })).documents.map(({ amount }) => amount)
            )
          )
        await service.receivePayment({
          ...payment,
          revision: 1,
          allocations: [
            { invoice_id, amount: "20.00" },
            { invoice_id: "whinv_2", amount: "1.43" },
          ],
        })
        expect(await amounts()).toEqual([["20.00"], ["1.43"]])
        const moved = [{ invoice_id: "whinv_2", amount: "21.43" }]
        await service.receivePayment({ ...payment, revision: 2, allocations: moved })
        expect(await amounts()).toEqual([[], ["21.43"]])
        // The cheque bounced; what was known before comes late.
        await service.receivePayment({ ...payment, revision: 3, allocations: [] })
        await service.receivePayment({ ...payment, revision: 2, allocations: moved })
        expect(await amounts()).toEqual([[], []])
      })

      it("owe what their partner says, where something was discounted", async () => {
        // 32.14 − 31.50 paid − 0.64 for paying early
        const { bill } = await service.receiveInvoice({
          ...document,
          status: "paid",
          paid_total: "31.50",
          outstanding: "0.00",
        })
        expect(bill.outstanding).toBe("0.00")
      })

      it("are filtered, told overdue and kept from other stores", async () => {
        const now = new Date("2026-03-20T00:00:00Z")
        const { bill } = await service.receiveInvoice(document)
        await service.receiveInvoice({ ...paid, invoice_id: "whinv_2", number: "INV-2026-000002" })
        const found = async (filters: object) =>
          (await service.listBills({ store_id: "whstore_2", now, ...filters })).bills.map(
            ({ invoice_number }) => invoice_number
          )
        expect(await found({ overdue: true })).toEqual(["INV-2026-000001"])
        expect(await found({ status: "paid" })).toEqual(["INV-2026-000002"])
        expect(await found({ q: "000002" })).toEqual(["INV-2026-000002"])
        expect(await found({ q: "po-2026-000001" })).toHaveLength(2)
        expect(await found({ purchase_order_id: "whpo_1" })).toHaveLength(2)
        expect(await found({ purchase_order_id: "whpo_9" })).toEqual([])
        expect((await service.summarise({ store_id: "whstore_2", now })).bills_open).toBe(1)
        expect(await refusalOf(service.retrieveBill({ store_id: "whstore_1", id: bill.id }))).toMatchObject(
          { code: "not_found" }
        )
        // Another store cannot take the bill over by naming the same connection.
        const foreign = service.receiveInvoice({ ...paid, store_id: "whstore_1", revision: 9 })
        expect(await refusalOf(foreign)).toMatchObject({ code: "not_found" })
      })
    })
  },
})
