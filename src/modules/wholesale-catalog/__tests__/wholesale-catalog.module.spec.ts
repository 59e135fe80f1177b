import { join } from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { WHOLESALE_CATALOG, WholesaleCatalogModuleService } from "../index"
import type { ItemInput } from "../persistence/items"

jest.setTimeout(60_000)

const STORE = "whstore_a"
const OTHER = "whstore_b"
const CONNECTION = "whcon_1"

const item = (sku: string, changes: Partial<ItemInput> = {}): ItemInput => ({
  product_id: `prod_${sku}`,
  variant_id: `variant_${sku}`,
  sku,
  title: `Title of ${sku}`,
  currency_code: "gbp",
  wholesale_price: "2.50",
  ...changes,
})
const entry = (sku: string, price = "2.5") => ({
  sku,
  title: `Title of ${sku}`,
  currency_code: "gbp",
  price,
  minimum_quantity: 1,
  order_multiple: 1,
})
const many = (count: number) => Array.from({ length: count }, (_, index) => `S-${String(index).padStart(5, "0")}`)

moduleTestRunner<WholesaleCatalogModuleService>({
  moduleName: WHOLESALE_CATALOG,
  resolve: join(__dirname, ".."),
  pathToMigrations: join(__dirname, "..", "migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    describe("items", () => {
      it("keeps terms that an update does not name, and takes those it does", async () => {
        await service.upsertItems(STORE, [
          item("A", { minimum_quantity: 6, order_multiple: 3, published: true, tax_code: "books" }),
        ])
        const [updated] = await service.upsertItems(STORE, [item("A", { wholesale_price: "3", order_multiple: 2 })])

        expect(updated.created).toBe(false)
        expect(await service.itemsForOrder(STORE, ["A"])).toEqual([
          {
            id: updated.id,
            product_id: "prod_A",
            variant_id: "variant_A",
            sku: "A",
            title: "Title of A",
            thumbnail: null,
            currency_code: "gbp",
            unit_price: "3",
            minimum_quantity: 6,
            order_multiple: 2,
            published: true,
            tax_code: "books",
          },
        ])
      })

      it("keeps the price of an item that is changed without one, to the last digit", async () => {
        await service.upsertItems(STORE, [item("A", { wholesale_price: "0.1234567891" })])
        await service.upsertItems(STORE, [item("A", { wholesale_price: undefined, minimum_quantity: 6 })])

        expect(await service.itemsForOrder(STORE, ["A"])).toMatchObject([
          { unit_price: "0.1234567891", minimum_quantity: 6 },
        ])
        await expect(
          service.upsertItems(STORE, [item("B", { wholesale_price: undefined })])
        ).rejects.toMatchObject({ status: 400, code: "invalid_catalog_entry", details: { skus: ["B"] } })
      })

      it("writes and reads 5,000 items, text with quotes, question marks and backslashes unharmed", async () => {
        const odd = `Cup "blue"? 5' \\ 6 ?? \\?`
        const inputs = many(5_000).map((sku) => item(sku, { title: odd }))
        const written = await service.upsertItems(STORE, inputs)
        expect(written).toHaveLength(5_000)
        expect(written.map((row) => row.sku)).toEqual(inputs.map((input) => input.sku))

        const again = await service.upsertItems(STORE, inputs)
        expect(again.map((row) => row.id)).toEqual(written.map((row) => row.id))
        expect(again.some((row) => row.created)).toBe(false)

        const read = await service.itemsForOrder(STORE, many(5_000))
        expect(read).toHaveLength(5_000)
        expect(new Set(read.map((row) => row.title))).toEqual(new Set([odd]))
      })

      it("reads amounts exactly through the ordinary list", async () => {
        await service.upsertItems(STORE, [item("A", { wholesale_price: "0.0123456789" })])
        const [row] = await service.listWholesaleItems({ store_id: STORE })
        expect(row.raw_wholesale_price).toEqual({ value: "0.0123456789", precision: 20 })
      })

      it("lets two items exchange their SKUs", async () => {
        await service.upsertItems(STORE, [item("A"), item("B")])
        await service.upsertItems(STORE, [item("A", { sku: "B" }), item("B", { sku: "A" })])
        const read = await service.itemsForOrder(STORE, ["A", "B"])
        expect(read.map((row) => [row.sku, row.variant_id])).toEqual([
          ["A", "variant_B"],
          ["B", "variant_A"],
        ])
      })

      it("refuses a SKU that another variant has, and writes none of the list", async () => {
        await service.upsertItems(STORE, [item("A")])
        await expect(
          service.upsertItems(STORE, [item("N"), item("X", { sku: "A" })])
        ).rejects.toMatchObject({
          status: 409,
          code: "sku_taken",
          details: { taken: [{ sku: "A", variant_id: "variant_A" }] },
        })
        expect(await service.itemsForOrder(STORE, ["N"])).toEqual([])
      })

      it("refuses a variant that stands twice", async () => {
        await expect(service.upsertItems(STORE, [item("A"), item("A", { sku: "B" })])).rejects.toMatchObject({
          code: "duplicate_variant",
        })
      })

      it("makes each item once when two write the same list in opposite order at once", async () => {
        const inputs = many(200).map((sku) => item(sku))
        const results = await Promise.all([
          service.upsertItems(STORE, inputs),
          service.upsertItems(STORE, [...inputs].reverse()),
        ])
        // 200 items, each created by one of the two calls.
        expect(results.flat().filter((row) => row.created)).toHaveLength(200)
        expect(await service.listWholesaleItems({ store_id: STORE }, { take: 1_000 })).toHaveLength(200)
      })

      it("keeps stores apart: the same SKU in both, each at its own price", async () => {
        const [own] = await service.upsertItems(STORE, [item("A")])
        const [foreign] = await service.upsertItems(OTHER, [item("A", { wholesale_price: "9" })])

        expect(foreign.id).not.toBe(own.id)
        expect((await service.itemsForOrder(STORE, ["A"]))[0]).toMatchObject({ published: false, unit_price: "2.5" })
        expect((await service.itemsForOrder(OTHER, ["A"]))[0]).toMatchObject({ unit_price: "9" })
      })
    })

    describe("publications", () => {
      it("shows published items only, and raises the revision only when the contents change", async () => {
        await service.upsertItems(STORE, [item("A", { published: true }), item("B"), item("C", { published: true })])
        const first = await service.publishCatalog({ store_id: STORE, connection_id: CONNECTION })
        expect(first).toMatchObject({ revision: 1, changed: true })
        expect(first.items.map((published) => published.sku)).toEqual(["A", "C"])

        await service.upsertItems(STORE, [item("B", { wholesale_price: "4" })])
        expect(await service.publishCatalog({ store_id: STORE, connection_id: CONNECTION })).toMatchObject({
          revision: 1,
          changed: false,
          content_hash: first.content_hash,
        })

        await service.upsertItems(STORE, [item("A", { wholesale_price: "2.51" })])
        expect(await service.publishCatalog({ store_id: STORE, connection_id: CONNECTION })).toMatchObject({
          revision: 2,
          changed: true,
          items: [{ sku: "A", price: "2.51" }, { sku: "C", price: "2.5" }],
        })
      })

      it("raises the revision once when one change is published ten times at once", async () => {
        await service.upsertItems(STORE, [item("A", { published: true })])
        const results = await Promise.all(
          Array.from({ length: 10 }, () => service.publishCatalog({ store_id: STORE, connection_id: CONNECTION }))
        )
        expect(results.map((result) => result.revision)).toEqual(Array(10).fill(1))
        expect(results.filter((result) => result.changed)).toHaveLength(1)
      })

      it("names what has not been announced, until it has", async () => {
        await service.upsertItems(STORE, [item("A", { published: true })])
        const { publication_id: id } = await service.publishCatalog({ store_id: STORE, connection_id: CONNECTION })
        expect(await service.publicationsToAnnounce({ limit: 10 })).toEqual([
          { id, store_id: STORE, connection_id: CONNECTION, revision: 1, announced_revision: 0 },
        ])
        await service.markPublicationAnnounced({ id, revision: 1 })
        expect(await service.publicationsToAnnounce({ limit: 10 })).toEqual([])
        await service.markPublicationAnnounced({ id, revision: 7 })
        const [row] = await service.listWholesaleCatalogPublications({ id })
        expect(row.announced_revision).toBe(1)
      })

      it("does not publish through another store's connection", async () => {
        await service.publishCatalog({ store_id: STORE, connection_id: CONNECTION })
        await expect(
          service.publishCatalog({ store_id: OTHER, connection_id: CONNECTION })
        ).rejects.toMatchObject({ status: 404 })
      })
    })

    describe("supplier catalogs", () => {
      const apply = (revision: number, skus: string[], more: { incarnation?: number; price?: string } = {}) =>
        service.applySupplierCatalog({
          store_id: STORE,
          connection_id: CONNECTION,
          revision,
          incarnation: more.incarnation,
          items: skus.map((sku) => entry(sku, more.price)),
        })
      const available = async () => {
        const [rows] = await service.supplierCatalogPage({
          store_id: STORE,
          connection_id: CONNECTION,
          available: true,
          limit: 10_000,
          offset: 0,
        })
        return rows.map((row) => row.sku)
      }

      it("makes vanished items unavailable and keeps them, and takes them back when they return", async () => {
        expect(await apply(1, ["A", "B"])).toEqual({ state: "applied", item_count: 2, vanished: 0 })
        expect(await apply(2, ["B", "C"])).toEqual({ state: "applied", item_count: 2, vanished: 1 })
        expect(await available()).toEqual(["B", "C"])
        const [kept] = await service.supplierItems({ store_id: STORE, connection_id: CONNECTION, skus: ["A"] })
        expect(kept).toMatchObject({ sku: "A", available: false, unit_price: "2.5", variant_id: null })

        expect(await apply(3, ["A"], { price: "2.75" })).toMatchObject({ vanished: 2 })
        const [back] = await service.supplierItems({ store_id: STORE, connection_id: CONNECTION, skus: ["A"] })
        expect(back).toMatchObject({ id: kept.id, available: true, unit_price: "2.75" })
      })

      it("keeps an item that the supplier shows and does not sell at the moment", async () => {
        await service.applySupplierCatalog({
          store_id: STORE,
          connection_id: CONNECTION,
          revision: 1,
          items: [entry("A"), { ...entry("B"), available: false }],
        })
        expect(await available()).toEqual(["A"])
      })

      it("ignores the same and older revisions, also after an empty catalog", async () => {
        await apply(2, [])
        expect(await apply(1, ["A"])).toMatchObject({ state: "ignored" })
        expect(await apply(2, ["A"])).toMatchObject({ state: "ignored" })
        expect(await available()).toEqual([])
      })

      it("takes a lower revision of a newer incarnation, and none of an older incarnation after it", async () => {
        await apply(9, ["A"], { incarnation: 1 })
        expect(await apply(1, ["B"], { incarnation: 2 })).toMatchObject({ state: "applied" })
        expect(await apply(10, ["C"], { incarnation: 1 })).toMatchObject({ state: "ignored" })
        expect(await available()).toEqual(["B"])
      })

      it("ends with the newest revision when many arrive at once in any order", async () => {
        const revisions = [4, 1, 8, 3, 7, 2, 6, 5]
        await Promise.all(revisions.map((revision) => apply(revision, [`R${revision}`, "ALL"])))
        expect(await available()).toEqual(["ALL", "R8"])
      })

      it("takes 5,000 items at once", async () => {
        const skus = many(5_000)
        await apply(1, skus)
        expect(await apply(2, skus.slice(1))).toEqual({ state: "applied", item_count: 4_999, vanished: 1 })
        expect(await available()).toHaveLength(4_999)
      })

      it("refuses an incomplete catalog as a whole, leaving its revision free", async () => {
        await apply(1, ["A"])
        await expect(apply(2, ["B", "B"])).rejects.toMatchObject({ code: "duplicate_sku" })
        expect(await available()).toEqual(["A"])
        expect(await apply(2, ["B"])).toMatchObject({ state: "applied" })
      })

      it("does not touch another store's connection", async () => {
        await apply(1, ["A"])
        await expect(
          service.applySupplierCatalog({ store_id: OTHER, connection_id: CONNECTION, revision: 2, items: [] })
        ).rejects.toMatchObject({ status: 404 })
        expect(await service.supplierItems({ store_id: OTHER, connection_id: CONNECTION, skus: ["A"] })).toEqual([])
        expect(await available()).toEqual(["A"])
      })

      it("pages by SKU, filtered by text and by mapping", async () => {
        await apply(1, ["A-1", "A-2", "B_1", "BX1"])
        await service.mapSkus({
          store_id: STORE,
          connection_id: CONNECTION,
          mappings: [{ supplier_sku: "A-2", variant_id: "variant_x" }],
        })
        const page = (query: { mapped?: boolean; q?: string; limit?: number; offset?: number }) =>
          service.supplierCatalogPage({ store_id: STORE, connection_id: CONNECTION, limit: 10, offset: 0, ...query })

        const [second, count] = await page({ limit: 1, offset: 1 })
        expect([second.map((row) => row.sku), count]).toEqual([["A-2"], 4])
        expect((await page({ mapped: true }))[0]).toMatchObject([{ sku: "A-2", variant_id: "variant_x" }])
        expect((await page({ mapped: false }))[1]).toBe(3)
        // The underscore is a letter to look for, no wildcard.
        expect((await page({ q: "b_1" }))[0].map((row) => row.sku)).toEqual(["B_1"])
      })
    })

    describe("mappings", () => {
      const map = (mappings: { supplier_sku: string; variant_id: string | null }[], store_id = STORE) =>
        service.mapSkus({ store_id, connection_id: CONNECTION, mappings })
      const read = (skus: string[], store_id = STORE) =>
        service.mappings({ store_id, connection_id: CONNECTION, skus })

      it("maps, maps anew and forgets, in one call", async () => {
        await map([
          { supplier_sku: "A", variant_id: "variant_1" },
          { supplier_sku: "B", variant_id: "variant_2" },
        ])
        await map([
          { supplier_sku: "A", variant_id: "variant_3" },
          { supplier_sku: "B", variant_id: null },
          { supplier_sku: "C", variant_id: "variant_1" },
        ])
        expect(await read(["A", "B", "C"])).toEqual([
          { supplier_sku: "A", variant_id: "variant_3" },
          { supplier_sku: "C", variant_id: "variant_1" },
        ])
      })

      it("keeps one mapping of a SKU when two map it at once", async () => {
        await Promise.all([
          map([{ supplier_sku: "A", variant_id: "variant_1" }, { supplier_sku: "B", variant_id: "variant_1" }]),
          map([{ supplier_sku: "B", variant_id: "variant_2" }, { supplier_sku: "A", variant_id: "variant_2" }]),
        ])
        const [first, second] = await read(["A", "B"])
        expect(first.variant_id).toBe(second.variant_id)
      })

      it("refuses to change another store's mapping", async () => {
        await map([{ supplier_sku: "A", variant_id: "variant_1" }])
        const taking = map([{ supplier_sku: "A", variant_id: "variant_9" }], OTHER)
        await expect(taking).rejects.toMatchObject({ status: 404 })
        await map([{ supplier_sku: "A", variant_id: null }], OTHER)
        expect(await read(["A"])).toEqual([{ supplier_sku: "A", variant_id: "variant_1" }])
        expect(await read(["A"], OTHER)).toEqual([])
      })
    })

    it("writes 5,000 items in at most six statements", async () => {
      const em = MikroOrmWrapper.forkManager()
      const statements = await em.transactional(async (transaction) => {
        let count = 0
        const counting = new Proxy(transaction, {
          get(target, member) {
            if (member === "execute") {
              count++
            }
            const value: unknown = Reflect.get(target, member)
            return typeof value === "function" ? value.bind(target) : value
          },
        })
        await service.upsertItems(STORE, many(5_000).map((sku) => item(sku)), { transactionManager: counting })
        return count
      })
      expect(statements).toBeGreaterThan(0)
      expect(statements).toBeLessThanOrEqual(6)
      const [, count] = await service.listAndCountWholesaleItems({ store_id: STORE }, { take: 1, select: ["id"] })
      expect(count).toBe(5_000)
    })
  },
})
