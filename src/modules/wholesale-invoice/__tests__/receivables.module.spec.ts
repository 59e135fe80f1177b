import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { sumAmounts } from "../../../lib/money/amount"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import { NET_30 } from "../../../lib/terms/payment-terms"
import type { WholesaleInvoiceModuleService } from ".."
import { WHOLESALE_INVOICE } from ".."
import type { AllocationStrategy, Choice } from "../domain/allocation-plan"
import type { Posting } from "../persistence/posting"
import { POSTING_TYPES } from "../persistence/posting"

const actor: Actor = { actor_type: "user", actor_id: "user_1" }
const store_id = "whstore_1"
const account_id = "whacc_1"
const reason = "The cheque bounced."
const issued_at = new Date("2026-01-01T08:30:00.000Z")
const day = (date: string) => new Date(`${date}T12:00:00.000Z`)

async function refusalOf(promise: Promise<unknown>) {
  const [result] = await Promise.allSettled([promise])
  if (result.status === "fulfilled") {
    return undefined
  }
  const error = asWholesaleError(result.reason)
  if (!error) {
    throw result.reason
  }
  return error
}

moduleTestRunner<WholesaleInvoiceModuleService>({
  moduleName: WHOLESALE_INVOICE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    let orders = 0
    const issue = (total: string, input: { terms?: PaymentTerms; account_id?: string; currency_code?: string; issued_at?: Date } = {}) => {
      orders += 1
      return service.issueInvoice({
        store_id,
        account_id,
        parts: [
          {
            order_id: `order_${orders}`,
            order_number: `B2B-${orders}`,
            lines: [
              { order_line_id: "whordl_1", sku: "CUP", title: "Cup", quantity: 1, unit_price: total, tax_rate: "0" },
            ],
          },
        ],
        connection_id: "whcon_1",
        currency_code: "usd",
        seller: { name: "North" },
        buyer: { name: "South" },
        terms: NET_30,
        number_pattern: "INV-{YYYY}-{SEQ:6}",
        issued_at,
        actor,
        ...input,
      })
    }
    const record = (
      amount: string,
      strategy: AllocationStrategy = "due_date",
      input: { id?: string; received_at?: Date; allocations?: Choice[] } = {}
    ) =>
      service.recordPayment({
        store_id,
        account_id,
        currency_code: "usd",
        strategy,
        amount,
        method: "cheque",
        reference: "1001",
        received_at: day("2026-01-10"),
        actor,
        ...input,
      })
    const credit = (invoice_id: string, amount: string, id?: string) =>
      service.issueCreditNote({
        id,
        store_id,
        invoice_id,
        amount,
        reason: "Damaged",
        number_pattern: "CN-{YYYY}-{SEQ:6}",
        issued_at: day("2026-01-12"),
        actor,
      })
    const source = (id: string, type: "payment" | "credit_note" = "payment") => ({ type, id })
    const allocate = (id: string, allocations?: Choice[], type?: "payment" | "credit_note", operation?: string) =>
      service.allocateCredit({
        id: operation,
        store_id,
        source: source(id, type),
        strategy: allocations ? "by_choice" : "due_date",
        allocations,
        at: day("2026-01-20"),
        actor,
      })
    const unallocate = (id: string, invoice_id?: string, type?: "payment" | "credit_note") =>
      service.unallocateCredit({ store_id, source: source(id, type), invoice_id, reason, at: day("2026-01-25"), actor })
    const voidPayment = (id: string) =>
      service.voidPayment({ store_id, id, reason, at: day("2026-01-25"), actor })
    const refund = (id: string, amount: string, refundId?: string, type?: "payment" | "credit_note") =>
      service.refundCredit({ id: refundId, store_id, source: source(id, type), amount, method: "transfer", actor })

    const outstanding = async (...invoices: { id: string }[]) =>
      Promise.all(
        invoices.map(async ({ id }) => {
          const invoice = await service.invoiceWithLines({ store_id, id })
          return `${invoice.status} ${invoice.outstanding}`
        })
      )
    const unapplied = async (id: string) => (await service.retrievePayment({ store_id, id })).unapplied
    const mirrorsOf = async ({ id }: { id: string }) =>
      (await service.listMirrors({ store_id, invoice_id: id }, { order: "round" })).mirrors

    /** The ledger as it will be once everything is posted: what the documents have for it. */
    const SIGN: Record<Posting["type"], string> = {
      payment: "-", payment_void: "", credit_note: "-", refund: "", discount: "-", discount_void: "",
      write_off: "-", write_off_void: "", late_charge: "", late_charge_void: "-",
    }
    const ledger = async () => {
      const { invoices } = await service.listInvoices({ store_id }, { limit: 1_000 })
      const postings = (
        await Promise.all(POSTING_TYPES.map((type) => service.documentsToPost({ type, limit: 1_000 })))
      ).flat()
      return sumAmounts(
        [
          ...invoices.filter(({ status }) => status !== "void").map(({ total }) => total),
          ...postings.map(({ type, amount }) => `${SIGN[type]}${amount}`),
        ],
        "usd"
      )
    }
    /** Open invoices and late charges − unapplied credit. */
    const documents = async () => {
      const [{ sum }] = await MikroOrmWrapper.forkManager().execute<[{ sum: string }]>(`
        select (select coalesce(sum(total - paid_total - applied_credit_total - discount_total - written_off_total), 0)
                  from wholesale_invoice where status <> 'void')
             + (select coalesce(sum(amount - settled_total), 0) from wholesale_late_charge where voided_at is null)
             - (select coalesce(sum(amount), 0) from wholesale_payment where status = 'received')
             - (select coalesce(sum(total), 0) from wholesale_credit_note)
             + (select coalesce(sum(amount), 0) from wholesale_payment_allocation
                 where kind in ('payment', 'credit_note') and reversed_on is null)
             + (select coalesce(sum(amount), 0) from wholesale_refund) as sum`)
      return sumAmounts([sum], "usd")
    }

    // Its own block: hooks of the runner's block run before hooks added to it.
    describe("receivables", () => {
      afterEach(async () => {
        expect(await service.reconcile(store_id)).toEqual({ invoices: [], mirrors: [], unmirrored: [] })
        expect(await documents()).toBe(await ledger())
      })

      describe("one payment over invoices of 1,200, 800 and 500", () => {
        const three = async () => [
          await issue("1200.00"),
          await issue("800.00", { issued_at: day("2026-01-02") }),
          await issue("500.00", { issued_at: day("2026-01-03") }),
        ]

        it("of 2,100 goes to them by due date, and voiding it restores all", async () => {
          const invoices = await three()
          const { payment, invoices: changed } = await record("2100.00")
          // 2,100 = 1,200 + 800 + 100; 500 − 100 = 400 are left
          expect(await outstanding(...invoices)).toEqual(["paid 0.00", "paid 0.00", "partially_paid 400.00"])
          expect(changed.map(({ id }) => id)).toEqual(invoices.map(({ id }) => id))
          expect(payment).toMatchObject({ unapplied: "0.00", status: "received" })
          expect(await ledger()).toBe("400.00")

          const voided = await voidPayment(payment.id)
          expect(voided.payment).toMatchObject({ status: "void", void_reason: reason, unapplied: "0.00" })
          expect(await outstanding(...invoices)).toEqual(["issued 1200.00", "issued 800.00", "issued 500.00"])
          expect(await ledger()).toBe("2500.00")
          expect((await mirrorsOf(invoices[0])).map(({ status }) => status)).toEqual(["reversed"])
          const { events } = await service.retrieveInvoice({ store_id, id: invoices[0].id })
          expect(events.at(-1)).toMatchObject({
            event: "release",
            from: "paid",
            to: "issued",
            reason,
            details: { payment_id: payment.id, amount: "1200.00" },
          })
        })

        it("of 2,600 leaves 100 on the account", async () => {
          const invoices = await three()
          const { payment } = await record("2600.00")
          expect(await outstanding(...invoices)).toEqual(["paid 0.00", "paid 0.00", "paid 0.00"])
          expect(payment.unapplied).toBe("100.00")
          // Everything is paid, and 100 more.
          expect(await ledger()).toBe("-100.00")
        })

        it("of 1,300 is refused on the one of 1,200", async () => {
          const [first] = await three()
          const { payment } = await record("1300.00", "unapplied")
          const allocations = [{ invoice_id: first.id, amount: "1300.00" }]
          for (const attempt of [
            () => allocate(payment.id, allocations),
            () => record("1300.00", "by_choice", { allocations }),
          ]) {
            expect(await refusalOf(attempt())).toMatchObject({
              status: 409,
              code: "payment_exceeds_outstanding",
              details: { outstanding: "1200.00", amount: "1300.00", over_by: "100.00" },
            })
          }
          expect(await unapplied(payment.id)).toBe("1300.00")
          expect((await service.listPayments({ store_id })).count).toBe(1)
        })

        it("is told as one document, with all that was done with it", async () => {
          const [first, second] = await three()
          const { payment } = await record("2000.00")
          await unallocate(payment.id, second.id)
          await refund(payment.id, "300.00")
          const detail = await service.retrievePayment({ store_id, id: payment.id })
          // 2,000 − 1,200 on the first − 300 paid back
          expect(detail).toMatchObject({ unapplied: "500.00", refunded_total: "300.00", revision: 2 })
          expect(detail.allocations).toMatchObject([
            { invoice_id: first.id, amount: "1200.00", applied_on: day("2026-01-10"), reversed_on: null },
            {
              invoice_id: second.id,
              amount: "800.00",
              reversed_on: day("2026-01-25"),
              reversal_reason: reason,
            },
          ])
          expect((await service.listPayments({ store_id, invoice_id: second.id })).count).toBe(0)
          expect((await service.listPayments({ store_id, invoice_id: first.id })).payments).toMatchObject([
            { id: payment.id },
          ])
        })
      })

      describe("money that is put to invoices later", () => {
        it("is put, taken off and put elsewhere, each once", async () => {
          const first = await issue("600.00")
          const second = await issue("500.00")
          const { payment } = await record("700.00", "unapplied")
          expect(await unapplied(payment.id)).toBe("700.00")
          for (let again = 0; again < 2; again += 1) {
            await allocate(payment.id, [{ invoice_id: first.id, amount: "600.00" }], "payment", "op_1")
          }
          expect(await outstanding(first, second)).toEqual(["paid 0.00", "issued 500.00"])
          expect(await unapplied(payment.id)).toBe("100.00")
          expect((await unallocate(payment.id, first.id)).allocations).toHaveLength(1)
          expect((await unallocate(payment.id, first.id)).allocations).toEqual([])
          expect(await unapplied(payment.id)).toBe("700.00")
          await allocate(payment.id)
          // 600 by due date on the first, 100 on the second
          expect(await outstanding(first, second)).toEqual(["paid 0.00", "partially_paid 400.00"])
        })

        it("never goes beyond what is unapplied, to another account's invoice, or out of a void payment", async () => {
          const invoice = await issue("600.00")
          const foreign = await issue("600.00", { account_id: "whacc_2" })
          const euros = await issue("600.00", { currency_code: "eur" })
          const { payment } = await record("100.00", "unapplied")
          const put = (invoice_id: string, amount: string) => allocate(payment.id, [{ invoice_id, amount }])
          expect(await refusalOf(put(invoice.id, "100.01"))).toMatchObject({
            code: "allocation_exceeds_unapplied",
            details: { unapplied: "100.00", over_by: "0.01" },
          })
          for (const { id, number } of [foreign, euros]) {
            expect(await refusalOf(put(id, "1.00"))).toMatchObject({ code: "account_mismatch", details: { number } })
          }
          const twice = [invoice, invoice].map(({ id }) => ({ invoice_id: id, amount: "1.00" }))
          expect(await refusalOf(allocate(payment.id, twice))).toMatchObject({ code: "invoice_named_twice" })
          await voidPayment(payment.id)
          expect(await refusalOf(put(invoice.id, "1.00"))).toMatchObject({ code: "not_allowed" })
          expect(await refusalOf(refund(payment.id, "1.00"))).toMatchObject({ code: "not_allowed" })
        })
      })

      describe("early payment at 2/10 net 30", () => {
        const terms: PaymentTerms = { type: "net", days: 30, discount: { percent: "2", days: 10 } }

        it("closes 5,000 with 4,900 on day 10, and leaves 100 on day 11", async () => {
          const early = await issue("5000.00", { terms })
          const { postings } = await record("4900.00", "due_date", { received_at: day("2026-01-11") })
          expect(await outstanding(early)).toEqual(["paid 0.00"])
          expect(postings.map(({ type, amount }) => `${type} ${amount}`).sort()).toEqual([
            "discount 100.00",
            "payment 4900.00",
          ])
          const late = await issue("5000.00", { terms })
          await record("4900.00", "due_date", { received_at: day("2026-01-12") })
          expect(await outstanding(late)).toEqual(["partially_paid 100.00"])
        })

        it("settles 2,500 with 2,450 on day 8, takes it back with the cheque, and gives it again", async () => {
          const invoice = await issue("5000.00", { terms })
          const { payment } = await record("2450.00", "due_date", { received_at: day("2026-01-09") })
          expect(await outstanding(invoice)).toEqual(["partially_paid 2500.00"])
          const { postings } = await voidPayment(payment.id)
          expect(postings.map(({ type, amount }) => `${type} ${amount}`)).toEqual([
            "discount_void 50.00",
            "payment_void 2450.00",
          ])
          expect(await outstanding(invoice)).toEqual(["issued 5000.00"])
          await record("2450.00", "due_date", { received_at: day("2026-01-09") })
          await record("2450.00", "due_date", { received_at: day("2026-01-11") })
          // 2 × 2,450 + 2 × 50
          expect(await outstanding(invoice)).toEqual(["paid 0.00"])
        })

        it("counts from the day on which money was received, whenever it is put to the invoice", async () => {
          const invoice = await issue("5000.00", { terms })
          const { payment } = await record("4900.00", "unapplied", { received_at: day("2026-01-05") })
          await allocate(payment.id)
          expect(await outstanding(invoice)).toEqual(["paid 0.00"])
        })

        it("is taken back with the whole invoice, so that what was paid is what is owed back", async () => {
          const { id } = await issue("5000.00", { terms })
          await record("4900.00", "due_date", { received_at: day("2026-01-11") })
          const { postings } = await service.creditRest({
            id: "whcn_rest",
            store_id,
            invoice_id: id,
            reason: "Cancelled",
            number_pattern: "CN-{YYYY}-{SEQ:6}",
            actor,
          })
          expect(postings).toMatchObject([{ type: "discount_void", amount: "100.00" }])
          // 5,000 credited, 100 of them for the discount that is no more: 4,900 are credit on account.
          expect(await ledger()).toBe("-4900.00")
          const { refund: back } = await refund("whcn_rest", "4900.00", undefined, "credit_note")
          expect(back.amount).toBe("4900.00")
        })
      })

      describe("residues", () => {
        it("are written off within the account's tolerance, or the store's, and taken back with the payment", async () => {
          const tolerance = (account: string | null, write_off_tolerance: string | null) =>
            service.setReceivableSettings({
              store_id,
              actor,
              account_id: account,
              currency_code: "usd",
              write_off_tolerance,
              settle_first: null,
            })
          const first = await issue("100.00")
          await record("99.50")
          expect(await outstanding(first)).toEqual(["partially_paid 0.50"])
          await record("0.50")

          await tolerance(null, "0.20")
          await tolerance(account_id, "1.00")
          const second = await issue("100.00")
          const { payment, postings } = await record("99.50")
          expect(await outstanding(second)).toEqual(["paid 0.00"])
          expect(postings.map(({ type, amount }) => `${type} ${amount}`)).toContain("write_off 0.50")
          const taken = await unallocate(payment.id)
          expect(taken.postings).toMatchObject([{ type: "write_off_void", amount: "0.50" }])
          expect(await outstanding(second)).toEqual(["issued 100.00"])

          await tolerance(account_id, null)
          await allocate(payment.id)
          // The store's 0.20 holds now.
          expect(await outstanding(second)).toEqual(["partially_paid 0.50"])
          expect(await refusalOf(tolerance(null, "0.001"))).toMatchObject({ code: "invalid_amount" })
        })
      })

      describe("a bad debt of 100", () => {
        const writeOff = (id: string, input: { amount?: string; operation_id?: string } = {}) =>
          service.writeOffInvoice({ store_id, id, reason: "Insolvent", at: day("2026-01-20"), actor, ...input })
        const undo = (id: string) =>
          service.undoWriteOff({ store_id, id, reason: "They paid after all", at: day("2026-01-25"), actor })
        const movedBy = ({ postings }: { postings: Posting[] }) =>
          postings.map(({ type, amount }) => `${type} ${amount}`)

        it("closes the invoice in both books, is asked for again when it is taken back, and each happens once", async () => {
          const invoice = await issue("100.00")
          expect(movedBy(await writeOff(invoice.id, { operation_id: "op_1" }))).toEqual(["write_off 100.00"])
          expect(await outstanding(invoice)).toEqual(["written_off 0.00"])
          expect(await mirrorsOf(invoice)).toEqual([])
          // 100 − 100
          expect([await documents(), await ledger()]).toEqual(["0.00", "0.00"])
          expect(movedBy(await writeOff(invoice.id, { operation_id: "op_1" }))).toEqual(["write_off 100.00"])
          expect(await documents()).toBe("0.00")
          expect(await refusalOf(writeOff(invoice.id))).toMatchObject({
            status: 409,
            code: "not_allowed",
            details: { status: "written_off" },
          })
          expect(await refusalOf(credit(invoice.id, "10.00"))).toMatchObject({
            status: 409,
            code: "invoice_written_off",
            details: { written_off: "100.00" },
          })

          expect(movedBy(await undo(invoice.id))).toEqual(["write_off_void 100.00"])
          expect(movedBy(await undo(invoice.id))).toEqual([])
          expect(await outstanding(invoice)).toEqual(["issued 100.00"])
          // − 100 + 100
          expect([await documents(), await ledger()]).toEqual(["100.00", "100.00"])
        })

        it("of which 30 were paid is revenue, and loses its mirror when the rest is asked for again", async () => {
          const invoice = await issue("100.00")
          await record("30.00")
          expect(await refusalOf(writeOff(invoice.id, { amount: "70.01" }))).toMatchObject({
            code: "write_off_exceeds_outstanding",
            details: { outstanding: "70.00", over_by: "0.01" },
          })
          await writeOff(invoice.id, { amount: "50.00" })
          expect(await outstanding(invoice)).toEqual(["partially_paid 20.00"])
          await writeOff(invoice.id)
          expect(await outstanding(invoice)).toEqual(["paid 0.00"])
          expect((await mirrorsOf(invoice)).map(({ status }) => status)).toEqual(["pending"])
          const { bad_debt, allowed_events } = await service.retrieveInvoice({ store_id, id: invoice.id })
          expect({ bad_debt, allowed_events }).toEqual({ bad_debt: "70.00", allowed_events: ["undo_write_off"] })

          await undo(invoice.id)
          expect(await outstanding(invoice)).toEqual(["partially_paid 70.00"])
          expect((await mirrorsOf(invoice)).map(({ status }) => status)).toEqual(["reversed"])
          expect([await documents(), await ledger()]).toEqual(["70.00", "70.00"])
        })

        it("is in the seller's own ageing and statement, and in none that the buyer gets", async () => {
          const invoice = await issue("100.00")
          await record("30.00")
          await writeOff(invoice.id, { amount: "50.00" })
          const of = { store_id, account_ids: [account_id], as_of: day("2026-01-31") }
          const period = { store_id, account_id, currency_code: "usd", from: issued_at, to: day("2026-01-31") }
          const told = async (for_buyer: boolean) => {
            const { accounts } = await service.ageing({ ...of, for_buyer })
            const { lines, closing } = await service.statement({ ...period, for_buyer })
            return [accounts[0].outstanding, closing, ...lines.map(({ kind }) => kind)]
          }
          // 100 − 30 − 50
          expect(await told(false)).toEqual(["20.00", "20.00", "invoice", "payment", "write_off"])
          expect(await told(true)).toEqual(["70.00", "70.00", "invoice", "payment"])
        })

        it("is taken back with the whole invoice, which leaves nothing on account", async () => {
          const invoice = await issue("100.00")
          await writeOff(invoice.id)
          await service.creditRest({
            id: "whcn_rest",
            store_id,
            invoice_id: invoice.id,
            reason: "Cancelled",
            number_pattern: "CN-{SEQ:6}",
            actor,
          })
          expect(await outstanding(invoice)).toEqual(["credited 0.00"])
          expect([await documents(), await ledger()]).toEqual(["0.00", "0.00"])
        })

        it("is given up once where two do so at once, and never together with a payment", async () => {
          const invoice = await issue("100.00")
          await Promise.allSettled([writeOff(invoice.id), writeOff(invoice.id)])
          expect(await outstanding(invoice)).toEqual(["written_off 0.00"])
          expect([await documents(), await ledger()]).toEqual(["0.00", "0.00"])

          const raced = await issue("100.00")
          const [paid] = await Promise.allSettled([
            service.recordPayment({ store_id, invoice_id: raced.id, amount: "100.00", method: "cheque", actor }),
            writeOff(raced.id),
          ])
          expect(await outstanding(raced)).toEqual([
            paid.status === "fulfilled" ? "paid 0.00" : "written_off 0.00",
          ])
          expect(await documents()).toBe(await ledger())
        })
      })

      describe("what is set", () => {
        it("is kept with who, from and to, once for a change", async () => {
          const set = (account: string | null, write_off_tolerance: string | null) =>
            service.setReceivableSettings({
              store_id,
              account_id: account,
              currency_code: "usd",
              write_off_tolerance,
              settle_first: null,
              reason: "Not worth a letter",
              actor,
            })
          await set(null, "1")
          await set(null, "1.00")
          await set(null, null)
          await set(account_id, "2")
          await service.setDunningLevels({ store_id, currency_code: "usd", levels: [{ days_late: 10, fee: "5" }], actor })
          await service.setDunningLevels({ store_id, currency_code: "usd", levels: [], actor })

          const changes = async (account: string | null) =>
            (await service.listReceivableChanges({ store_id, account_id: account }, { order: "created_at" })).changes
              .map(({ field, from, to, reason: why, actor_id }) => [field, from, to, why, actor_id])
          const level = '{"days_late":10,"fee":"5.00","interest_percent":null,"currency_code":"usd"}'
          expect(await changes(null)).toEqual([
            ["write_off_tolerance", null, "1.00", "Not worth a letter", "user_1"],
            ["write_off_tolerance", "1.00", null, "Not worth a letter", "user_1"],
            ["dunning_level_1", null, level, null, "user_1"],
            ["dunning_level_1", level, null, null, "user_1"],
          ])
          expect(await changes(account_id)).toEqual([
            ["write_off_tolerance", null, "2.00", "Not worth a letter", "user_1"],
          ])
        })
      })

      describe("a credit note beyond what is outstanding", () => {
        it("closes 100, of which 30 are paid, with 70 of 80, and leaves 10 on account", async () => {
          const invoice = await issue("100.00")
          await record("30.00")
          const { credit_note } = await credit(invoice.id, "80.00")
          expect(await outstanding(invoice)).toEqual(["paid 0.00"])
          // 100 − 30 − 80
          expect(await ledger()).toBe("-10.00")
          expect(await refusalOf(credit(invoice.id, "30.00"))).toMatchObject({
            code: "credit_exceeds_invoice",
            details: { total: "100.00", credited_total: "80.00", creditable: "20.00", over_by: "10.00" },
          })
          const other = await issue("25.00")
          await allocate(credit_note.id, undefined, "credit_note")
          expect(await outstanding(other)).toEqual(["partially_paid 15.00"])
          expect(await refusalOf(refund(credit_note.id, "0.01", undefined, "credit_note"))).toMatchObject({
            code: "refund_exceeds_unapplied",
            details: { unapplied: "0.00" },
          })
          await unallocate(credit_note.id, other.id, "credit_note")
          await refund(credit_note.id, "10.00", "whref_1", "credit_note")
          await refund(credit_note.id, "10.00", "whref_1", "credit_note")
          expect(await ledger()).toBe("25.00")
        })
      })

      describe("refunds", () => {
        it("go out of unapplied credit only, once, and keep a payment from being void", async () => {
          const invoice = await issue("100.00")
          const { payment } = await record("150.00")
          expect(await refusalOf(refund(payment.id, "50.01"))).toMatchObject({
            code: "refund_exceeds_unapplied",
            details: { unapplied: "50.00", amount: "50.01", over_by: "0.01" },
          })
          const made = await Promise.all(Array.from({ length: 4 }, () => refund(payment.id, "50.00", "whref_1")))
          expect(new Set(made.map((each) => each.refund.id)).size).toBe(1)
          expect(await refusalOf(refund(payment.id, "40.00", "whref_1"))).toMatchObject({ code: "refund_id_reused" })
          expect(await refusalOf(voidPayment(payment.id))).toMatchObject({
            code: "payment_was_refunded",
            details: { amount: "150.00", refunded_total: "50.00" },
          })
          expect(await outstanding(invoice)).toEqual(["paid 0.00"])
          expect(await ledger()).toBe("0.00")
        })
      })

      describe("late charges on an invoice of 100", () => {
        const charged = async (settle_first: "invoice" | "charges" | null) => {
          await service.setReceivableSettings({
            store_id, actor, account_id: null, currency_code: "usd", write_off_tolerance: null, settle_first,
          })
          const invoice = await issue("100.00")
          const charge = (kind: "fee" | "interest", amount: string) =>
            service.chargeLate({ id: `whlate_${kind}`, store_id, invoice_id: invoice.id, kind, amount, actor })
          await charge("interest", "0.41")
          await charge("fee", "10.00")
          await charge("fee", "10.00")
          return invoice
        }
        const left = async ({ id }: { id: string }) => {
          const { late_charges } = await service.retrieveInvoice({ store_id, id })
          return Object.fromEntries(late_charges.map(({ kind, outstanding: open }) => [kind, open]))
        }

        it.each([
          // 100 close the invoice; 0.41 + 10 = 10.41 of the charges are left.
          [null, ["paid 0.00"], { interest: "0.41", fee: "10.00" }],
          // 10 + 0.41 close the charges; 100 − (100 − 10.41) = 10.41 of the invoice are left.
          ["charges", ["partially_paid 10.41"], { interest: "0.00", fee: "0.00" }],
        ] as const)("leave 10.41 after 100, with %s settled first", async (settle_first, status, charges) => {
          const invoice = await charged(settle_first)
          expect(await ledger()).toBe("110.41")
          const { payment } = await record("100.00")
          expect(await outstanding(invoice)).toEqual(status)
          expect(await left(invoice)).toEqual(charges)
          expect(await ledger()).toBe("10.41")
          await voidPayment(payment.id)
          expect(await outstanding(invoice)).toEqual(["issued 100.00"])
          expect(await left(invoice)).toEqual({ interest: "0.41", fee: "10.00" })
          expect(await ledger()).toBe("110.41")
        })

        it("are paid after their invoice, and void only while nothing is paid of them", async () => {
          const invoice = await charged(null)
          await record("105.00")
          expect(await left(invoice)).toEqual({ interest: "0.41", fee: "5.00" })
          const voidCharge = (kind: string) =>
            service.voidLateCharge({ store_id, id: `whlate_${kind}`, reason: "Goodwill", actor })
          expect(await refusalOf(voidCharge("fee"))).toMatchObject({
            code: "late_charge_settled",
            details: { settled_total: "5.00" },
          })
          await voidCharge("interest")
          await voidCharge("interest")
          // 100 + 10 − 105
          expect(await ledger()).toBe("5.00")
          await record("5.00")
          expect(await left(invoice)).toEqual({ interest: "0.00", fee: "0.00" })
        })

        it("keep an invoice from being void", async () => {
          const { id } = await charged(null)
          expect(await refusalOf(service.voidInvoice({ store_id, id, reason, actor }))).toMatchObject({
            code: "invoice_has_late_charges",
          })
        })
      })

      describe("dunning", () => {
        const levels = (...given: { days_late: number; fee?: string; interest_percent?: string }[]) =>
          service.setDunningLevels({ store_id, currency_code: "usd", levels: given, actor })
        // Due on 31 January.
        const dun = async (invoice: { id: string }, date: string) => {
          const due = await service.invoicesToDun({ limit: 10, now: day(date) })
          const done = await Promise.all(
            [invoice, invoice].map(({ id }) => service.dunInvoice({ store_id, id, now: day(date) }))
          )
          return { due: due.length, levels: done.map(({ level }) => level).sort() }
        }

        it("takes an invoice to each level once, with its fee and the interest since the last", async () => {
          await levels({ days_late: 10 }, { days_late: 15, fee: "10", interest_percent: "10" }, { days_late: 30, interest_percent: "10" })
          const invoice = await issue("100.00")
          expect(await dun(invoice, "2026-02-09")).toEqual({ due: 0, levels: [null, null] })
          expect(await dun(invoice, "2026-02-10")).toEqual({ due: 1, levels: [1, null] })
          expect(await dun(invoice, "2026-02-14")).toEqual({ due: 0, levels: [null, null] })
          expect(await dun(invoice, "2026-02-15")).toEqual({ due: 1, levels: [2, null] })
          // 100 × 10 % × 15 ÷ 365 = 0.41, and 10: 110.41
          expect(await ledger()).toBe("110.41")
          // 15 days later 0.41 more; the charges bear no interest.
          expect(await dun(invoice, "2026-03-02")).toEqual({ due: 1, levels: [3, null] })
          const { late_charges } = await service.retrieveInvoice({ store_id, id: invoice.id })
          expect(late_charges.map(({ kind, amount }) => `${kind} ${amount}`).sort()).toEqual([
            "fee 10.00",
            "interest 0.41",
            "interest 0.41",
          ])
          expect(await dun(invoice, "2026-06-01")).toEqual({ due: 0, levels: [null, null] })
        })

        it("leaves out levels that were passed, invoices that are paid and stores without levels", async () => {
          const invoice = await issue("100.00")
          expect(await dun(invoice, "2026-06-01")).toEqual({ due: 0, levels: [null, null] })
          await levels({ days_late: 1, fee: "1" }, { days_late: 20, fee: "2" })
          expect(await dun(invoice, "2026-03-01")).toEqual({ due: 1, levels: [2, null] })
          expect(await ledger()).toBe("102.00")
          const paid = await issue("50.00")
          await record("50.00", "by_choice", { allocations: [{ invoice_id: paid.id, amount: "50.00" }] })
          expect(await dun(paid, "2026-03-01")).toEqual({ due: 0, levels: [null, null] })
          expect(await refusalOf(levels({ days_late: 5 }, { days_late: 5 }))).toMatchObject({
            code: "invalid_dunning_levels",
            details: { field: "levels.1.days_late" },
          })
          await levels()
          expect(await service.dunningLevels({ store_id })).toEqual([])
        })

        it("gives a reminder to one sender at a time, until it is settled", async () => {
          await levels({ days_late: 1 })
          const invoice = await issue("100.00")
          await dun(invoice, "2026-03-01")
          const taken = await Promise.all([service.takeReminders({}), service.takeReminders({})])
          expect(taken.flat()).toMatchObject([{ invoice_id: invoice.id, level: 1, days_late: 29, notice_attempts: 1 }])
          const again = await service.takeReminders({ before: new Date() })
          expect(again).toMatchObject([{ notice_attempts: 2 }])
          await service.settleReminder(again[0])
          expect(await service.takeReminders({ before: new Date() })).toEqual([])
        })
      })

      describe("mirrors of an invoice that is opened and paid again", () => {
        it("follow each other in rounds, and one lives at a time", async () => {
          const invoice = await issue("100.00")
          await credit(invoice.id, "20.00")
          const { payment } = await record("80.00")
          const [first] = await mirrorsOf(invoice)
          await service.markMirrorMade({ store_id, id: first.id })
          await voidPayment(payment.id)
          expect(await service.pendingMirrorReversals({ limit: 10 })).toMatchObject([{ id: first.id }])
          expect(await service.pendingMirrors({ limit: 10 })).toEqual([])

          await record("80.00")
          const rounds = await mirrorsOf(invoice)
          expect(rounds.map(({ round, status }) => `${round} ${status}`)).toEqual(["1 reversed", "2 pending"])
          expect(new Set(rounds.map(({ core_order_id }) => core_order_id)).size).toBe(2)
          await service.markMirrorMade({ store_id, id: rounds[1].id })
          // The note is refunded on the new one, too.
          expect(await service.pendingMirrorRefunds({ limit: 10 })).toMatchObject([
            { mirror_id: rounds[1].id, amount: "20.00" },
          ])
          expect(await service.ensureMirrors({ store_id, invoice_id: invoice.id })).toMatchObject([{ id: rounds[1].id }])
          await service.markCoreOrderReversed({ store_id, id: first.id })
          expect(await service.pendingMirrorReversals({ limit: 10 })).toEqual([])
        })
      })

      describe("recording again", () => {
        it("answers the payment that the id made, and refuses another under it", async () => {
          await issue("100.00")
          const results = await Promise.all(
            Array.from({ length: 5 }, () => record("130.00", "due_date", { id: "whpay_1" }))
          )
          expect(results).toMatchObject(Array(5).fill({ payment: { id: "whpay_1", unapplied: "30.00" } }))
          expect(results[4].postings).toEqual(results[0].postings)
          for (const again of [
            () => record("130.01", "due_date", { id: "whpay_1" }),
            () => record("130.00", "unapplied", { id: "whpay_1" }),
          ]) {
            expect(await refusalOf(again())).toMatchObject({ code: "payment_id_reused" })
          }
        })

        it("takes none from the future", async () => {
          const received_at = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000)
          expect(await refusalOf(record("1.00", "unapplied", { received_at }))).toMatchObject({
            code: "received_in_future",
          })
        })
      })

      describe("two at once", () => {
        it("never settle an invoice twice, by strategy", async () => {
          const invoice = await issue("100.00")
          const payments = await Promise.all(Array.from({ length: 4 }, () => record("70.00", "oldest_first")))
          expect(await outstanding(invoice)).toEqual(["paid 0.00"])
          const left = await Promise.all(payments.map(({ payment }) => unapplied(payment.id)))
          // 4 × 70 − 100
          expect(sumAmounts(left, "usd")).toBe("180.00")
        })

        it("pay many invoices in opposite orders without waiting for each other for ever", async () => {
          const invoices = await Promise.all(Array.from({ length: 12 }, () => issue("10.00")))
          const choose = (list: typeof invoices) =>
            record("60.00", "by_choice", {
              allocations: list.map(({ id }) => ({ invoice_id: id, amount: "5.00" })),
            })
          await Promise.all([choose(invoices), choose([...invoices].reverse())])
          expect(new Set(await outstanding(...invoices))).toEqual(new Set(["paid 0.00"]))
        })

        it("allocate and void: the void payment lies nowhere", async () => {
          for (let round = 0; round < 5; round += 1) {
            const invoice = await issue("100.00")
            const { payment } = await record("100.00", "unapplied")
            await Promise.allSettled([
              allocate(payment.id, [{ invoice_id: invoice.id, amount: "100.00" }]),
              voidPayment(payment.id),
            ])
            expect(await outstanding(invoice)).toEqual(["issued 100.00"])
          }
        })

        it("unallocate and credit: what is owed is the same either way", async () => {
          for (let round = 0; round < 5; round += 1) {
            const invoice = await issue("100.00")
            const { payment } = await record("100.00", "by_choice", {
              allocations: [{ invoice_id: invoice.id, amount: "100.00" }],
            })
            await Promise.all([unallocate(payment.id), credit(invoice.id, "40.00")])
            const { status, paid_total, credited_total } = await service.invoiceWithLines({ store_id, id: invoice.id })
            expect({ status, paid_total, credited_total }).toEqual({
              status: "issued",
              paid_total: "0.00",
              credited_total: "40.00",
            })
          }
        })

        it("refund and allocate: the money goes one way", async () => {
          for (let round = 0; round < 5; round += 1) {
            const invoice = await issue("100.00")
            const { payment } = await record("100.00", "unapplied")
            const results = await Promise.allSettled([
              refund(payment.id, "100.00"),
              allocate(payment.id, [{ invoice_id: invoice.id, amount: "100.00" }]),
            ])
            expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1)
          }
        })

        it("void twice: it is void once", async () => {
          const invoice = await issue("100.00")
          const { payment } = await record("100.00")
          const voided = await Promise.all([voidPayment(payment.id), voidPayment(payment.id)])
          expect(voided.map((each) => each.invoices.length).sort()).toEqual([0, 1])
          expect(await outstanding(invoice)).toEqual(["issued 100.00"])
          expect((await mirrorsOf(invoice)).map(({ status }) => status)).toEqual(["reversed"])
        })
      })

      it("shows and changes no other store's money", async () => {
        const invoice = await issue("100.00")
        const { payment } = await record("10.00")
        await service.chargeLate({ id: "whlate_1", store_id, invoice_id: invoice.id, kind: "fee", amount: "1", actor })
        const foreign = { store_id: "whstore_2", actor, reason }
        for (const attempt of [
          () => service.voidPayment({ ...foreign, id: payment.id }),
          () => service.allocateCredit({ ...foreign, source: source(payment.id), strategy: "due_date" }),
          () => service.unallocateCredit({ ...foreign, source: source(payment.id) }),
          () => service.refundCredit({ ...foreign, source: source(payment.id), amount: "1", method: "cash" }),
          () => service.chargeLate({ ...foreign, invoice_id: invoice.id, kind: "fee", amount: "1" }),
          () => service.voidLateCharge({ ...foreign, id: "whlate_1" }),
        ]) {
          expect(await refusalOf(attempt())).toMatchObject({ status: 404, code: "not_found" })
        }
      })
    })
  },
})
