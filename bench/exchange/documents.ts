import type { TravellingDocument } from "../../src/modules/wholesale-exchange/domain/travelling-document"

export const CATALOG_ITEMS = 15_000

/** An order of five lines, of the kind that is signed: sealed it has 1,015 bytes. */
export function benchDocument(index: number): TravellingDocument {
  const lines = [1, 2, 3, 4, 5].map((line) => ({
    line,
    sku: `GOODS-${index % 1_000}-${line}`,
    quantity: "12",
    unit_price: "19.95",
    total: "239.40",
  }))
  return {
    type: "order",
    id: `order_${index}`,
    revision: 1,
    incarnation: 1,
    issued_at: "2026-11-30T10:00:00.000Z",
    body: { version: 1, number: `WO-${index}`, status: "approved", currency_code: "gbp", lines, total: "1197.00" },
  }
}

/** The largest catalog that is expected: 15,000 items, some 10 MB of JSON. */
export function benchCatalog(revision: number): TravellingDocument {
  const items = Array.from({ length: CATALOG_ITEMS }, (_, index) => ({
    sku: `GOODS-${revision}-${index}`,
    title: `Item ${index}`,
    description: "Stainless steel, dishwasher safe, with a grip that stays cool. ".repeat(8),
    price: `${index}.50`,
    currency_code: "gbp",
    minimum_quantity: 6,
    order_multiple: 6,
    available: index % 3 === 0,
    categories: ["kitchen", "tools"],
  }))
  return {
    type: "catalog",
    id: "catalog_1",
    revision,
    incarnation: 1,
    issued_at: "2026-11-30T10:00:00.000Z",
    body: { version: 1, revision, items },
  }
}
