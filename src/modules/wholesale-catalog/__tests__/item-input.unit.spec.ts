import { assertCatalogEntries, CatalogEntry } from "../domain/item-input"

const good: CatalogEntry = {
  sku: "CUP-1",
  title: "Cup",
  currency_code: "gbp",
  price: "2.55",
  minimum_quantity: 6,
  order_multiple: 6,
}

describe("assertCatalogEntries", () => {
  it.each([
    ["a price", good],
    ["a price of zero", { ...good, price: "0" }],
    ["a price finer than the currency", { ...good, price: "0.0125" }],
    ["no title", { ...good, title: "" }],
  ])("accepts an item with %s", (_, entry) => {
    expect(() => assertCatalogEntries([entry])).not.toThrow()
  })

  it.each([
    ["no SKU", { ...good, sku: "" }],
    ["a negative price", { ...good, price: "-1" }],
    ["a price that is no number", { ...good, price: "NaN" }],
    ["a price with an exponent", { ...good, price: "1e-14" }],
    ["a currency in capitals", { ...good, currency_code: "GBP" }],
    ["a minimum of zero", { ...good, minimum_quantity: 0 }],
    ["a broken multiple", { ...good, order_multiple: 1.5 }],
  ])("refuses an item with %s", (_, entry) => {
    expect(() => assertCatalogEntries([good, entry])).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_catalog_entry", details: { skus: [entry.sku] } })
    )
  })

  it("refuses a SKU that stands twice, naming it once", () => {
    expect(() => assertCatalogEntries([good, good, good])).toThrow(
      expect.objectContaining({ code: "duplicate_sku", details: { values: ["CUP-1"] } })
    )
  })
})
