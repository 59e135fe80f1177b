import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { WholesaleCreditModuleService } from ".."
import { WHOLESALE_CREDIT } from ".."
import type { LimitSettings } from "../../../lib/credit-rules/credit-settings"
import { answers, atOnce, untilStopped } from "./at-once"
import { creditDesk, SELLER, STORE } from "./credit-desk"
import { refusalOf } from "./refusals"

const ELM = "whacc_elm"
const OAK = "whacc_oak"

jest.setTimeout(120_000)

moduleTestRunner<WholesaleCreditModuleService>({
  moduleName: WHOLESALE_CREDIT,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const fork = () => MikroOrmWrapper.forkManager()


    describe("a limit shared by several accounts", () => {
      const { open, order, owes, pays, recheck, holding, totals } = creditDesk(service)
      const group = (settings: Partial<LimitSettings> = {}, name = "Wood Group", currency_code = "USD") =>
        service.createGroup({ store_id: STORE, name, currency_code, settings, actor: SELLER })
      const join = (account_id: string, group_id: string | null) =>
        service.assignToGroup({ store_id: STORE, account_id, group_id, actor: SELLER })
      const reserved = async () =>
        (await service.listGroups({ store_id: STORE })).map(({ name, exposure }) => `${name} ${exposure}`)

      beforeEach(async () => {
        await open({}, ELM)
        await open({}, OAK)
      })

      afterEach(async () => {
        expect(await service.reconcile(STORE)).toMatchObject({ differences: [], holds: [] })
      })

      it("lets eight of ten orders of 600, placed at once by both members, pass 5,000", async () => {
        const { id } = await group({ credit_limit: "5000", policy: "hold" })
        await join(ELM, id)
        await join(OAK, id)
        const outcomes = answers(
          await atOnce(
            fork,
            Array.from({ length: 10 }, (_, index) => () =>
              order(`order_${index}`, "600", { account_id: index % 2 ? ELM : OAK })
            )
          )
        )
        // 8 × 600 = 4,800; the ninth would make 5,400.
        expect(outcomes.filter(({ outcome }) => outcome === "reserved")).toHaveLength(8)
        expect(await service.retrieveGroup({ store_id: STORE, group_id: id })).toMatchObject({
          name: "Wood Group", currency_code: "usd", exposure: "4800.00", available: "200.00", account_ids: [ELM, OAK],
        })
      })

      it("refuses, where its policy is to block, what an account's own limit would let pass", async () => {
        const { id } = await group({ credit_limit: "1000" })
        await join(ELM, id)
        await join(OAK, id)
        await owes("900", OAK)
        expect(await refusalOf(order("order_1", "200", { account_id: ELM }))).toMatchObject({
          code: "credit_limit_exceeded",
          details: { account_id: ELM, group_id: id, exposure: "900.00", over_by: "100.00" },
        })
      })

      it("holds by the account's rules and its own at once", async () => {
        const { id } = await group({ credit_limit: "1000", policy: "hold" })
        await service.updateSettings({
          store_id: STORE, account_id: ELM, changes: { credit_limit: "500", policy: "hold" }, actor: SELLER,
        })
        await join(ELM, id)
        await order("order_1", "1001", { account_id: ELM })
        expect((await holding("order_1")).sort()).toEqual(["hard account", "hard group"])
      })

      it("releases the order that has waited longest, whichever member pays", async () => {
        const { id } = await group({ credit_limit: "1000", policy: "hold" })
        await join(ELM, id)
        await join(OAK, id)
        await owes("1000", OAK)
        await order("order_1", "400", { account_id: ELM })
        await order("order_2", "400", { account_id: OAK })
        expect(await service.accountsToRecheck({ store_id: STORE, account_id: OAK })).toHaveLength(2)
        // 1,000 − 500 + 400 = 900; 400 more would make 1,300.
        await pays("pay_1", "500", OAK)
        expect(await recheck({ account_id: OAK })).toMatchObject({
          released: [{ order_id: "order_1", account_id: ELM }],
          waiting: [{ order_id: "order_2", account_id: OAK }],
        })
        expect((await totals(ELM)).reserved).toBe("400.00")
      })

      it("releases once where both members' payments look at the same time", async () => {
        const { id } = await group({ credit_limit: "1000", policy: "hold" })
        await join(ELM, id)
        await join(OAK, id)
        await owes("1000", OAK)
        await order("order_1", "600", { account_id: ELM })
        await order("order_2", "600", { account_id: OAK })
        await pays("pay_1", "700", OAK)
        const rechecks = answers(
          await atOnce(
            fork,
            Array.from({ length: 6 }, (_, index) => () => recheck({ account_id: index % 2 ? ELM : OAK }))
          )
        )
        // 300 + 600 = 900; another 600 would make 1,500.
        expect(rechecks.flatMap(({ released }) => released)).toMatchObject([{ order_id: "order_1" }])
        expect(await reserved()).toEqual(["Wood Group 900.00"])
      })

      it("is not passed by orders placed while an account moves into it", async () => {
        const wood = await group({ credit_limit: "1000", policy: "hold" })
        await join(OAK, wood.id)
        const placing = (account_id: string) =>
          Array.from({ length: 4 }, (_, index) => () => order(`${account_id}_${index}`, "300", { account_id }))
        const [joined, ...placed] = answers(
          await atOnce<unknown>(fork, [() => join(ELM, wood.id), ...placing(ELM), ...placing(OAK)])
        )
        expect(joined).toMatchObject({ group_id: wood.id })
        expect(placed).toHaveLength(8)
        // The move has its turn first: 3 × 300 = 900 of all eight pass, whoever's they are. Elm's were on their
        // way without a group.
        expect(await reserved()).toEqual(["Wood Group 900.00"])
      })

      it("comes with the account's exposure, and goes with it", async () => {
        const wood = await group({ credit_limit: "100" })
        const other = await group({}, "Other")
        await owes("250", ELM)
        await join(ELM, wood.id)
        expect(await reserved()).toEqual(["Other 0.00", "Wood Group 250.00"])
        await join(ELM, other.id)
        expect(await reserved()).toEqual(["Other 250.00", "Wood Group 0.00"])
        await join(ELM, null)
        await join(ELM, null)
        const changes = await service.listChanges({ store_id: STORE, account_id: ELM })
        expect(changes.map(({ field, from, to }) => [field, from, to])).toEqual([
          ["group_id", other.id, null],
          ["group_id", wood.id, other.id],
          ["group_id", null, wood.id],
        ])
      })

      it("is changed with an audit of its own", async () => {
        const { id } = await group({ credit_limit: "100" })
        const input = { store_id: STORE, group_id: id, actor: SELLER }
        await service.updateGroup({ ...input, changes: { credit_limit: "100.00" } })
        await service.updateGroup({ ...input, name: "Elms", changes: { policy: "hold" }, reason: "Renamed" })
        const changes = await service.listGroupChanges(input)
        expect(changes.map(({ field, from, to, reason }) => [field, from, to, reason])).toEqual(
          expect.arrayContaining([
            ["name", "Wood Group", "Elms", "Renamed"],
            ["policy", "block", "hold", "Renamed"],
            ["credit_limit", null, "100.00", null],
          ])
        )
        expect(changes).toHaveLength(3)
      })

      it("needs a name of its own, rules that mean something, and members of its currency", async () => {
        const { id } = await group()
        expect((await refusalOf(group()))?.code).toBe("credit_group_exists")
        expect((await refusalOf(group({}, " ")))?.code).toBe("credit_group_without_name")
        expect((await refusalOf(group({ credit_limit: "-1" }, "Other")))?.code).toBe("invalid_amount")
        const other = await group({}, "Other")
        expect(
          (await refusalOf(
            service.updateGroup({ store_id: STORE, group_id: other.id, name: "Wood Group", changes: {}, actor: SELLER })
          ))?.code
        ).toBe("credit_group_exists")
        const euros = await group({}, "Euros", "eur")
        expect(await refusalOf(join(ELM, euros.id))).toMatchObject({
          status: 409, code: "credit_currency_mismatch", details: { currency_code: "usd", requested: "eur" },
        })
        expect(
          await service.createGroup({ id, store_id: STORE, name: "Wood Group", currency_code: "usd", actor: SELLER })
        ).toMatchObject({ id, name: "Wood Group" })
      })

      it("gets no name that another group is being given at the same moment", async () => {
        const [elm, oak] = [await group({}, "Elm"), await group({}, "Oak")]
        const other = fork()
        await other.begin()
        await other.execute("update wholesale_credit_group set name = 'Ash' where id = ?", [elm.id])
        const refusal = refusalOf(
          service.updateGroup({ store_id: STORE, group_id: oak.id, name: "Ash", changes: {}, actor: SELLER })
        )
        await untilStopped(fork(), 1)
        await other.commit()
        expect(await refusal).toMatchObject({ status: 409, code: "credit_group_exists" })
        expect(await reserved()).toEqual(["Ash 0.00", "Oak 0.00"])
      })

      it("is no other store's", async () => {
        const { id } = await group()
        const foreign = { store_id: "whstore_2", group_id: id }
        expect((await refusalOf(service.retrieveGroup(foreign)))?.status).toBe(404)
        expect((await refusalOf(service.updateGroup({ ...foreign, changes: {}, actor: SELLER })))?.status).toBe(404)
        await service.openCreditAccount({
          store_id: "whstore_2", account_id: "whacc_2", currency_code: "usd", actor: SELLER,
        })
        const join = { store_id: "whstore_2", account_id: "whacc_2", group_id: id, actor: SELLER }
        expect((await refusalOf(service.assignToGroup(join)))?.status).toBe(404)
      })
    })

    describe("corrections and statement", () => {
      const { about, open, order, owes } = creditDesk(service)
      const correction = (key: string, amount: string, reason = "Agreed by phone") => ({
        ...about("whinv_1", key), amount, reason,
      })

      beforeEach(() => open())

      afterEach(async () => {
        expect(await service.reconcile(STORE)).toMatchObject({ differences: [], holds: [] })
      })

      it("adjust and write off with a reason, once by their keys", async () => {
        await service.adjust(correction("up", "100"))
        await service.adjust(correction("up", "100"))
        await service.adjust(correction("down", "-30.01"))
        // 100 − 30.01 = 69.99; 69.99 − 70 is below zero by 0.01.
        expect(await refusalOf(service.writeOff(correction("off", "70")))).toMatchObject({
          status: 409, code: "write_off_exceeds_balance", details: { balance: "69.99", over_by: "0.01" },
        })
        await service.writeOff(correction("off", "69.99"))
        const again = await service.writeOff(correction("off", "69.99"))
        expect(again).toMatchObject({ kind: "write_off", balance_after: "0.00", reason: "Agreed by phone" })
      })

      it.each(["adjust", "writeOff"] as const)("%s refuses nothing, and no reason", async (verb) => {
        await owes("10")
        expect((await refusalOf(service[verb](correction("k", "0"))))?.code).toBe("invalid_amount")
        expect((await refusalOf(service[verb](correction("k", "1", " "))))?.code).toBe("reason_required")
      })

      const day = (number: number) => new Date(Date.UTC(2026, 0, number))
      const paid = (payment: string, amount: string, effective_at: Date) =>
        service.recordEntry({ ...about(payment, "payment"), kind: "payment", amount, effective_at })
      const stated = ({ sequence, kind, balance }: { sequence: number; kind: string; balance: string }) =>
        `${sequence} ${kind} ${balance}`

      it("states a period by the day each entry counts from: opening, what moved, closing, a page at a time", async () => {
        await service.adjust({ ...correction("opening", "45000"), effective_at: day(1) })
        await order("order_1", "1200")
        await service.post({ ...about("order_1", "post"), effective_at: day(4) })
        // Booked last, and received on the 3rd; the other is of the 5th.
        await paid("pay_2", "300", day(5))
        await paid("pay_1", "200", day(3))
        await fork().execute("update wholesale_credit_entry set effective_at = ? where kind = 'reserve'", [day(2)])
        const period = { store_id: STORE, account_id: "whacc_1", from: day(2) }
        const statement = await service.statement({ ...period, to: day(5) })
        // 45,000 before the 2nd; the 200 of the 3rd come before the 1,200 of the 4th; the 300 of the 5th are not in it.
        expect(statement).toMatchObject({
          currency_code: "usd",
          opening: { balance: "45000.00", reserved: "0.00" },
          moved: { balance: "1000.00", reserved: "0.00" },
          closing: { balance: "46000.00", reserved: "0.00" },
          count: 3,
        })
        expect(statement.entries.map(stated)).toEqual(["2 reserve 45000.00", "5 payment 44800.00", "3 post 46000.00"])
        // Booked order and its running totals stay: 45,000 + 1,200 − 300 − 200.
        expect(statement.entries[1]).toMatchObject({ effective_at: day(3), balance_after: "45700.00" })
        const pages: string[] = []
        for (let after = 0; ; ) {
          const { entries, count } = await service.statement({ ...period, to: day(6), limit: 1, after })
          expect(count).toBe(4)
          if (entries.length === 0) {
            break
          }
          pages.push(...entries.map(stated))
          after = entries[0].sequence
        }
        expect(pages).toEqual(["2 reserve 45000.00", "5 payment 44800.00", "3 post 46000.00", "4 payment 45700.00"])
        expect(await service.statement({ ...period, to: day(2) })).toMatchObject({
          closing: { balance: "45000.00" }, entries: [], count: 0,
        })
        expect((await refusalOf(service.statement({ ...period, to: day(6), after: 77 })))?.status).toBe(404)
      })

      it("puts entries of one moment into the order of booking, and knows a key again whatever day it is told", async () => {
        const first = await paid("pay_1", "1", day(3))
        await paid("pay_2", "2", day(3))
        const again = await paid("pay_1", "1", day(4))
        expect(again).toEqual(first)
        const { entries } = await service.statement({ store_id: STORE, account_id: "whacc_1", from: day(1), to: day(9) })
        expect(entries.map(stated)).toEqual(["1 payment -1.00", "2 payment -3.00"])
      })

      it("takes back an approval that was refused from the day on which it counted", async () => {
        await order("order_1", "1200")
        await service.post({ ...about("order_1", "post"), effective_at: day(4) })
        expect(await service.restore(about("order_1", "restore"))).toMatchObject({ effective_at: day(4) })
      })

      it("counts what is told no day from when it is booked", async () => {
        const before = Date.now()
        const { effective_at } = await service.adjust(correction("up", "100"))
        expect(effective_at.getTime()).toBeGreaterThanOrEqual(before)
        expect(effective_at.getTime()).toBeLessThanOrEqual(Date.now())
      })
    })
  },
})
