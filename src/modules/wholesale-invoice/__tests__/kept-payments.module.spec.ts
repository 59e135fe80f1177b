import { join } from "node:path"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { WholesaleInvoiceModuleService } from ".."
import { WHOLESALE_INVOICE } from ".."
import { Migration20261122002352 } from "../migrations/Migration20261122002352"
import { Migration20261130074028 } from "../migrations/Migration20261130074028"
import { Migration20261130080623 } from "../migrations/Migration20261130080623"
import { Migration20261130090217 } from "../migrations/Migration20261130090217"
import { Migration20261130094605 } from "../migrations/Migration20261130094605"
import { Migration20261130111821 } from "../migrations/Migration20261130111821"
import { Migration20261130114511 } from "../migrations/Migration20261130114511"

const raw = (amount: string) => `'{"value":"${amount}","precision":20}'`

moduleTestRunner<WholesaleInvoiceModuleService>({
  moduleName: WHOLESALE_INVOICE,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ MikroOrmWrapper }) => {
    /** Runs migrations in a schema of their own, as on a database of that time. */
    async function migrate(em: EntityManager, ...migrations: (typeof Migration20261122002352)[]): Promise<void> {
      for (const Migration of migrations) {
        const migration = new Migration(em.getDriver(), em.config)
        await migration.up()
        for (const query of migration.getQueries()) {
          await em.execute(String(query))
        }
      }
    }

    const invoice = (id: string, total: string, paid: string, credited: string) => `
      insert into wholesale_invoice (id, store_id, account_id, order_id, order_number, number, status, currency_code,
        subtotal, raw_subtotal, tax_total, raw_tax_total, total, raw_total, paid_total, raw_paid_total,
        credited_total, raw_credited_total, tax_summary, seller, buyer, issued_at, due_at, terms)
      values ('${id}', 'store', 'account', 'order_${id}', 'B2B', '${id}', 'paid', 'usd', ${total}, ${raw(total)},
        0, ${raw("0")}, ${total}, ${raw(total)}, ${paid}, ${raw(paid)}, ${credited}, ${raw(credited)}, '[]', '{}', '{}',
        '2026-01-05', '2026-02-05', '{"type":"net","days":30,"discount":null}')`
    const payment = (id: string, invoiceId: string, amount: string, received: string) => [
      `insert into wholesale_payment (id, store_id, account_id, amount, raw_amount, currency_code, method, received_at, actor_type, actor_id)
       values ('${id}', 'store', 'account', ${amount}, ${raw(amount)}, 'usd', 'cash', '${received}', 'user', 'user_1')`,
      `insert into wholesale_payment_allocation (id, store_id, payment_id, invoice_id, amount, raw_amount)
       values ('of_${id}', 'store', '${id}', '${invoiceId}', ${amount}, ${raw(amount)})`,
    ]
    const note = (id: string, invoiceId: string, total: string, issued: string) => `
      insert into wholesale_credit_note (id, store_id, account_id, invoice_id, number, currency_code, subtotal, raw_subtotal,
        tax_total, raw_tax_total, total, raw_total, tax_summary, reason, lines, issued_at, actor_type, actor_id)
      values ('${id}', 'store', 'account', '${invoiceId}', '${id}', 'usd', ${total}, ${raw(total)}, 0, ${raw("0")},
        ${total}, ${raw(total)}, '[]', 'Short', '[]', '${issued}', 'user', 'user_1')`

    it("keeps payments and credit notes of before as allocations that settle what they settled", async () => {
      const found = await MikroOrmWrapper.forkManager().transactional(async (em) => {
        await em.execute("create schema before")
        await em.execute("set local search_path to before")
        await migrate(em, Migration20261122002352, Migration20261130074028)
        for (const statement of [
          // 100 = 30 paid + 50 + 20 of the second note's 40; 20 of it are credit on account.
          invoice("A", "100", "30", "90"),
          ...payment("p1", "A", "30", "2026-01-02"),
          note("n1", "A", "50", "2026-01-10"),
          note("n2", "A", "40", "2026-01-20"),
          // Paid before it was credited: the note is credit on account.
          invoice("B", "100", "100", "25"),
          ...payment("p2", "B", "100", "2026-01-08"),
          note("n3", "B", "25", "2026-01-20"),
        ]) {
          await em.execute(statement)
        }
        await migrate(em, Migration20261130080623)
        return {
          allocations: await em.execute<{ said: string }[]>(
            `select concat_ws(' ', kind, coalesce(payment_id, credit_note_id), invoice_id, amount, raw_amount->>'value',
                      operation_id, account_id, (applied_on at time zone 'UTC')::date, actor_id) as said
               from wholesale_payment_allocation order by 1`
          ),
          invoices: await em.execute<{ said: string }[]>(
            `select concat_ws(' ', id, applied_credit_total, raw_applied_credit_total->>'value') as said
               from wholesale_invoice order by 1`
          ),
          payments: await em.execute<{ said: string }[]>(
            `select concat_ws(' ', id, status, strategy, choices::text) as said from wholesale_payment order by 1`
          ),
        }
      })
      const said = (rows: { said: string }[]) => rows.map((row) => row.said)
      expect(said(found.allocations)).toEqual([
        "credit_note n1 A 50 50 n1 account 2026-01-10 user_1",
        "credit_note n2 A 20 20 n2 account 2026-01-20 user_1",
        // Received before the invoice was issued: it settles it from then on.
        "payment p1 A 30 30 p1 account 2026-01-05 user_1",
        "payment p2 B 100 100 p2 account 2026-01-08 user_1",
      ])
      expect(said(found.invoices)).toEqual(["A 70 70", "B 0 0"])
      expect(said(found.payments)).toEqual([
        `p1 received by_choice [{"amount": "30", "invoice_id": "A"}]`,
        `p2 received by_choice [{"amount": "100", "invoice_id": "B"}]`,
      ])
    })

    it("keeps the order of every invoice and bill of before, and takes it back into their rows", async () => {
      const bill = (id: string, purchaseOrder: string) => `
        insert into wholesale_bill (id, store_id, connection_id, invoice_id, invoice_number, order_number, purchase_order_id,
          purchase_order_number, status, currency_code, subtotal, raw_subtotal, tax_total, raw_tax_total, total, raw_total,
          paid_total, raw_paid_total, credited_total, raw_credited_total, tax_summary, lines, issued_at, due_at,
          document_incarnation, document_revision)
        values ('${id}', 'store', 'connection', '${id}', 'INV', 'B2B', ${purchaseOrder}, 'PO', 'issued', 'usd', 1, ${raw("1")},
          0, ${raw("0")}, 1, ${raw("1")}, 0, ${raw("0")}, 0, ${raw("0")}, '[]', '[]', '2026-01-05', '2026-02-05', 1, 1)`
      const line = (id: string, invoiceId: string) => `
        insert into wholesale_invoice_line (id, store_id, invoice_id, line_number, order_line_id, sku, title, quantity,
          unit_price, raw_unit_price, subtotal, raw_subtotal, tax_rate, raw_tax_rate, tax_total, raw_tax_total)
        values ('${id}', 'store', '${invoiceId}', 1, 'ol', 'CUP', 'Cup', 1, 1, ${raw("1")}, 1, ${raw("1")}, 0, ${raw("0")},
          0, ${raw("0")})`
      const found = await MikroOrmWrapper.forkManager().transactional(async (em) => {
        const said = async (sql: string) => (await em.execute<{ said: string }[]>(sql)).map((row) => row.said)
        await em.execute("create schema with_one_order")
        await em.execute("set local search_path to with_one_order")
        await migrate(
          em,
          Migration20261122002352,
          Migration20261130074028,
          Migration20261130080623,
          Migration20261130090217,
          Migration20261130094605,
          Migration20261130111821
        )
        for (const statement of [
          invoice("A", "100", "0", "0"),
          "update wholesale_invoice set part = 2, purchase_order_id = 'po', purchase_order_number = 'PO-1'",
          invoice("B", "100", "0", "0"),
          "update wholesale_invoice set status = 'void', voided_at = '2026-01-09' where id = 'B'",
          line("a", "A"),
          line("b", "B"),
          bill("C", "'po_1'"),
          bill("D", "null"),
        ]) {
          await em.execute(statement)
        }
        await migrate(em, Migration20261130114511)
        const kept = {
          orders: await said(
            `select concat_ws(' ', invoice_id, store_id, order_id, part, order_number, purchase_order_id, purchase_order_number,
                      position, (withdrawn_at at time zone 'UTC')::date, returned_at) as said from wholesale_invoice_order order by 1`
          ),
          lines: await said("select id || ' ' || order_id as said from wholesale_invoice_line order by 1"),
          bills: await said("select id || ' ' || orders::text as said from wholesale_bill order by 1"),
        }
        const migration = new Migration20261130114511(em.getDriver(), em.config)
        await migration.down()
        for (const query of migration.getQueries()) {
          await em.execute(String(query))
        }
        return {
          kept,
          back: {
            invoices: await said(
              `select concat_ws(' ', id, order_id, part, order_number, purchase_order_id, purchase_order_number) as said
                 from wholesale_invoice order by 1`
            ),
            bills: await said(
              "select concat_ws(' ', id, order_number, purchase_order_id, purchase_order_number) as said from wholesale_bill order by 1"
            ),
          },
        }
      })
      expect(found.kept).toEqual({
        orders: ["A store order_A 2 B2B po PO-1 1", "B store order_B 0 B2B 1 2026-01-09"],
        lines: ["a order_A", "b order_B"],
        bills: [
          `C [{"order_number": "B2B", "purchase_order_id": "po_1", "purchase_order_number": "PO"}]`,
          `D [{"order_number": "B2B", "purchase_order_id": null, "purchase_order_number": "PO"}]`,
        ],
      })
      expect(found.back).toEqual({
        invoices: ["A order_A 2 B2B po PO-1", "B order_B 0 B2B"],
        bills: ["C B2B po_1 PO", "D B2B PO"],
      })
    })
  },
})
