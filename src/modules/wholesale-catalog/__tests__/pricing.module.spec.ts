import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { WHOLESALE_CATALOG, WholesaleCatalogModuleService } from "../index"

jest.setTimeout(60_000)

const store_id = "whstore_a"
const actor = { actor_type: "user", actor_id: "user_1" } as const
const currency_code = "usd"

moduleTestRunner<WholesaleCatalogModuleService>({
  moduleName: WHOLESALE_CATALOG,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    const gold = (more: object = {}) =>
      service.createPriceTier({ store_id, currency_code, name: " Gold ", actor, ...more })

    describe("price tiers", () => {
      it("keep their amounts exact and their rules whole, and say who changed what", async () => {
        const { id } = await gold({
          free_shipping_from: "500",
          default_terms: { type: "net", days: 14 },
          default_credit: { credit_limit: "25000", soft_threshold_percent: "80" },
        })
        expect(await service.priceTierOf({ store_id, id })).toMatchObject({
          name: "Gold",
          currency_code: "usd",
          free_shipping_from: "500.00",
          default_terms: { type: "net", days: 14, discount: null },
          default_credit: {
            credit_limit: "25000.00",
            policy: "block",
            soft_threshold_percent: "80",
            hard_threshold_percent: null,
            past_due_days: null,
            past_due_tolerance: null,
          },
        })
        await service.updatePriceTier({ store_id, id, free_shipping_from: "0", default_credit: null, actor })
        const [first, second] = await service.pricingChanges({ store_id, id })
        expect([first, second]).toEqual(
          expect.arrayContaining([
            expect.objectContaining({ field: "free_shipping_from", from: "500.00", to: "0.00", ...actor }),
            expect.objectContaining({ field: "default_credit", to: null, from: expect.stringContaining("25000.00") }),
          ])
        )
      })

      it("leave no trace of a change that is none", async () => {
        const terms = { type: "net", days: 30 } as const
        const { id } = await gold({ free_shipping_from: "500", default_terms: terms, default_credit: { past_due_days: 45 } })
        const before = await service.pricingChanges({ store_id, id })
        await service.updatePriceTier({
          store_id,
          id,
          name: "Gold",
          free_shipping_from: "500.00",
          default_terms: terms,
          default_credit: { past_due_days: 45 },
          actor,
        })
        expect(await service.pricingChanges({ store_id, id })).toEqual(before)
      })

      it("have names of their own in a store, whatever their capitals, also when made at once", async () => {
        const made = await Promise.allSettled(["GOLD", "gold", "Gold"].map((name) => gold({ name })))
        expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
        expect(made.filter(({ status }) => status === "rejected")).toMatchObject([
          { reason: { code: "price_tier_exists", status: 409 } },
          { reason: { code: "price_tier_exists", status: 409 } },
        ])
        const silver = await gold({ name: "Silver" })
        await expect(
          service.updatePriceTier({ store_id, id: silver.id, name: "gOLD", actor })
        ).rejects.toMatchObject({ code: "price_tier_exists" })
        await gold({ name: "Gold", store_id: "whstore_b" })
        expect((await service.priceTiers({ store_id })).map(({ name }) => name.toLowerCase())).toEqual(["gold", "silver"])
      })

      it("are the same for the same id, gone once deleted, and nobody else's", async () => {
        const one = await gold({ id: "whtier_1" })
        expect(await gold({ id: "whtier_1", name: "Other" })).toEqual(one)
        await expect(service.priceTierOf({ store_id: "whstore_b", id: one.id })).rejects.toMatchObject({ status: 404 })
        await service.deletePriceTier({ store_id, id: one.id, actor })
        await expect(service.deletePriceTier({ store_id, id: one.id, actor })).rejects.toMatchObject({ status: 404 })
        expect(await service.pricingChanges({ store_id, id: one.id })).toEqual(
          expect.arrayContaining([expect.objectContaining({ field: "name", from: "Gold", to: null })])
        )
        expect((await gold()).id).not.toBe(one.id)
      })

      it.each([
        [{ name: " " }, "price_tier_without_name"],
        [{ free_shipping_from: "-1" }, "invalid_amount"],
        [{ free_shipping_from: "0.001" }, "invalid_amount"],
        [{ default_credit: { soft_threshold_percent: "95", hard_threshold_percent: "90" } }, "invalid_credit_settings"],
        [{ default_terms: { type: "prepaid", days: 3 } }, "invalid_terms"],
      ])("refuse %j", async (more, code) => {
        await expect(gold(more)).rejects.toMatchObject({ status: 400, code })
        expect(await service.priceTiers({ store_id })).toEqual([])
      })
    })

    describe("charge rules", () => {
      const freight = (more: object = {}) =>
        service.createChargeRule({ store_id, kind: "shipping", name: "Freight", amount: "15", currency_code, actor, ...more })

      it("are kept in the order in which they were made, and say who changed what", async () => {
        const { id } = await freight()
        await freight({ kind: "handling", name: "Packing", amount: "2.5", fulfilment_method: "shipping", active: false })
        expect(await service.chargeRules({ store_id })).toMatchObject([
          { name: "Freight", amount: "15.00", fulfilment_method: null, active: true },
          { name: "Packing", amount: "2.50", fulfilment_method: "shipping", active: false },
        ])
        await service.updateChargeRule({ store_id, id, amount: "17.50", actor })
        await service.updateChargeRule({ store_id, id, amount: "17.5", actor })
        const changes = await service.pricingChanges({ store_id, id })
        expect(changes.filter(({ from }) => from !== null)).toMatchObject([
          { field: "amount", from: "15.00", to: "17.50", ...actor },
        ])
        await service.deleteChargeRule({ store_id, id, actor })
        expect(await service.chargeRules({ store_id })).toMatchObject([{ name: "Packing" }])
      })

      it.each([
        [{ amount: "0" }, "invalid_amount"],
        [{ amount: "1.5", currency_code: "jpy" }, "invalid_amount"],
        [{ name: "  " }, "charge_without_name"],
      ])("refuse %j", async (more, code) => {
        await expect(freight(more)).rejects.toMatchObject({ status: 400, code })
      })
    })
  },
})
