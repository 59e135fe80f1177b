import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import type { WholesaleCreditModuleService } from ".."
import { WHOLESALE_CREDIT } from ".."
import { refusalOf, refusals } from "./refusals"

const actor: Actor = { actor_type: "user", actor_id: "user_1" }
const store_id = "whstore_1"
const account_id = "whacc_1"

moduleTestRunner<WholesaleCreditModuleService>({
  moduleName: WHOLESALE_CREDIT,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    // Its own block: hooks of the runner's block run before hooks added to it.
    describe("credit ledger", () => {
      const about = (order: string, key: string) => ({
        store_id,
        account_id,
        key,
        reference: { type: "order", id: order },
        actor,
      })
      const reserve = async (order: string, amount: string, account = account_id) => {
        const asked = await service.reserve({ ...about(order, `reserve:${order}`), account_id: account, amount })
        if (asked.outcome !== "reserved") {
          throw new Error(`${order} is held.`)
        }
        return asked.entry
      }
      const settle = (order: string, key: string) => ({
        ...about(order, key),
        reservation_key: `reserve:${order}`,
      })
      const totals = async () => {
        const { balance, reserved, exposure } = await service.exposure({ store_id, account_id })
        return { balance, reserved, exposure }
      }
      const open = async (limit: string | null, account = account_id) => {
        await service.openCreditAccount({ store_id, account_id: account, currency_code: "USD", actor })
        await service.setLimit({ store_id, account_id: account, limit, actor })
      }

      afterEach(async () => {
        expect(await service.reconcile(store_id)).toMatchObject({ differences: [], holds: [] })
      })

      describe("limit", () => {
        it("reserves without end where no limit is set", async () => {
          await open(null)
          await reserve("order_1", "1000000.00")
          expect(await service.exposure({ store_id, account_id })).toMatchObject({
            credit_limit: null,
            reserved: "1000000.00",
            available: null,
          })
        })

        it("reserves nothing at a limit of zero", async () => {
          await open("0")
          expect(await refusalOf(reserve("order_1", "0.01"))).toMatchObject({
            status: 409,
            code: "credit_limit_exceeded",
            details: { limit: "0.00", exposure: "0.00", order_amount: "0.01", over_by: "0.01" },
          })
          expect(await totals()).toEqual({ balance: "0.00", reserved: "0.00", exposure: "0.00" })
        })

        it("lets eight of ten orders of 600.00 placed at once pass a limit of 5,000", async () => {
          await open("5000")
          const orders = Array.from({ length: 10 }, (_, index) => `order_${index}`)
          const results = await Promise.allSettled(orders.map((order) => reserve(order, "600.00")))

          // 8 × 600 = 4,800; the ninth would make 5,400, over by 400.
          const refused = refusals(results)
          expect(refused).toHaveLength(2)
          for (const error of refused) {
            expect(error.code).toBe("credit_limit_exceeded")
            expect(error.details).toMatchObject({
              limit: "5000.00",
              exposure: "4800.00",
              order_amount: "600.00",
              over_by: "400.00",
            })
          }
          expect(await totals()).toEqual({ balance: "0.00", reserved: "4800.00", exposure: "4800.00" })

          const replayed = await Promise.allSettled(orders.map((order) => reserve(order, "600.00")))
          expect(refusals(replayed)).toHaveLength(2)
          expect((await totals()).exposure).toBe("4800.00")
          expect((await service.listEntries({ store_id, account_id })).count).toBe(8)
        })

        it("keeps an audit of who set which limit, and none of a limit that stays the same", async () => {
          await open("5000")
          await service.setLimit({ store_id, account_id, limit: "5000.00", actor })
          await service.setLimit({ store_id, account_id, limit: "0", reason: "Late payer", actor })
          await service.setLimit({ store_id, account_id, limit: null, actor })
          const changes = await service.listChanges({ store_id, account_id })
          expect(
            changes.map(({ field, from, to, reason, actor_id }) => [field, from, to, reason, actor_id])
          ).toEqual([
            ["credit_limit", "0.00", null, null, "user_1"],
            ["credit_limit", "5000.00", "0.00", "Late payer", "user_1"],
            ["credit_limit", null, "5000.00", null, "user_1"],
          ])
        })
      })

      it("keeps the audit of limits through the migration that made it one of all settings, both ways", async () => {
        await open("5000")
        await service.setLimit({ store_id, account_id, limit: "0", reason: "Late payer", actor })
        await service.setLimit({ store_id, account_id, limit: null, actor })
        const before = await service.listChanges({ store_id, account_id })
        expect(before).toHaveLength(3)
        const migrator = MikroOrmWrapper.getOrm().getMigrator()
        const migrations = ["Migration20261130074836"]
        await migrator.down({ migrations })
        const rows = await MikroOrmWrapper.forkManager().execute(
          `select from_limit, raw_from_limit, to_limit, raw_to_limit, reason
             from wholesale_credit_limit_change order by changed_at`
        )
        expect(rows).toMatchObject([
          { from_limit: null, raw_from_limit: null, to_limit: "5000.00", raw_to_limit: { value: "5000.00" } },
          { from_limit: "5000.00", to_limit: "0.00", reason: "Late payer" },
          { from_limit: "0.00", to_limit: null, raw_to_limit: null },
        ])
        await migrator.up({ migrations })
        expect(await service.listChanges({ store_id, account_id })).toEqual(before)
      })

      describe("an order's credit", () => {
        beforeEach(() => open("5000"))

        it("is reserved, posted by approval and settled by payment", async () => {
          await reserve("order_1", "1200.00")
          expect(await totals()).toEqual({ balance: "0.00", reserved: "1200.00", exposure: "1200.00" })
          await service.post(settle("order_1", "post:1"))
          expect(await totals()).toEqual({ balance: "1200.00", reserved: "0.00", exposure: "1200.00" })
          await service.recordEntry({ ...about("pay_1", "payment:1"), kind: "payment", amount: "1200.00" })
          expect(await totals()).toEqual({ balance: "0.00", reserved: "0.00", exposure: "0.00" })

          const { entries } = await service.listEntries({ store_id, account_id })
          expect(entries.map(({ sequence, kind, balance_after, reserved_after }) => [sequence, kind, balance_after, reserved_after])).toEqual([
            [3, "payment", "0.00", "0.00"],
            [2, "post", "1200.00", "0.00"],
            [1, "reserve", "0.00", "1200.00"],
          ])
        })

        it("is given back by a void, once", async () => {
          await reserve("order_1", "1200.00")
          const first = await service.void(settle("order_1", "void:1"))
          expect(await service.void(settle("order_1", "void:1"))).toEqual(first)
          expect(await refusalOf(service.void(settle("order_1", "void:2")))).toMatchObject({
            code: "not_allowed",
            details: { status: "void", event: "void", allowed_events: [] },
          })
          expect(await totals()).toEqual({ balance: "0.00", reserved: "0.00", exposure: "0.00" })
        })

        it("is given back after approval by an unpost, in parts where a part is invoiced", async () => {
          await reserve("order_1", "1200.00")
          await service.post(settle("order_1", "post:1"))
          await service.unpost({ ...settle("order_1", "unpost:1"), amount: "700.00" })
          expect((await totals()).balance).toBe("500.00")
          expect(
            await refusalOf(service.unpost({ ...settle("order_1", "unpost:2"), amount: "500.01" }))
          ).toMatchObject({
            code: "unpost_exceeds_posted",
            details: { posted: "500.00", amount: "500.01", over_by: "0.01" },
          })
          await service.unpost(settle("order_1", "unpost:3"))
          expect((await totals()).balance).toBe("0.00")
        })

        it("can be approved again after a refused approval was taken back", async () => {
          await reserve("order_1", "1200.00")
          await service.post(settle("order_1", "post:1"))
          await service.restore(settle("order_1", "restore:1"))
          expect(await totals()).toEqual({ balance: "0.00", reserved: "1200.00", exposure: "1200.00" })
          await service.post(settle("order_1", "post:2"))
          expect(await totals()).toEqual({ balance: "1200.00", reserved: "0.00", exposure: "1200.00" })
        })

        it("settles a payment below zero as credit on account", async () => {
          await reserve("order_1", "1200.00")
          await service.post(settle("order_1", "post:1"))
          await service.recordEntry({ ...about("pay_1", "p"), kind: "payment", amount: "1200.00" })
          await service.recordEntry({ ...about("cn_1", "c"), kind: "credit_note", amount: "1200.00" })
          expect((await totals()).balance).toBe("-1200.00")
          // 5,000 − (−1,200) may be ordered now.
          expect((await service.exposure({ store_id, account_id })).available).toBe("6200.00")
          await service.recordEntry({ ...about("ref_1", "r"), kind: "refund", amount: "1200.00" })
          expect((await totals()).balance).toBe("0.00")
        })

        it("takes the difference between what was approved and what was invoiced", async () => {
          await reserve("order_1", "32.15")
          await service.post(settle("order_1", "post:1"))
          await service.recordEntry({ ...about("inv_1", "d"), kind: "invoice_difference", amount: "-0.01" })
          expect((await totals()).balance).toBe("32.14")
        })
      })

      describe("keys", () => {
        beforeEach(() => open("5000"))

        it("make a replay return the entry that was made, also many at once", async () => {
          const made = await Promise.all(Array.from({ length: 10 }, () => reserve("order_1", "600.00")))
          expect(new Set(made.map((entry) => entry.id)).size).toBe(1)
          const posted = await Promise.all(
            Array.from({ length: 10 }, () => service.post(settle("order_1", "post:1")))
          )
          expect(new Set(posted.map((entry) => entry.id)).size).toBe(1)
          expect(await totals()).toEqual({ balance: "600.00", reserved: "0.00", exposure: "600.00" })
        })

        it("replay a reservation even when the limit has been lowered since", async () => {
          const made = await reserve("order_1", "600.00")
          await service.setLimit({ store_id, account_id, limit: "0", actor })
          expect(await reserve("order_1", "600.00")).toEqual(made)
        })

        it.each([
          ["another amount", { amount: "600.01" }],
          ["another account", { account_id: "whacc_2" }],
        ])("refuse %s under a used key", async (_, changed) => {
          await open(null, "whacc_2")
          await reserve("order_1", "600.00")
          const again = service.reserve({
            ...about("order_1", "reserve:order_1"),
            amount: "600.00",
            ...changed,
          })
          expect(await refusalOf(again)).toMatchObject({ status: 409, code: "credit_key_reused" })
          expect((await totals()).exposure).toBe("600.00")
        })

        it("refuse another kind of entry, and another amount of a payment", async () => {
          await service.recordEntry({ ...about("pay_1", "k"), kind: "payment", amount: "10.00" })
          for (const other of [
            { kind: "payment", amount: "11.00" },
            { kind: "refund", amount: "10.00" },
          ] as const) {
            expect((await refusalOf(service.recordEntry({ ...about("pay_1", "k"), ...other })))?.code).toBe(
              "credit_key_reused"
            )
          }
        })

        it("let either a post or a void win where both are asked for at once", async () => {
          await reserve("order_1", "600.00")
          const results = await Promise.allSettled([
            service.post(settle("order_1", "post:1")),
            service.void(settle("order_1", "void:1")),
          ])
          expect(refusals(results).map((error) => error.code)).toEqual(["not_allowed"])
          expect(["600.00", "0.00"]).toContain((await totals()).exposure)
        })
      })

      it("locks accounts in the order of their ids, whatever order the entries come in", async () => {
        const accounts = ["whacc_1", "whacc_2", "whacc_3"]
        for (const account of accounts) {
          await open(null, account)
        }
        await Promise.all(
          Array.from({ length: 20 }, (_, index) => {
            const order = index % 2 ? accounts : [...accounts].reverse()
            return service.recordEntries(
              order.map((account) => ({
                ...about("move", `${index}:${account}`),
                account_id: account,
                kind: "adjustment" as const,
                amount: "1.00",
              }))
            )
          })
        )
        const { credit_accounts } = await service.listCreditAccounts({ store_id, account_ids: accounts })
        expect(credit_accounts.map(({ balance }) => balance)).toEqual(["20.00", "20.00", "20.00"])
      })

      it("records all entries of a call or none", async () => {
        await open(null)
        const entry = { ...about("x", "a"), kind: "adjustment" as const, amount: "1.00" }
        await refusalOf(service.recordEntries([entry, { ...entry, key: "b", account_id: "nobody" }]))
        expect((await service.listEntries({ store_id, account_id })).count).toBe(0)
      })

      it("shows no account to another store", async () => {
        await open(null)
        expect(await refusalOf(service.exposure({ store_id: "whstore_2", account_id }))).toMatchObject({
          status: 404,
          code: "not_found",
        })
        const foreign = { ...about("order_1", "k"), store_id: "whstore_2", amount: "1.00" }
        expect((await refusalOf(service.reserve(foreign)))?.status).toBe(404)
      })

      it("makes one credit account for an account, in one currency", async () => {
        const made = await Promise.all(
          Array.from({ length: 5 }, () =>
            service.openCreditAccount({ store_id, account_id, currency_code: "usd", actor })
          )
        )
        expect(new Set(made.map(({ id }) => id)).size).toBe(1)
        expect(
          await refusalOf(service.openCreditAccount({ store_id, account_id, currency_code: "eur", actor }))
        ).toMatchObject({ code: "credit_currency_mismatch" })
      })

      it("makes a credit account with its limit, or none where the limit is refused", async () => {
        const account = { store_id, account_id, currency_code: "usd", actor }
        expect(await refusalOf(service.openCreditAccount({ ...account, limit: "1.005" }))).toMatchObject({
          code: "invalid_amount",
        })
        expect((await refusalOf(service.exposure(account)))?.status).toBe(404)

        expect(await service.openCreditAccount({ ...account, limit: "500" })).toMatchObject({ credit_limit: "500.00" })
        expect(await service.openCreditAccount(account)).toMatchObject({ credit_limit: "500.00" })
        expect(await service.openCreditAccount({ ...account, limit: null })).toMatchObject({ credit_limit: null })
      })

      it("keeps a reason as it was written", async () => {
        await open(null)
        const reason = `Why? It's "so" \\ $1 ?? :name {"a":1}`
        await service.recordEntry({ ...about("x", "q?"), kind: "adjustment", amount: "1", reason })
        const { entries } = await service.listEntries({ store_id, account_id })
        expect(entries[0]).toMatchObject({ reason, key: "q?" })
      })

      it.each([
        // 3 digits, none, two: the sums stay exact where floats would show 0.30000000000000004.
        ["kwd", "0.001", "0.002", "0.003"],
        ["jpy", "1", "2", "3"],
        ["usd", "0.1", "0.2", "0.30"],
      ])("sums %s exactly", async (currency_code, left, right, sum) => {
        await service.openCreditAccount({ store_id, account_id, currency_code, actor })
        await service.recordEntry({ ...about("x", "a"), kind: "adjustment", amount: left })
        await service.recordEntry({ ...about("x", "b"), kind: "adjustment", amount: right })
        expect((await totals()).balance).toBe(sum)
      })

      describe("reconcile", () => {
        it("reports an account whose totals are not the sum of its entries", async () => {
          await open("5000")
          await reserve("order_1", "600.00")
          const tamper = (balance: string) =>
            MikroOrmWrapper.forkManager().execute(`update wholesale_credit_account set balance = ?`, [balance])
          await tamper("1")
          expect(await service.reconcile(store_id)).toEqual({
            accounts: 1,
            holds: [],
            differences: [
              expect.objectContaining({
                account_id,
                balance: "1.00",
                entries_balance: "0.00",
                reserved: "600.00",
                entries_reserved: "600.00",
                broken_entries: 0,
              }),
            ],
          })
          await tamper("0")
        })

        it("reports an entry that was changed afterwards", async () => {
          await open("5000")
          await reserve("order_1", "600.00")
          await reserve("order_2", "100.00")
          const tamper = (delta: string) =>
            MikroOrmWrapper.forkManager().execute(
              `update wholesale_credit_entry set reserved_delta = ? where sequence = 1`,
              [delta]
            )
          await tamper("500")
          const { differences } = await service.reconcile(store_id)
          // 500 + 100 = 600 against totals of 700; both running totals are off by 100.
          expect(differences).toMatchObject([
            { reserved: "700.00", entries_reserved: "600.00", broken_entries: 2 },
          ])
          await tamper("600")
        })

        it("counts the accounts it has looked at and finds nothing in an empty store", async () => {
          expect(await service.reconcile("whstore_9")).toEqual({ accounts: 0, differences: [], holds: [] })
        })
      })
    })
  },
})
