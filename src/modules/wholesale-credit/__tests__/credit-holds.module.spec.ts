import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { WholesaleCreditModuleService } from ".."
import { WHOLESALE_CREDIT } from ".."
import { CREDIT_PRESET } from "../../../lib/credit-rules/credit-settings"
import { answers, atOnce } from "./at-once"
import { ACCOUNT, creditDesk, SELLER, STORE } from "./credit-desk"
import { refusalOf, refusals } from "./refusals"

const LINES = { soft_threshold_percent: "80", hard_threshold_percent: "95" }
const HOLD = { policy: "hold" } as const

jest.setTimeout(120_000)

moduleTestRunner<WholesaleCreditModuleService>({
  moduleName: WHOLESALE_CREDIT,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    describe("orders that wait for credit", () => {
      const desk = creditDesk(service)
      const { about, open, order, owes, pays, recheck, totals, holding, entriesOf } = desk
      const approve = (id: string, input: { key?: string; override?: boolean; reason?: string } = {}) =>
        service.decide({
          store_id: STORE, order_id: id, actor: SELLER, kind: "approve", key: `approve:${id}`,
          reason: "Known for years", ...input,
        })
      const fork = () => MikroOrmWrapper.forkManager()
      const notices = async () => {
        const taken = await service.takeNotices()
        return taken.map(({ order_id, event }) => `${order_id} ${event}`).sort()
      }

      afterEach(async () => {
        expect(await service.reconcile(STORE)).toMatchObject({ differences: [], holds: [] })
      })

      describe("being held", () => {
        it("takes no credit, tells why with the figures, and is told to people once (case 1)", async () => {
          // 45,000 + 85,000 = 130,000; over 75,000 by 55,000.
          await open({ credit_limit: "75000", ...HOLD })
          await owes("45000")
          const asked = await order("order_1", "85000")
          expect(asked).toMatchObject({
            outcome: "held",
            holds: [
              {
                kind: "hard", basis: "account", status: "active", order_id: "order_1", amount: "85000.00",
                reservation_key: "reserve:order_1", currency_code: "usd",
                figures: { limit: "75000.00", exposure: "45000.00", exposure_after: "130000.00", over_by: "55000.00" },
              },
            ],
          })
          expect(await totals()).toEqual({ balance: "45000.00", reserved: "0.00", exposure: "45000.00" })
          expect(await order("order_1", "85000")).toEqual(asked)

          const [notice, ...others] = await service.takeNotices({ order_ids: ["order_1"] })
          expect(others).toEqual([])
          expect(notice).toMatchObject({
            event: "held", order_id: "order_1", attempts: 1,
            details: { amount: "85000.00", reasons: [{ kind: "hard", figures: { over_by: "55000.00" } }] },
          })
          expect(await notices()).toEqual([])
          await service.settleNotice(notice)
        })

        it("refuses another amount under the same key", async () => {
          await open({ credit_limit: "100", ...HOLD })
          await order("order_1", "200")
          expect(await refusalOf(order("order_1", "201"))).toMatchObject({ status: 409, code: "credit_key_reused" })
        })

        it("keeps nothing of an order that is refused", async () => {
          await open({ credit_limit: "100" })
          expect((await refusalOf(order("order_1", "200")))?.code).toBe("credit_limit_exceeded")
          expect(await service.listHolds({ store_id: STORE, status: null }, { limit: 10 })).toEqual([])
          expect(await notices()).toEqual([])
        })

        it("cannot be approved while anything holds it", async () => {
          await open({ credit_limit: "100", ...HOLD })
          await order("order_1", "200")
          expect(await refusalOf(service.post(about("order_1", "post")))).toMatchObject({
            status: 409,
            code: "order_on_credit_hold",
            details: { order_id: "order_1", account_id: ACCOUNT, holds: [{ kind: "hard", basis: "account" }] },
          })
        })

        it("goes by what is past due, and by that alone is let go again (case 5)", async () => {
          await open({ past_due_days: 45, past_due_tolerance: "1" })
          const past_due = { amount: "500.00", oldest_due_on: "2026-01-31", days_late: 46 }
          await order("order_1", "10", { past_due })
          expect(await holding("order_1")).toEqual(["past_due account"])
          // Nobody has looked, so it stays.
          expect((await recheck()).released).toEqual([])
          // 0.40 are left of it, and 1.00 is tolerated.
          const { released } = await recheck({ past_due: { [ACCOUNT]: { ...past_due, amount: "0.40" } } })
          expect(released.map(({ order_id }) => order_id)).toEqual(["order_1"])
        })

        it("waits on prepaid terms until credit on account covers it, whatever the limit", async () => {
          await open({ credit_limit: "5000" })
          await order("order_1", "100", { prepaid: true })
          expect(await holding("order_1")).toEqual(["hard account"])
          await pays("pay_1", "99.99")
          expect((await recheck()).released).toEqual([])
          await pays("pay_2", "0.01")
          expect((await recheck()).released).toHaveLength(1)
          expect((await totals()).exposure).toBe("0.00")
        })
      })

      describe("ten orders of 600 at once against 5,000 (case 4)", () => {
        it.each([
          // 8 × 600 = 4,800; the ninth would make 5,400.
          ["8 by the limit alone", { ...HOLD }, 8],
          // 7 × 600 = 4,200; the eighth would make 4,800, more than 4,750.
          ["7 with a hard line at 95 %", { ...HOLD, hard_threshold_percent: "95" }, 7],
          // The same where the limit blocks: 4,800 is within it.
          ["7 with a hard line at 95 % and policy block", { hard_threshold_percent: "95" }, 7],
          // 6 × 600 = 3,600; the seventh would make 4,200, more than 4,000.
          ["6 with a soft line at 80 %", { ...HOLD, ...LINES }, 6],
        ])("%s", async (_, settings, passing) => {
          await open({ credit_limit: "5000", ...settings })
          const outcomes = answers(
            await atOnce(fork, Array.from({ length: 10 }, (_item, index) => () => order(`order_${index}`, "600")))
          )
          expect(outcomes.filter(({ outcome }) => outcome === "reserved")).toHaveLength(passing)
          expect(await totals()).toEqual({
            balance: "0.00",
            reserved: `${passing * 600}.00`,
            exposure: `${passing * 600}.00`,
          })
          expect(await service.listHolds({ store_id: STORE }, { limit: 100 })).toHaveLength(10 - passing)
        })
      })

      describe("release (case 6)", () => {
        beforeEach(async () => {
          await open({ credit_limit: "75000", ...HOLD, ...LINES })
          await owes("45000")
          // 45,000 + 28,000 = 73,000 of 75,000 = 97.3 %, more than 95 %.
          await order("order_1", "28000")
        })

        it("comes with the payment that makes room, and not before", async () => {
          expect(await holding("order_1")).toEqual(["hard account"])
          // 40,000 + 28,000 = 68,000 = 90.7 %: beyond 80 %.
          await pays("pay_1", "5000")
          expect(await recheck()).toMatchObject({
            released: [],
            waiting: [{ order_id: "order_1", holds: [{ kind: "soft", figures: { used_percent: "90.7" } }] }],
          })
          // 32,000 + 28,000 = 60,000 = 80.0 %: exactly at the line.
          await pays("pay_2", "8000")
          expect(await recheck()).toMatchObject({
            released: [{ order_id: "order_1", entry: { kind: "reserve", reserved_delta: "28000.00" } }],
            waiting: [],
          })
          expect((await recheck()).released).toEqual([])
          expect(await totals()).toEqual({ balance: "32000.00", reserved: "28000.00", exposure: "60000.00" })
          expect(await order("order_1", "28000")).toMatchObject({ outcome: "reserved" })
          await service.post(about("order_1", "post"))

          const holds = await service.listHolds({ store_id: STORE, status: null }, { limit: 10 })
          expect(holds.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual(["hard released", "soft released"])
          expect(await notices()).toEqual(["order_1 held", "order_1 released"])
        })

        it("happens once where a payment and the job look at the same time", async () => {
          await pays("pay_1", "13000")
          const rechecks = answers(await atOnce(fork, Array.from({ length: 8 }, () => () => recheck())))
          expect(rechecks.flatMap(({ released }) => released)).toHaveLength(1)
          expect(await entriesOf("order_1")).toEqual(["reserve 0.00 28000.00"])
          expect(await notices()).toEqual(["order_1 held", "order_1 released"])
        })

        it("does not come while another hold remains", async () => {
          const hold = await service.placeHold({
            ...about("order_1", "hold"), reason: "Cheque bounced",
            order: { order_id: "order_1", reservation_key: "reserve:order_1" },
          })
          await pays("pay_1", "13000")
          expect((await recheck()).released).toEqual([])
          expect(await holding("order_1")).toEqual(["manual order"])
          const lifted = await service.liftHold({ store_id: STORE, hold_id: hold.id, reason: "New cheque", actor: SELLER })
          expect(lifted).toMatchObject({
            hold: { status: "released", end_reason: "New cheque", ended_by_id: "user_1" },
            released: [{ order_id: "order_1" }],
          })
        })

        it("gives a cancelled order nothing, whichever comes first", async () => {
          await pays("pay_1", "13000")
          const cancel = () => service.void({ ...about("order_1", "void"), reason: "Ordered twice" })
          answers(await atOnce<unknown>(fork, [recheck, cancel, recheck, cancel].map((act) => () => act())))
          expect(await totals()).toEqual({ balance: "32000.00", reserved: "0.00", exposure: "32000.00" })
          expect(await holding("order_1")).toEqual([])
          expect((await recheck()).released).toEqual([])
        })

        it("follows the order in which orders began to wait, each on what the ones before have taken", async () => {
          await order("order_2", "16000")
          await order("order_3", "16000")
          // 20,000 owed + 28,000 = 48,000; 16,000 more make 64,000, beyond 60,000: the others wait.
          await pays("pay_1", "25000")
          expect(await recheck()).toMatchObject({
            released: [{ order_id: "order_1" }],
            waiting: [{ order_id: "order_2" }, { order_id: "order_3" }],
          })
          // 16,000 + 28,000 + 16,000 = 60,000: one of them, the older.
          await pays("pay_2", "4000")
          expect(await recheck()).toMatchObject({
            released: [{ order_id: "order_2" }],
            waiting: [{ order_id: "order_3" }],
          })
        })

        it("comes with a higher limit, too, and finds the accounts to look at", async () => {
          await desk.change({ credit_limit: "100000" })
          expect(await service.accountsWithHolds({ limit: 10 })).toMatchObject([{ account_id: ACCOUNT }])
          expect(await service.accountsToRecheck({ store_id: STORE, account_id: ACCOUNT })).toHaveLength(1)
          expect((await recheck()).released).toHaveLength(1)
          expect(await service.accountsWithHolds({ limit: 10 })).toEqual([])
        })
      })

      describe("decisions", () => {
        beforeEach(async () => {
          await open({ credit_limit: "75000", ...HOLD, ...LINES })
          await owes("45000")
          await order("order_1", "85000")
        })
        const partial = (input: { override?: boolean; parent?: string; child?: string; key?: string } = {}) =>
          service.decide({
            store_id: STORE, order_id: "order_1", actor: SELLER, kind: "partial",
            key: input.key ?? "partial:order_1", reason: "What 30,000 buys", override: input.override,
            amount: input.parent ?? "29750",
            child: { order_id: "order_1-1", reservation_key: "reserve:order_1-1", amount: input.child ?? "55250" },
          })

        it("let a part go on as an override, and the rest wait in the child (case 2)", async () => {
          // 30,000 / 850 = 35.29: 35 units = 29,750 go on, 65 = 55,250 wait.
          // 45,000 + 29,750 = 74,750, more than 95 % = 71,250.
          expect(await refusalOf(partial())).toMatchObject({
            status: 409,
            code: "override_required",
            details: { amount: "29750.00", reasons: [{ figures: { exposure_after: "74750.00", threshold: "71250.00" } }] },
          })
          expect(await holding("order_1")).toEqual(["hard account"])

          const made = await partial({ override: true })
          expect(made).toMatchObject({
            decision: {
              kind: "partial", is_override: true, amount: "29750.00", child_order_id: "order_1-1",
              reason: "What 30,000 buys", actor_id: "user_1",
              figures: [{ kind: "hard", figures: { exposure_after: "74750.00", over_by: "3500.00" } }],
            },
            holds: [{ status: "overridden" }],
            // 74,750 + 55,250 = 130,000: the exposure asked for is what it was.
            child_holds: [{ kind: "hard", status: "active", amount: "55250.00", figures: { exposure_after: "130000.00" } }],
          })
          expect(await totals()).toEqual({ balance: "45000.00", reserved: "29750.00", exposure: "74750.00" })
          expect(await partial({ override: true })).toEqual(made)
          expect(await entriesOf("order_1")).toEqual(["reserve 0.00 29750.00"])
          await service.post(about("order_1", "post"))
          expect((await refusalOf(service.post(about("order_1-1", "post"))))?.code).toBe("order_on_credit_hold")
          expect(await service.decisionsOfOrder({ store_id: STORE, order_id: "order_1-1" })).toEqual([made.decision])
          expect(await notices()).toEqual(["order_1 held", "order_1 partially_approved"])
        })

        it("keep the child waiting, by the decision itself where no rule would", async () => {
          await desk.change({ credit_limit: null })
          await partial()
          expect(await holding("order_1-1")).toEqual(["manual order"])
        })

        it.each([["29750", "55250.01"], ["0", "85000"], ["85000", "0"]])(
          "refuse a split into %s and %s",
          async (parent, child) => {
            expect(await refusalOf(partial({ parent, child, override: true }))).toMatchObject({
              status: 400,
              code: "invalid_split",
            })
          }
        )

        it("approve beyond the hard line only as an override, and log it as one", async () => {
          expect((await refusalOf(approve("order_1")))?.code).toBe("override_required")
          expect(await approve("order_1", { override: true })).toMatchObject({
            decision: { kind: "approve", is_override: true, amount: "85000.00" },
            holds: [{ kind: "hard", status: "overridden", end_reason: "Known for years" }],
          })
          expect((await totals()).exposure).toBe("130000.00")
        })

        it("approve a soft hold without one", async () => {
          // 45,000 + 20,000 = 65,000 of 75,000 = 86.7 %.
          await order("order_2", "20000")
          expect(await holding("order_2")).toEqual(["soft account"])
          expect(await approve("order_2", { override: true })).toMatchObject({ decision: { is_override: false } })
          expect((await totals()).reserved).toBe("20000.00")
        })

        it("need a reason, and something to decide about", async () => {
          expect(await refusalOf(approve("order_1", { reason: " " }))).toMatchObject({
            status: 400, code: "reason_required",
          })
          expect(await refusalOf(approve("order_9"))).toMatchObject({ status: 404 })
          await approve("order_1", { override: true })
          expect(await refusalOf(approve("order_1", { key: "again", override: true }))).toMatchObject({
            status: 409, code: "order_not_on_credit_hold", details: { status: "overridden" },
          })
        })

        it("decline for good: what comes later releases nothing, and rejecting the order gives nothing back", async () => {
          const declined = await service.decide({
            store_id: STORE, order_id: "order_1", actor: SELLER, kind: "decline", key: "decline", reason: "Too much",
          })
          expect(declined).toMatchObject({
            decision: { kind: "decline", amount: null, is_override: false, figures: [{ kind: "hard" }] },
            holds: [{ status: "declined" }],
          })
          await desk.change({ credit_limit: null })
          expect((await recheck()).released).toEqual([])
          expect(await service.void(about("order_1", "void"))).toBeNull()
          expect((await totals()).reserved).toBe("0.00")
        })

        it("and a release at the same time give the order its credit once", async () => {
          await desk.change({ credit_limit: null })
          const [decided, ...rechecks] = await atOnce<unknown>(fork, [
            () => approve("order_1"), () => recheck(), () => recheck(),
          ])
          expect(refusals(rechecks)).toEqual([])
          expect(refusals([decided]).map(({ code }) => code)).toEqual(
            (await service.decisionsOfOrder({ store_id: STORE, order_id: "order_1" })).length
              ? []
              : ["order_not_on_credit_hold"]
          )
          expect(await entriesOf("order_1")).toEqual(["reserve 0.00 85000.00"])
        })
      })

      describe("a person's hold", () => {
        const place = (id?: string, key = "hold") =>
          service.placeHold({
            ...about(id ?? "account", key), reason: "Cheque bounced",
            ...(id ? { order: { order_id: id, reservation_key: `reserve:${id}` } } : {}),
          })
        const lift = (hold_id: string, reason = "Paid in cash") =>
          service.liftHold({ store_id: STORE, hold_id, reason, actor: SELLER })

        it("on an account holds every new order and none that has its credit", async () => {
          await open()
          await order("order_1", "100")
          const hold = await place()
          expect(await place()).toEqual(hold)
          expect(await refusalOf(place(undefined, "another"))).toMatchObject({
            status: 409, code: "credit_hold_exists", details: { hold_id: hold.id },
          })
          expect(await order("order_2", "0")).toMatchObject({
            outcome: "held",
            holds: [{ kind: "manual", basis: "account", figures: { hold_id: hold.id, reason: "Cheque bounced" } }],
          })
          await service.post(about("order_1", "post"))
          expect((await lift(hold.id)).released.map(({ order_id }) => order_id)).toEqual(["order_2"])
        })

        it("on an order takes its credit back, and its lifting asks for it anew", async () => {
          await open({ credit_limit: "1000", ...HOLD })
          await order("order_1", "600")
          const hold = await place("order_1")
          expect(await totals()).toEqual({ balance: "0.00", reserved: "0.00", exposure: "0.00" })
          // What it gave back has gone to another: 600 + 600 = 1,200, over 1,000.
          await order("order_2", "600")
          expect((await lift(hold.id)).released).toEqual([])
          expect(await holding("order_1")).toEqual(["hard account"])
          await service.void(about("order_2", "void"))
          expect((await recheck()).released.map(({ order_id }) => order_id)).toEqual(["order_1"])
          expect(await entriesOf("order_1")).toEqual([
            "reserve 0.00 600.00", "suspend 0.00 -600.00", "resume 0.00 600.00",
          ])
          await service.post(about("order_1", "post"))
          expect(await totals()).toEqual({ balance: "600.00", reserved: "0.00", exposure: "600.00" })
        })

        it("on an order that has its credit can be placed and lifted again and again", async () => {
          await open()
          await order("order_1", "600")
          for (const key of ["first", "second"]) {
            const { id } = await place("order_1", key)
            expect((await lift(id)).released).toHaveLength(1)
            expect((await lift(id)).released).toEqual([])
          }
          expect((await totals()).reserved).toBe("600.00")
        })

        it("ends with the order, whose credit is not given back twice", async () => {
          await open()
          await order("order_1", "600")
          await place("order_1")
          await service.void(about("order_1", "void"))
          expect(await service.void(about("order_1", "void"))).toMatchObject({ kind: "void", reserved_delta: "0.00" })
          expect(await entriesOf("order_1")).toEqual([
            "reserve 0.00 600.00", "suspend 0.00 -600.00", "void 0.00 0.00",
          ])
        })

        it("comes too late for an approved order, and needs one that asked for credit", async () => {
          await open()
          await order("order_1", "600")
          await service.post(about("order_1", "post"))
          expect(await refusalOf(place("order_1"))).toMatchObject({ status: 409, code: "not_allowed" })
          expect((await totals()).balance).toBe("600.00")
          expect((await refusalOf(place("order_9")))?.status).toBe(404)
        })

        it("is lifted by a person; a rule's is not", async () => {
          await open({ credit_limit: "100", ...HOLD })
          await order("order_1", "600")
          const [{ id }] = await service.listHolds({ store_id: STORE }, { limit: 1 })
          expect(await refusalOf(lift(id))).toMatchObject({ status: 409, code: "credit_hold_of_rules" })
          expect((await refusalOf(lift("whcredhold_9")))?.status).toBe(404)
          expect((await refusalOf(lift(id, "")))?.code).toBe("reason_required")
        })
      })

      describe("an order's life (case 12)", () => {
        it("cancelled after part payment: the exposure is what was paid, as credit, and each reversal once", async () => {
          await open({ credit_limit: "5000" })
          await order("order_1", "1200")
          await service.post(about("order_1", "post"))
          await pays("pay_1", "500")
          expect((await totals()).exposure).toBe("700.00")
          // Nothing is invoiced: 1,200 are unposted: 1,200 − 500 − 1,200 = −500, credit on account.
          const cancel = () => service.unpost({ ...about("order_1", "unpost"), amount: "1200" })
          answers(await atOnce(fork, [cancel, cancel]))
          expect(await totals()).toEqual({ balance: "-500.00", reserved: "0.00", exposure: "-500.00" })
        })

        it("rejected after reservation, by two at once: given back once", async () => {
          await open({ credit_limit: "5000" })
          await order("order_1", "1200")
          const voids = await atOnce(
            fork,
            ["void", "void", "void-by-another"].map((key) => () => service.void(about("order_1", key)))
          )
          expect(refusals(voids).every(({ code }) => code === "not_allowed")).toBe(true)
          expect(await entriesOf("order_1")).toEqual(["reserve 0.00 1200.00", "void 0.00 -1200.00"])
          expect((await totals()).exposure).toBe("0.00")
        })

        it("reopened: it asks for credit anew, under a new name, and gets it once where two reopen at once", async () => {
          await open({ credit_limit: "1500" })
          await order("order_1", "1200")
          await service.void(about("order_1", "void"))
          await order("order_2", "1000")
          const again = { ...about("order_1", "reopen"), amount: "1200" }
          // 1,000 + 1,200 = 2,200, over 1,500 by 700: what was void does not come back past the limit.
          expect(await refusalOf(service.reserve(again))).toMatchObject({ details: { over_by: "700.00" } })
          await service.void(about("order_2", "void"))
          const reopen = () => service.reserve(again)
          answers(await atOnce(fork, [reopen, reopen]))
          expect((await totals()).exposure).toBe("1200.00")
          const reject = () => service.void({ ...about("order_1", "void-again"), reservation_key: again.key })
          answers(await atOnce(fork, [reject, reject]))
          expect(await entriesOf("order_1")).toEqual([
            "reserve 0.00 1200.00", "void 0.00 -1200.00", "reserve 0.00 1200.00", "void 0.00 -1200.00",
          ])
          expect((await totals()).exposure).toBe("0.00")
        })

        it("edited: the exposure is the new amount at once, also where two edit at the same time", async () => {
          await open({ credit_limit: "1500" })
          await order("order_1", "1200")
          const amend = (key: string, amount: string) => service.amend({ ...about("order_1", key), amount })
          await amend("more", "1500")
          expect((await totals()).exposure).toBe("1500.00")
          expect(await refusalOf(amend("too-much", "1500.01"))).toMatchObject({
            code: "credit_limit_exceeded", details: { exposure: "0.00", over_by: "0.01" },
          })
          expect((await totals()).exposure).toBe("1500.00")
          const edit = () => amend("less", "300")
          answers(await atOnce(fork, [edit, edit]))
          expect(await totals()).toEqual({ balance: "0.00", reserved: "300.00", exposure: "300.00" })
          await service.post(about("order_1", "post"))
          expect((await refusalOf(amend("late", "1")))?.code).toBe("not_allowed")
          expect(await entriesOf("order_1")).toEqual([
            "reserve 0.00 1200.00",
            "suspend 0.00 -1200.00", "resume 0.00 1500.00",
            "suspend 0.00 -1500.00", "resume 0.00 300.00",
            "post 300.00 -300.00",
          ])
        })

        it("edited to less is granted on an account that is over its limit", async () => {
          await open({ credit_limit: "1500" })
          await order("order_1", "1200")
          await desk.change({ credit_limit: "0" })
          await service.amend({ ...about("order_1", "less"), amount: "1000" })
          expect((await totals()).exposure).toBe("1000.00")
        })

        it("edited to more may have to wait; edited to less goes on", async () => {
          await open({ credit_limit: "1500", ...HOLD })
          await order("order_1", "1200")
          const amend = (key: string, amount: string) => service.amend({ ...about("order_1", key), amount })
          expect(await amend("more", "1600")).toMatchObject({ outcome: "held", holds: [{ amount: "1600.00" }] })
          expect(await amend("more", "1600")).toMatchObject({ outcome: "held" })
          expect((await totals()).exposure).toBe("0.00")
          expect(await amend("again", "1700")).toMatchObject({
            outcome: "held", holds: [{ amount: "1700.00", figures: { over_by: "200.00" } }],
          })
          expect(await amend("less", "1500")).toMatchObject({ outcome: "reserved", entry: { kind: "resume" } })
          expect(await amend("less", "1500")).toMatchObject({ outcome: "reserved" })
          expect((await totals()).exposure).toBe("1500.00")
        })
      })

      it("the preset over a limit holds an order that a new account would have got", async () => {
        await open({ credit_limit: "5000" })
        await desk.change(CREDIT_PRESET)
        // 4,000.01 is more than 80 % of 5,000.
        expect(await order("order_1", "4000.01")).toMatchObject({ outcome: "held", holds: [{ kind: "soft" }] })
      })

      it("another store sees no hold, lifts none and decides nothing", async () => {
        await open({ credit_limit: "100", ...HOLD })
        await order("order_1", "200")
        const [{ id }] = await service.listHolds({ store_id: STORE }, { limit: 1 })
        const store_id = "whstore_2"
        expect(await service.listHolds({ store_id }, { limit: 10 })).toEqual([])
        expect(await service.waitingOrders({ store_id, order_ids: ["order_1"] })).toEqual([])
        const foreign = { store_id, order_id: "order_1", actor: SELLER, key: "k", reason: "r" }
        expect((await refusalOf(service.decide({ ...foreign, kind: "approve" })))?.status).toBe(404)
        expect(
          (await refusalOf(service.liftHold({ store_id, hold_id: id, reason: "r", actor: SELLER })))?.status
        ).toBe(404)
        expect((await refusalOf(service.recheck({ store_id, account_id: ACCOUNT, actor: SELLER })))?.status).toBe(404)
      })

      it("pages holds by their ids, newest first", async () => {
        await open({ credit_limit: "100", ...HOLD })
        for (const id of ["order_1", "order_2", "order_3"]) {
          await order(id, "200")
        }
        const first = await service.listHolds({ store_id: STORE, account_id: ACCOUNT, kind: "hard" }, { limit: 2 })
        const rest = await service.listHolds({ store_id: STORE }, { limit: 2, after: first[1].id })
        expect([...first, ...rest].map(({ order_id }) => order_id).sort()).toEqual(["order_1", "order_2", "order_3"])
        expect(await service.listHolds({ store_id: STORE, order_ids: ["order_2"] }, { limit: 9 })).toHaveLength(1)
      })

      describe("reconcile", () => {
        const sql = (text: string) => MikroOrmWrapper.forkManager().execute(text)
        const problems = async () =>
          (await service.reconcile(STORE)).holds.map(({ order_id, problem }) => [order_id, problem])

        it("reports holds and entries that tell different things", async () => {
          await open({ credit_limit: "700", ...HOLD })
          await order("order_1", "600")
          await order("order_2", "200")
          await sql(`update wholesale_credit_hold set reservation_key = 'reserve:order_1'`)
          expect(await problems()).toEqual([["order_2", "held_with_credit"]])
          await sql(`update wholesale_credit_hold set reservation_key = 'reserve:order_2', status = 'released'`)
          expect(await problems()).toEqual([["order_2", "released_without_credit"]])
          await sql(`update wholesale_credit_hold set status = 'active'`)
          await service.placeHold({
            ...about("order_1", "hold"), reason: "Cheque bounced",
            order: { order_id: "order_1", reservation_key: "reserve:order_1" },
          })
          await sql(`update wholesale_credit_hold set status = 'released' where order_id = 'order_1'`)
          expect(await problems()).toEqual([["order_1", "suspended_without_hold"]])
          await sql(`update wholesale_credit_hold set status = 'active' where order_id = 'order_1'`)
          expect(await problems()).toEqual([])
        })
      })
    })
  },
})
