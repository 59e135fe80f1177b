import path from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import type { NewStore } from "../domain/store-settings"
import { WHOLESALE_STORE } from "../index"
import type WholesaleStoreModuleService from "../service"

jest.setTimeout(60_000)

const northwind: NewStore = { name: "Northwind", mode: "distributor", currency_code: "gbp" }
const cornerShop: NewStore = { name: "Corner Shop", mode: "retailer", currency_code: "gbp" }
const user = (actor_id: string): Actor => ({ actor_type: "user", actor_id })
const apiKey = (actor_id: string): Actor => ({ actor_type: "api-key", actor_id })
const system: Actor = { actor_type: "system", actor_id: "test" }

moduleTestRunner<WholesaleStoreModuleService>({
  moduleName: WHOLESALE_STORE,
  resolve: path.join(__dirname, ".."),
  pathToMigrations: path.join(__dirname, "..", "migrations"),
  moduleOptions: {
    platformAdmins: ["Boss@example.com", "second@example.com"],
    defaultFlags: ["link_member_wholesale_accounts"],
  },
  testSuite: ({ service }) => {
    describe("stores", () => {
      it("are made with everything filled in, and read back", async () => {
        const store = await service.createStore({
          ...northwind,
          address: { address_1: "1 Dock Road", country_code: "gb" },
          stock_location_ids: ["sloc_b", "sloc_a"],
        })
        expect(await service.retrieveWholesaleStore(store.id)).toMatchObject({
          id: expect.stringMatching(/^whstore_/),
          name: "Northwind",
          currency_code: "gbp",
          address: { address_1: "1 Dock Road", country_code: "gb" },
          stock_location_ids: ["sloc_b", "sloc_a"],
          order_number_pattern: "B2B-{YYYY}-{SEQ:6}",
          invoice_on: "completion",
          default_terms: { type: "net", days: 30, discount: null },
          incarnation: 1,
          created_at: expect.any(Date),
        })
      })

      it("keep their goods at locations of their own, also when two claim one at once", async () => {
        const mine = await service.createStore({ ...northwind, stock_location_ids: ["sloc_1"] })
        const taken = { status: 409, code: "stock_location_taken" }
        await expect(
          service.createStore({ ...cornerShop, stock_location_ids: ["sloc_2", "sloc_1"] })
        ).rejects.toMatchObject(taken)
        const other = await service.createStore(cornerShop)
        const claims = await Promise.allSettled([
          service.updateStore(mine.id, { stock_location_ids: ["sloc_1", "sloc_3"] }),
          service.updateStore(other.id, { stock_location_ids: ["sloc_3"] }),
        ])
        expect(claims.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
        expect(claims.find(({ status }) => status === "rejected")).toMatchObject({ reason: taken })
      })

      it("are made once for one id", async () => {
        const [first, second] = await Promise.all([
          service.createStore({ ...northwind, id: "whstore_1" }),
          service.createStore({ ...northwind, name: "Again", id: "whstore_1" }),
        ])
        expect(second).toEqual(first)
        expect(await service.listWholesaleStores()).toHaveLength(1)
      })

      it("change only what is given", async () => {
        const { id } = await service.createStore({ ...northwind, email: "sales@northwind.test" })
        await service.updateStore(id, { default_terms: { type: "net", days: 14 }, stock_location_ids: ["sloc_1"] })
        expect(await service.retrieveWholesaleStore(id)).toMatchObject({
          name: "Northwind",
          email: "sales@northwind.test",
          default_terms: { type: "net", days: 14, discount: null },
          stock_location_ids: ["sloc_1"],
        })
        await service.updateStore(id, { email: null })
        expect((await service.retrieveWholesaleStore(id)).email).toBeNull()
      })

      it("refuse a wrong pattern and stay as they were", async () => {
        const { id } = await service.createStore(northwind)
        await expect(service.updateStore(id, { name: "New", invoice_number_pattern: "INV" })).rejects.toMatchObject({
          status: 400,
          code: "invalid_number_pattern",
        })
        expect((await service.retrieveWholesaleStore(id)).name).toBe("Northwind")
      })

      it("that are not there cannot be changed", async () => {
        await expect(service.updateStore("whstore_none", { name: "X" })).rejects.toMatchObject({
          status: 404,
          code: "not_found",
        })
      })

      it("never share the sales channel that opens them", async () => {
        await service.createStore({ ...northwind, sales_channel_id: "sc_1" })
        const taken = { status: 409, code: "sales_channel_taken", details: { sales_channel_id: "sc_1" } }
        await expect(service.createStore({ ...cornerShop, sales_channel_id: "sc_1" })).rejects.toMatchObject(taken)
        const shop = await service.createStore(cornerShop)
        await expect(service.updateStore(shop.id, { sales_channel_id: "sc_1" })).rejects.toMatchObject(taken)
        expect((await service.retrieveWholesaleStore(shop.id)).sales_channel_id).toBeNull()
      })

      it("count the changes of what partners see, and of nothing else", async () => {
        const address = { address_1: "1 Dock Road", country_code: "gb" }
        const { id, profile_revision } = await service.createStore({ ...northwind, address })
        expect(profile_revision).toBe(0)
        await service.updateStore(id, { default_terms: { type: "net", days: 14 }, name: "Northwind", email: null })
        await service.updateStore(id, { address: { country_code: "gb", address_1: "1 Dock Road" } })
        expect((await service.retrieveWholesaleStore(id)).profile_revision).toBe(0)
        expect((await service.updateStore(id, { mode: "both", email: "north@wind.test" })).profile_revision).toBe(1)
        await service.updateStore(id, { address: { ...address, address_1: "2 Dock Road" } })
        await Promise.all(["A", "B", "C"].map((name) => service.updateStore(id, { name })))
        expect((await service.retrieveWholesaleStore(id)).profile_revision).toBe(5)
      })

      it("are behind with their profile until its newest revision is announced", async () => {
        const [one, two] = [await service.createStore(northwind), await service.createStore(cornerShop)]
        const behind = (after?: string) => service.profilesToAnnounce({ limit: 10, after })
        expect(await behind()).toEqual([])
        await service.updateStore(one.id, { name: "North" })
        await service.updateStore(two.id, { name: "Corner" })
        await service.updateStore(two.id, { name: "The Corner" })
        const rows = [
          { id: one.id, profile_revision: 1 },
          { id: two.id, profile_revision: 2 },
        ].sort((left, right) => (left.id < right.id ? -1 : 1))
        expect(await behind()).toEqual(rows)
        expect(await behind(rows[0].id)).toEqual([rows[1]])
        await service.markProfileAnnounced(rows[0])
        await service.markProfileAnnounced(rows[1])
        await service.markProfileAnnounced({ id: two.id, profile_revision: 1 })
        await service.markProfileAnnounced({ id: two.id, profile_revision: 9 })
        expect(await behind()).toEqual([])
        expect((await service.retrieveWholesaleStore(two.id)).profile_announced_revision).toBe(2)
      })

      it("have their books compared once a night, and keep what was found last of each day", async () => {
        const [one, two] = [await service.createStore(northwind), await service.createStore(cornerShop)]
        const due = async (since: string) =>
          (await service.storesToCheck({ since: new Date(since), limit: 10 })).map(({ id }) => id)
        const both = [one.id, two.id].sort()
        expect(await due("2026-01-31T03:00:00Z")).toEqual(both)
        expect(await service.latestBooksCheck(one.id)).toBeUndefined()

        const check = (checked_at: string, count: number) =>
          service.recordBooksCheck({
            store_id: one.id,
            checked_at: new Date(checked_at),
            differences: Array.from({ length: count }, () => ({ kind: "unmirrored" })),
          })
        await check("2026-01-31T03:00:10Z", 0)
        await check("2026-01-31T09:00:00Z", 101)
        await check("2026-01-31T08:00:00Z", 7)
        expect(await service.latestBooksCheck(one.id)).toMatchObject({
          day: "2026-01-31",
          checked_at: new Date("2026-01-31T09:00:00Z"),
          difference_count: 101,
        })
        expect((await service.latestBooksCheck(one.id))?.differences).toHaveLength(100)
        expect(await due("2026-01-31T03:00:00Z")).toEqual([two.id])
        expect(await due("2026-02-01T03:00:00Z")).toEqual(both)
        await check("2026-02-01T03:00:00Z", 0)
        expect(await service.latestBooksCheck(one.id)).toMatchObject({ day: "2026-02-01", difference_count: 0 })
        expect(await service.listWholesaleBooksChecks({ store_id: one.id })).toHaveLength(2)
      })

      it("have their books compared by one of all that come at once, and by another an hour after it died", async () => {
        const { id: store_id } = await service.createStore(northwind)
        const since = new Date("2026-01-31T03:00:00Z")
        const claim = (now: string) => service.claimBooksCheck({ store_id, since, now: new Date(now) })
        const claims = await Promise.all(Array.from({ length: 5 }, () => claim("2026-01-31T03:00:01Z")))
        expect(claims.filter(Boolean)).toHaveLength(1)
        expect(await service.latestBooksCheck(store_id)).toBeUndefined()
        expect(await claim("2026-01-31T04:00:00Z")).toBe(false)
        expect(await claim("2026-01-31T04:00:01Z")).toBe(true)
        await service.recordBooksCheck({ store_id, checked_at: new Date("2026-01-31T04:00:02Z"), differences: [] })
        expect(await claim("2026-01-31T09:00:00Z")).toBe(false)
        expect(await service.latestBooksCheck(store_id)).toMatchObject({ day: "2026-01-31", difference_count: 0 })
      })

      it("keep their own channel when it is given again", async () => {
        const { id } = await service.createStore({ ...northwind, sales_channel_id: "sc_1" })
        await service.updateStore(id, { sales_channel_id: "sc_1", name: "North" })
        expect((await service.retrieveWholesaleStore(id)).name).toBe("North")
      })
    })

    describe("the default store", () => {
      it("is made once although eight ask at the same instant", async () => {
        const made = await Promise.all(Array.from({ length: 8 }, () => service.ensureDefaultStore(northwind)))
        expect(new Set(made.map(({ id }) => id)).size).toBe(1)
        expect(await service.listWholesaleStores()).toHaveLength(1)
      })

      it("is the oldest where there are some", async () => {
        const first = await service.createStore(northwind)
        await service.createStore(cornerShop)
        expect((await service.ensureDefaultStore({ ...northwind, name: "Third" })).id).toBe(first.id)
        expect(await service.listWholesaleStores()).toHaveLength(2)
      })
    })

    describe("who acts for a store", () => {
      const names = async (actor: Actor) => (await service.storesOf(actor)).map(({ name }) => name)

      it("is nobody while there is none", async () => {
        expect(await names(user("user_1"))).toEqual([])
      })

      it("is every user, and no api key, for the only store without members", async () => {
        await service.createStore(northwind)
        expect(await names(user("user_1"))).toEqual(["Northwind"])
        expect(await names(user("user_2"))).toEqual(["Northwind"])
        expect(await names(apiKey("apk_1"))).toEqual([])
      })

      it.each(["customer", "partner", "system"] as const)("is never a %s", async (actor_type) => {
        await service.createStore(northwind)
        expect(await names({ actor_type, actor_id: "any" })).toEqual([])
      })

      it("is members only, once a user is one", async () => {
        const store = await service.createStore(northwind)
        await service.addMember({ store_id: store.id, actor_type: "user", actor_id: "user_1" })
        expect(await names(user("user_1"))).toEqual(["Northwind"])
        expect(await names(user("user_2"))).toEqual([])
      })

      it("is still every user when an api key became a member", async () => {
        const store = await service.createStore(northwind)
        await service.addMember({ store_id: store.id, actor_type: "api-key", actor_id: "apk_1" })
        expect(await names(apiKey("apk_1"))).toEqual(["Northwind"])
        expect(await names(apiKey("apk_2"))).toEqual([])
        expect(await names(user("user_1"))).toEqual(["Northwind"])
      })

      it("is no user for either of two stores without members", async () => {
        await service.createStore(northwind)
        await service.createStore(cornerShop)
        expect(await names(user("user_1"))).toEqual([])
      })

      it("is a member of several stores for all of them, by name", async () => {
        for (const store of [northwind, cornerShop]) {
          const { id } = await service.createStore(store)
          await service.addMember({ store_id: id, actor_type: "user", actor_id: "user_1" })
        }
        expect(await names(user("user_1"))).toEqual(["Corner Shop", "Northwind"])
      })

      it("is not an api key that has a user's id", async () => {
        const store = await service.createStore(northwind)
        await service.addMember({ store_id: store.id, actor_type: "user", actor_id: "same_id" })
        expect(await names(apiKey("same_id"))).toEqual([])
      })

      it("is a member once, however often and at once it is added", async () => {
        const { id: store_id } = await service.createStore(northwind)
        const members = await Promise.all(
          Array.from({ length: 5 }, () => service.addMember({ store_id, actor_type: "user", actor_id: "user_1" }))
        )
        expect(new Set(members.map(({ id }) => id)).size).toBe(1)
        expect(await service.listWholesaleMembers({ store_id })).toHaveLength(1)
      })

      it("is no longer a member that was removed, and it can come back", async () => {
        const { id: store_id } = await service.createStore(northwind)
        await service.createStore(cornerShop)
        const member = await service.addMember({ store_id, actor_type: "user", actor_id: "user_1" })
        await service.addMember({ store_id, actor_type: "user", actor_id: "user_2" })
        await service.removeMember({ store_id, member_id: member.id })
        expect(await names(user("user_1"))).toEqual([])
        await expect(service.removeMember({ store_id, member_id: member.id })).rejects.toMatchObject({ status: 404 })
        await service.addMember({ store_id, actor_type: "user", actor_id: "user_1" })
        expect(await names(user("user_1"))).toEqual(["Northwind"])
      })

      it("stays while it is the last user, unless somebody above the store says otherwise", async () => {
        const { id: store_id } = await service.createStore(northwind)
        const member = await service.addMember({ store_id, actor_type: "user", actor_id: "user_1" })
        await service.addMember({ store_id, actor_type: "api-key", actor_id: "key_1" })
        await expect(service.removeMember({ store_id, member_id: member.id })).rejects.toMatchObject({
          status: 409,
          code: "last_member",
        })
        expect(await names(user("user_1"))).toEqual(["Northwind"])
        await service.removeMember({ store_id, member_id: member.id, may_leave_none: true })
        expect(await service.listWholesaleMembers({ store_id })).toHaveLength(1)
      })

      it("cannot be removed through another store", async () => {
        const mine = await service.createStore(northwind)
        const other = await service.createStore(cornerShop)
        const member = await service.addMember({ store_id: mine.id, actor_type: "user", actor_id: "user_1" })
        await expect(
          service.removeMember({ store_id: other.id, member_id: member.id })
        ).rejects.toMatchObject({ status: 404, code: "not_found" })
        expect(await names(user("user_1"))).toEqual(["Northwind"])
      })

      it("cannot be added to a store that is not there", async () => {
        await expect(
          service.addMember({ store_id: "whstore_none", actor_type: "user", actor_id: "user_1" })
        ).rejects.toMatchObject({ status: 404, code: "not_found" })
      })
    })

    describe("platform admins", () => {
      const grant = (user_id: string, email: string) =>
        service.recordPlatformAdmin({ user_id, email, granted_by: "option" })

      it("are to be found for every e-mail of the option, as it was written", async () => {
        expect(await service.platformAdminEmailsToResolve()).toEqual(["Boss@example.com", "second@example.com"])
      })

      it("are known by user id, and their e-mail is never resolved again", async () => {
        await grant("user_boss", "Boss@example.com")
        expect(await service.isPlatformAdmin("user_boss")).toBe(true)
        expect(await service.platformAdminEmailsToResolve()).toEqual(["second@example.com"])
      })

      it("stay one when their e-mail changes hands: who takes it gains nothing", async () => {
        await grant("user_boss", "boss@example.com")
        // user_boss changed its e-mail, user_thief took the old one
        expect(await service.platformAdminEmailsToResolve()).not.toContain("Boss@example.com")
        await expect(grant("user_thief", "BOSS@example.com")).rejects.toMatchObject({
          status: 409,
          code: "platform_admin_email_taken",
        })
        expect(await service.isPlatformAdmin("user_thief")).toBe(false)
        expect(await service.isPlatformAdmin("user_boss")).toBe(true)
      })

      it("use up every e-mail they were found by", async () => {
        // the boss took the second listed e-mail too: it is spent by that, not left for the next holder
        await grant("user_boss", "boss@example.com")
        await grant("user_boss", "second@example.com")
        expect(await service.platformAdminEmailsToResolve()).toEqual([])
        await expect(grant("user_thief", "second@example.com")).rejects.toMatchObject({ status: 409 })
      })

      it("that were taken away do not come back by the option", async () => {
        const admin = await grant("user_boss", "boss@example.com")
        await service.softDeleteWholesalePlatformAdmins([admin.id])
        expect(await service.isPlatformAdmin("user_boss")).toBe(false)
        expect(await service.platformAdminEmailsToResolve()).toEqual(["second@example.com"])
        await expect(grant("user_boss", "boss@example.com")).rejects.toMatchObject({ status: 409 })
      })

      it("are recorded once when two processes resolve them at once", async () => {
        const rows = await Promise.all([
          grant("user_boss", "boss@example.com"),
          grant("user_boss", "boss@example.com"),
        ])
        expect(rows[1].id).toBe(rows[0].id)
      })

      it("are one of two users who claim an e-mail at once", async () => {
        const claims = await Promise.allSettled([
          grant("user_1", "boss@example.com"),
          grant("user_2", "boss@example.com"),
        ])
        expect(claims.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
        const admins = await Promise.all(["user_1", "user_2"].map((id) => service.isPlatformAdmin(id)))
        expect(admins.filter(Boolean)).toHaveLength(1)
      })
    })

    describe("feature flags", () => {
      it("are off until set, but for those of the option", async () => {
        const { id } = await service.createStore(northwind)
        expect(await service.effectiveFlags(id)).toEqual({
          distributor_ordering: { enabled: false, level: "platform" },
          wholesale_receiving: { enabled: false, level: "platform" },
          wholesale_portal: { enabled: false, level: "store" },
          retailer_connections: { enabled: false, level: "store" },
          link_member_wholesale_accounts: { enabled: true, level: "store" },
        })
      })

      it("of the store level hold for that store only", async () => {
        const [mine, other] = [await service.createStore(northwind), await service.createStore(cornerShop)]
        await service.setFlag({ flag: "wholesale_portal", store_id: mine.id, enabled: true, actor: user("user_1") })
        expect((await service.effectiveFlags(mine.id)).wholesale_portal.enabled).toBe(true)
        expect((await service.effectiveFlags(other.id)).wholesale_portal.enabled).toBe(false)
      })

      it("of the platform level hold for all stores, and only a platform admin or the system sets them", async () => {
        const { id } = await service.createStore(northwind)
        const set = (actor: Actor) => service.setFlag({ flag: "distributor_ordering", enabled: true, actor })
        const refusal = { status: 403, code: "platform_admin_required", details: { flag: "distributor_ordering" } }
        await service.recordPlatformAdmin({ user_id: "user_boss", email: "boss@example.com", granted_by: "option" })
        await expect(set(user("user_1"))).rejects.toMatchObject(refusal)
        // an api key is never a platform admin, not even under an admin's id
        await expect(set(apiKey("user_boss"))).rejects.toMatchObject(refusal)
        expect((await service.effectiveFlags(id)).distributor_ordering.enabled).toBe(false)
        expect(await service.listWholesaleFlagChanges()).toEqual([])

        await set(user("user_boss"))
        expect((await service.effectiveFlags(id)).distributor_ordering.enabled).toBe(true)
      })

      it("leave an audit of who, when, from and to, newest first", async () => {
        const { id: store_id } = await service.createStore(northwind)
        const before = new Date()
        for (const [enabled, who] of [[true, "user_1"], [false, "user_2"], [true, "user_1"]] as const) {
          await service.setFlag({ flag: "retailer_connections", store_id, enabled, actor: user(who) })
        }
        const [changes, count] = await service.listFlagChanges({ store_id })
        expect(count).toBe(3)
        expect(changes.map(({ from, to, actor_id }) => [from, to, actor_id])).toEqual([
          [false, true, "user_1"],
          [true, false, "user_2"],
          [null, true, "user_1"],
        ])
        expect(changes[0]).toMatchObject({ flag: "retailer_connections", store_id, actor_type: "user" })
        // the database's clock is this machine's; a second of slack for its rounding
        expect(changes[0].at.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1000)
      })

      it("set to what they are is no change and leaves no audit", async () => {
        const { id: store_id } = await service.createStore(northwind)
        const set = () => service.setFlag({ flag: "wholesale_portal", store_id, enabled: true, actor: user("user_1") })
        expect(await set()).toMatchObject({ enabled: true, level: "store", changed: true })
        expect(await set()).toMatchObject({ enabled: true, level: "store", changed: false })
        expect((await service.listFlagChanges({ store_id }))[1]).toBe(1)
      })

      it("set at once by many change once", async () => {
        const { id: store_id } = await service.createStore(northwind)
        const set = (flag: string, enabled: boolean) =>
          Promise.all(Array.from({ length: 6 }, () => service.setFlag({ flag, store_id, enabled, actor: system })))
        for (const flag of ["wholesale_portal", "wholesale_receiving"]) {
          for (const enabled of [true, false]) {
            const results = await set(flag, enabled)
            expect(results.filter(({ changed }) => changed)).toHaveLength(1)
          }
        }
        // two flags, on and off again: four changes
        expect((await service.listFlagChanges({ store_id }))[1]).toBe(4)
      })

      it("give each store its own changes and the platform's, filtered and paged", async () => {
        const [mine, other] = [await service.createStore(northwind), await service.createStore(cornerShop)]
        await service.setFlag({ flag: "wholesale_portal", store_id: other.id, enabled: true, actor: system })
        await service.setFlag({ flag: "wholesale_portal", store_id: mine.id, enabled: true, actor: system })
        await service.setFlag({ flag: "distributor_ordering", enabled: true, actor: system })
        const [all, count] = await service.listFlagChanges({ store_id: mine.id })
        expect(count).toBe(2)
        expect(all.map(({ flag, store_id }) => [flag, store_id])).toEqual([
          ["distributor_ordering", null],
          ["wholesale_portal", mine.id],
        ])
        const [page, total] = await service.listFlagChanges({ store_id: mine.id, limit: 1, offset: 1 })
        expect([page.map(({ flag }) => flag), total]).toEqual([["wholesale_portal"], 2])
        const [some] = await service.listFlagChanges({ store_id: mine.id, flag: "distributor_ordering" })
        expect(some).toHaveLength(1)
      })

      it.each([
        ["a flag that does not exist", { flag: "wholesale_portl", store_id: "whstore_none" }, 404, "not_found"],
        ["a store that does not exist", { flag: "wholesale_portal", store_id: "whstore_none" }, 404, "not_found"],
        ["no store for a flag of the store level", { flag: "wholesale_portal" }, 400, "store_required"],
      ])("refuse %s", async (_, target, status, code) => {
        await expect(service.setFlag({ ...target, enabled: true, actor: system })).rejects.toMatchObject({ status, code })
        expect(await service.listWholesaleFeatureFlags()).toEqual([])
      })
    })
  },
})
