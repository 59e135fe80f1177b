import { join } from "node:path"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { WholesaleInvoiceModuleService } from ".."
import { WHOLESALE_INVOICE } from ".."
import { Migration20261122002352 } from "../migrations/Migration20261122002352"
import { Migration20261130074028 } from "../migrations/Migration20261130074028"
import { Migration20261130080623 } from "../migrations/Migration20261130080623"

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
  },
})
