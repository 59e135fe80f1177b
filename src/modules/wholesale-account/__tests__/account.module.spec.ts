import path from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import type { NewAccount } from "../domain/account-details"
import { WHOLESALE_ACCOUNT } from "../index"
import type WholesaleAccountModuleService from "../service"

jest.setTimeout(60_000)

const STORE = "whstore_1"
const OTHER_STORE = "whstore_2"
const actor: Actor = { actor_type: "user", actor_id: "user_anna" }
const notFound = { status: 404, code: "not_found" }
const shop: NewAccount = { store_id: STORE, company_name: "Corner Shop Ltd", currency_code: "gbp" }
const resale = { category: "E", certificate_number: "ST-120 / 4711", reason: "Resale certificate" } as const
const highStreet = { name: "Shop", address_1: "1 High Street", country_code: "gb" }

moduleTestRunner<WholesaleAccountModuleService>({
  moduleName: WHOLESALE_ACCOUNT,
  resolve: path.join(__dirname, ".."),
  pathToMigrations: path.join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    const accountIn = async (store_id: string, company_name = "Corner Shop Ltd") => {
      const { id } = await service.createAccount({ ...shop, store_id, company_name })
      return { store_id, account_id: id }
    }

    describe("accounts", () => {
      it("are made with everything filled in, and read back", async () => {
        const { id } = await service.createAccount({ ...shop, number: "17850", email: "buy@corner.test" })
        expect(await service.accountOf(STORE, id)).toMatchObject({
          id: expect.stringMatching(/^whacc_/),
          store_id: STORE,
          company_name: "Corner Shop Ltd",
          number: "17850",
          email: "buy@corner.test",
          currency_code: "gbp",
          terms: { type: "net", days: 30, discount: null },
          kind: "trade",
          status: "active",
          customer_id: null,
        })
      })

      it("are made once for one id, also by two at once", async () => {
        const made = await Promise.all(
          ["First", "Second"].map((company_name) => service.createAccount({ ...shop, company_name, id: "whacc_1" }))
        )
        expect(made[1]).toEqual(made[0])
        expect(await service.createAccount({ ...shop, company_name: "Third", id: "whacc_1" })).toEqual(made[0])
        expect(await service.listWholesaleAccounts({ store_id: STORE })).toHaveLength(1)
      })

      it("have a number that no other account of the store has", async () => {
        const first = await service.createAccount({ ...shop, number: "1" })
        const second = await service.createAccount({ ...shop, number: "2" })
        const taken = { status: 409, code: "account_number_taken", details: { number: "1" } }
        await expect(service.createAccount({ ...shop, number: "1" })).rejects.toMatchObject(taken)
        await expect(
          service.updateAccount({ store_id: STORE, account_id: second.id, actor }, { number: "1" })
        ).rejects.toMatchObject(taken)
        // its own number again is no clash, and another store counts for itself
        await service.updateAccount({ store_id: STORE, account_id: first.id, actor }, { number: "1" })
        await service.createAccount({ ...shop, store_id: OTHER_STORE, number: "1" })
      })

      it("with the same number at once are one", async () => {
        const made = await Promise.allSettled(
          Array.from({ length: 6 }, () => service.createAccount({ ...shop, number: "1" }))
        )
        expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      })

      it("change only what is given", async () => {
        const account = await accountIn(STORE)
        await service.updateAccount({ ...account, actor }, { email: "new@corner.test", terms: { type: "net", days: 14 } })
        await service.updateAccount({ ...account, actor }, { tax_number: "GB1" })
        expect(await service.accountOf(STORE, account.account_id)).toMatchObject({
          company_name: "Corner Shop Ltd",
          email: "new@corner.test",
          terms: { type: "net", days: 14, discount: null },
          tax_number: "GB1",
        })
      })

      it("keep who changed what of them, and nothing of what was given as it stood", async () => {
        const account = await accountIn(STORE)
        await service.updateAccount({ ...account, actor }, { company_name: "Corner Shop Ltd", email: null })
        expect(await service.accountChanges(account)).toEqual([])
        await service.updateAccount({ ...account, actor }, { terms: { type: "net", days: 14 }, price_tier_id: "whtier_1" })
        await service.updateAccount({ ...account, actor }, { terms: { type: "net", days: 14 }, price_tier_id: null })
        const changes = await service.accountChanges(account)
        const net = (days: number) => JSON.stringify({ days, discount: null, type: "net" })
        expect(changes[0]).toMatchObject({ field: "price_tier_id", from: "whtier_1", to: null, ...actor })
        expect(changes.map(({ field, from, to }) => [field, from, to])).toEqual(
          expect.arrayContaining([
            ["terms", net(30), net(14)],
            ["price_tier_id", null, "whtier_1"],
            ["price_tier_id", "whtier_1", null],
          ])
        )
        expect(changes).toHaveLength(3)
        expect(await service.accountChanges({ ...account, limit: 1, offset: 1 })).toHaveLength(1)
        expect(await service.accountChanges({ ...account, store_id: OTHER_STORE })).toEqual([])
      })

      it("of another store are not found, and not changed", async () => {
        const { account_id } = await accountIn(OTHER_STORE)
        const foreign = { store_id: STORE, account_id }
        const attempts = [
          () => service.accountOf(STORE, account_id),
          () => service.activeAccount(STORE, account_id),
          () => service.updateAccount({ ...foreign, actor }, { company_name: "Stolen" }),
          () => service.claimCustomer({ ...foreign, customer_id: "cus_1" }),
          () => service.addLocation({ ...foreign, ...highStreet }),
          () => service.orderingAccount(foreign),
          () => service.addEmployee({ ...foreign, customer_id: "cus_1", role: "buyer" }),
          () => service.addTaxExemption({ ...foreign, ...resale }),
        ]
        for (const attempt of attempts) {
          await expect(attempt()).rejects.toMatchObject(notFound)
        }
        expect(await service.accountOf(OTHER_STORE, account_id)).toMatchObject({
          company_name: "Corner Shop Ltd",
          customer_id: null,
        })
        expect(await service.listWholesaleAccountLocations()).toEqual([])
        expect(await service.listWholesaleEmployees()).toEqual([])
        expect(await service.listWholesaleTaxExemptions()).toEqual([])
      })

      it("that take an id of another store's account are not found either", async () => {
        const { account_id } = await accountIn(OTHER_STORE)
        await expect(service.createAccount({ ...shop, id: account_id })).rejects.toMatchObject({ status: 404 })
      })

      it("that are closed take no new orders until they are active again", async () => {
        const account = await accountIn(STORE)
        expect(await service.activeAccount(STORE, account.account_id)).toMatchObject({ status: "active" })
        await service.updateAccount({ ...account, actor }, { status: "closed" })
        await expect(service.activeAccount(STORE, account.account_id)).rejects.toMatchObject({
          status: 409,
          code: "account_closed",
          details: { account_id: account.account_id, status: "closed" },
        })
        expect(await service.accountOf(STORE, account.account_id)).toMatchObject({ status: "closed" })
        await service.updateAccount({ ...account, actor }, { status: "active" })
        expect(await service.activeAccount(STORE, account.account_id)).toMatchObject({ status: "active" })
      })

      it("get one core customer, whoever asks and however many at once", async () => {
        const account = await accountIn(STORE)
        const claimed = await Promise.all(
          Array.from({ length: 6 }, (_, index) => service.claimCustomer({ ...account, customer_id: `cus_${index}` }))
        )
        expect(new Set(claimed).size).toBe(1)
        expect(await service.accountOf(STORE, account.account_id)).toMatchObject({ customer_id: claimed[0] })
      })

      it("are found by a part of the company's name, number or e-mail", async () => {
        await service.createAccount({ ...shop, number: "17850" })
        await service.createAccount({ ...shop, company_name: "Harbour Gifts", email: "hi@harbour.test" })
        const found = async (q: string) =>
          (await service.listWholesaleAccounts({ store_id: STORE, q })).map(({ company_name }) => company_name)
        expect(await found("corner")).toEqual(["Corner Shop Ltd"])
        expect(await found("1785")).toEqual(["Corner Shop Ltd"])
        expect(await found("harbour.test")).toEqual(["Harbour Gifts"])
      })
    })

    describe("tax exemptions", () => {
      const on = (account: { store_id: string; account_id: string }, location_id: string | null, day = "2026-02-01") =>
        service.taxExemptionFor({ ...account, location_id, day })

      it("hold for the account or one of its locations, from their first day to their last", async () => {
        const account = await accountIn(STORE)
        const { id: location_id } = await service.addLocation({ ...account, ...highStreet })
        expect(await on(account, location_id)).toBeUndefined()
        const anywhere = await service.addTaxExemption({ ...account, ...resale, expires_on: "2026-02-28" })
        const here = await service.addTaxExemption({ ...account, ...resale, location_id, certificate_number: "2" })
        expect(await on(account, location_id)).toMatchObject({ id: here.id, certificate_number: "2", category: "E" })
        expect(await on(account, null)).toMatchObject({ id: anywhere.id })
        expect(await on(account, null, "2026-03-01")).toBeUndefined()
        expect(await on({ ...account, store_id: OTHER_STORE }, null)).toBeUndefined()
      })

      it("are made once for one id, and are ended once", async () => {
        const account = await accountIn(STORE)
        const made = await service.addTaxExemption({ ...account, ...resale, id: "whexm_1" })
        expect(await service.addTaxExemption({ ...account, ...resale, id: "whexm_1" })).toEqual(made)
        const other = await accountIn(STORE, "Harbour Gifts")
        await expect(service.addTaxExemption({ ...other, ...resale, id: "whexm_1" })).rejects.toMatchObject(notFound)
        await expect(service.endTaxExemption({ ...other, exemption_id: "whexm_1" })).rejects.toMatchObject(notFound)
        await service.endTaxExemption({ ...account, exemption_id: "whexm_1" })
        expect(await on(account, null)).toBeUndefined()
        await expect(service.endTaxExemption({ ...account, exemption_id: "whexm_1" })).rejects.toMatchObject(notFound)
      })

      it("name no location of another account", async () => {
        const [account, other] = [await accountIn(STORE), await accountIn(STORE, "Harbour Gifts")]
        const { id: location_id } = await service.addLocation({ ...other, ...highStreet })
        await expect(service.addTaxExemption({ ...account, ...resale, location_id })).rejects.toMatchObject(notFound)
        expect(await service.listWholesaleTaxExemptions()).toEqual([])
      })
    })

    describe("locations", () => {
      const defaults = async (account_id: string) => {
        const rows = await service.listWholesaleAccountLocations({ account_id })
        return {
          shipping: rows.filter((row) => row.is_default_shipping).map(({ name }) => name),
          billing: rows.filter((row) => row.is_default_billing).map(({ name }) => name),
        }
      }

      it("make the first the default, and a later one only when it is said", async () => {
        const account = await accountIn(STORE)
        await service.addLocation({ ...account, ...highStreet })
        await service.addLocation({ ...account, ...highStreet, name: "Kiosk" })
        expect(await defaults(account.account_id)).toEqual({ shipping: ["Shop"], billing: ["Shop"] })
        await service.addLocation({ ...account, ...highStreet, name: "Depot", is_default_shipping: true })
        expect(await defaults(account.account_id)).toEqual({ shipping: ["Depot"], billing: ["Shop"] })
      })

      it("leave the defaults of other accounts alone", async () => {
        const [one, two] = [await accountIn(STORE), await accountIn(STORE, "Harbour Gifts")]
        await service.addLocation({ ...one, ...highStreet })
        await service.addLocation({ ...two, ...highStreet, name: "Pier", is_default_billing: true })
        expect(await defaults(one.account_id)).toEqual({ shipping: ["Shop"], billing: ["Shop"] })
      })

      it("added at once have one default of each", async () => {
        const account = await accountIn(STORE)
        await Promise.all(
          ["A", "B", "C", "D"].map((name) =>
            service.addLocation({ ...account, ...highStreet, name, is_default_shipping: true, is_default_billing: true })
          )
        )
        const { shipping, billing } = await defaults(account.account_id)
        expect([shipping.length, billing.length]).toEqual([1, 1])
        expect(await service.listWholesaleAccountLocations({ account_id: account.account_id })).toHaveLength(4)
      })

      it("are added once for one id", async () => {
        const account = await accountIn(STORE)
        const add = (name: string) => service.addLocation({ ...account, ...highStreet, name, id: "whloc_1" })
        const [first, second] = [await add("Shop"), await add("Other")]
        expect(second).toEqual(first)
      })

      it("never overwrite another account's by its id", async () => {
        const [mine, foreign] = [await accountIn(STORE), await accountIn(OTHER_STORE)]
        const { id } = await service.addLocation({ ...foreign, ...highStreet })
        await expect(
          service.addLocation({ ...mine, ...highStreet, name: "Stolen", id })
        ).rejects.toMatchObject(notFound)
        await expect(service.updateLocation({ ...mine, location_id: id }, { name: "Stolen" })).rejects.toMatchObject(notFound)
        await expect(service.removeLocation({ ...mine, location_id: id })).rejects.toMatchObject(notFound)
        expect(await service.retrieveWholesaleAccountLocation(id)).toMatchObject({ name: "Shop" })
      })

      it("change, and hand the default on by making another one the default", async () => {
        const account = await accountIn(STORE)
        const first = await service.addLocation({ ...account, ...highStreet })
        const second = await service.addLocation({ ...account, ...highStreet, name: "Kiosk" })
        await expect(
          service.updateLocation({ ...account, location_id: first.id }, { is_default_billing: false })
        ).rejects.toMatchObject({ status: 400, code: "invalid_location" })
        expect(
          await service.updateLocation({ ...account, location_id: second.id }, { city: "Leeds", is_default_billing: true })
        ).toMatchObject({ name: "Kiosk", city: "Leeds", is_default_billing: true })
        expect(await defaults(account.account_id)).toEqual({ shipping: ["Shop"], billing: ["Kiosk"] })
      })

      it("that go leave their defaults to the oldest other one", async () => {
        const account = await accountIn(STORE)
        const first = await service.addLocation({ ...account, ...highStreet })
        await service.addLocation({ ...account, ...highStreet, name: "Kiosk", is_default_billing: true })
        await service.addLocation({ ...account, ...highStreet, name: "Depot" })
        await service.removeLocation({ ...account, location_id: first.id })
        expect(await defaults(account.account_id)).toEqual({ shipping: ["Kiosk"], billing: ["Kiosk"] })
        await expect(service.removeLocation({ ...account, location_id: first.id })).rejects.toMatchObject(notFound)
      })

      it("give goods and invoices their own addresses", async () => {
        const account = await accountIn(STORE)
        const first = await service.addLocation({ ...account, ...highStreet })
        const depot = await service.addLocation({
          ...account,
          name: "Depot",
          address_1: "2 Dock Road",
          city: "Hull",
          country_code: "gb",
        })
        const office = { company: "Corner Shop Ltd", address_1: "1 High Street", country_code: "gb" }
        expect(await service.orderingAccount(account)).toMatchObject({ location_id: first.id, ship_to: office, bill_to: office })
        // goods to the depot, the invoice still to the office
        expect(await service.orderingAccount({ ...account, location_id: depot.id })).toMatchObject({
          account: { id: account.account_id, company_name: "Corner Shop Ltd" },
          location_id: depot.id,
          ship_to: { company: "Corner Shop Ltd", address_1: "2 Dock Road", city: "Hull", country_code: "gb" },
          bill_to: office,
        })
      })

      it("that are missing give no address, and one of another account is not found", async () => {
        const [account, other] = [await accountIn(STORE), await accountIn(STORE, "Harbour Gifts")]
        expect(await service.orderingAccount(account)).toMatchObject({ location_id: null, ship_to: null, bill_to: null })
        const { id } = await service.addLocation({ ...other, ...highStreet })
        await expect(service.orderingAccount({ ...account, location_id: id })).rejects.toMatchObject(notFound)
      })
    })

    describe("employees", () => {
      const buyer = { customer_id: "cus_1", role: "buyer" } as const

      it("buy for their account, in their store only", async () => {
        const account = await accountIn(STORE)
        await service.addEmployee({ ...account, ...buyer })
        expect(await service.employeeOf(STORE, "cus_1")).toMatchObject({
          employee: { customer_id: "cus_1", role: "buyer", status: "active" },
          account: { id: account.account_id, company_name: "Corner Shop Ltd" },
        })
        expect(await service.employeeOf(OTHER_STORE, "cus_1")).toBeUndefined()
        expect(await service.employeeOf(STORE, "cus_2")).toBeUndefined()
      })

      it("may buy for accounts of several stores", async () => {
        const [here, there] = [await accountIn(STORE), await accountIn(OTHER_STORE)]
        await service.addEmployee({ ...here, ...buyer })
        await service.addEmployee({ ...there, ...buyer })
        expect((await service.employeeOf(OTHER_STORE, "cus_1"))?.account.id).toBe(there.account_id)
      })

      it("are added once, and get the role given last", async () => {
        const account = await accountIn(STORE)
        const first = await service.addEmployee({ ...account, ...buyer })
        const again = await service.addEmployee({ ...account, customer_id: "cus_1", role: "admin" })
        expect(again).toMatchObject({ id: first.id, role: "admin" })
        expect(await service.listWholesaleEmployees({ store_id: STORE })).toHaveLength(1)
      })

      it("cannot buy for two accounts of one store", async () => {
        const [one, two] = [await accountIn(STORE), await accountIn(STORE, "Harbour Gifts")]
        await service.addEmployee({ ...one, ...buyer })
        await expect(service.addEmployee({ ...two, ...buyer })).rejects.toMatchObject({
          status: 409,
          code: "employee_of_another_account",
          details: { customer_id: "cus_1" },
        })
        expect((await service.employeeOf(STORE, "cus_1"))?.account.id).toBe(one.account_id)
      })

      it("taken on by two accounts at once go to one", async () => {
        const accounts = [await accountIn(STORE), await accountIn(STORE, "Harbour Gifts")]
        const taken = await Promise.allSettled(
          accounts.map((account) => service.addEmployee({ ...account, ...buyer }))
        )
        expect(taken.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
      })

      it("that are disabled buy no more, and may be taken on again, also by another account", async () => {
        const [one, two] = [await accountIn(STORE), await accountIn(STORE, "Harbour Gifts")]
        const { id: employee_id } = await service.addEmployee({ ...one, ...buyer })
        for (let again = 0; again < 2; again++) {
          expect(await service.disableEmployee({ ...one, employee_id })).toMatchObject({ status: "disabled" })
        }
        expect(await service.employeeOf(STORE, "cus_1")).toBeUndefined()
        await service.addEmployee({ ...two, ...buyer })
        expect((await service.employeeOf(STORE, "cus_1"))?.account.id).toBe(two.account_id)
        // the account before has no say any more
        await expect(service.disableEmployee({ ...one, employee_id })).rejects.toMatchObject(notFound)
      })

      it("cannot be disabled through another store", async () => {
        const account = await accountIn(STORE)
        const { id: employee_id } = await service.addEmployee({ ...account, ...buyer })
        await expect(
          service.disableEmployee({ ...account, store_id: OTHER_STORE, employee_id })
        ).rejects.toMatchObject(notFound)
        expect(await service.employeeOf(STORE, "cus_1")).toBeDefined()
      })
    })
  },
})
