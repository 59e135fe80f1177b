import fc from "fast-check"
import { MathBN } from "@medusajs/framework/utils"

import { allocateCredits, type Purchase } from "../allocate-credits"
import type { GoodsRow } from "../judge-row"

const SKU = "21730"

function cancelled(row: number, quantity: number, unit_price: string, sku = SKU): GoodsRow {
  return {
    row,
    document: "C1",
    sku,
    title: sku,
    quantity,
    unit_price,
    amount: MathBN.mult(-quantity, unit_price).toFixed(),
    at: "2010-12-02T00:00:00.000Z",
    customer: "17850",
    country_code: "gb",
  }
}

function bought(invoice: string, left: number, unit_price: string, overrides: Partial<Purchase> = {}): Purchase {
  const amount_left = MathBN.mult(left, unit_price).toFixed(2)
  return { invoice_id: invoice, line_id: `${invoice}-1`, sku: SKU, unit_price, left, amount_left, ...overrides }
}

const byInvoice = (credits: ReturnType<typeof allocateCredits>) => Object.fromEntries(credits.by_invoice)

describe("a cancellation", () => {
  it("takes back of the latest purchase first, and of the next what that does not have", () => {
    // 8 = 5 of the later and 3 of the earlier; 8 × 4.65 = 37.20
    const credits = allocateCredits([cancelled(9, 8, "4.65")], [bought("later", 5, "4.65"), bought("earlier", 12, "4.65")])
    expect(byInvoice(credits)).toEqual({
      later: [{ line_id: "later-1", quantity: 5 }],
      earlier: [{ line_id: "earlier-1", quantity: 3 }],
    })
    expect(credits).toMatchObject({ credited: "37.20", refused: [] })
  })

  it("takes back purchases at its own price before later ones at another", () => {
    const credits = allocateCredits([cancelled(9, 2, "4.65")], [bought("later", 5, "4.25"), bought("earlier", 5, "4.65")])
    expect(byInvoice(credits)).toEqual({ earlier: [{ line_id: "earlier-1", quantity: 2 }] })
  })

  it("takes back units at its own price where all were bought at another", () => {
    // 2 × 4.00 = 8.00, bought at 4.65
    const credits = allocateCredits([cancelled(9, 2, "4.00")], [bought("one", 5, "4.65")])
    expect(byInvoice(credits)).toEqual({ one: [{ line_id: "one-1", quantity: 2, amount: "8.00" }] })
  })

  it("counts two rows of one line together", () => {
    // The two rows of C536826 in the given file: 2 and 3 of 12 at 4.65, together 23.25
    const credits = allocateCredits([cancelled(9, 2, "4.65"), cancelled(10, 3, "4.65")], [bought("one", 12, "4.65")])
    expect(byInvoice(credits)).toEqual({ one: [{ line_id: "one-1", quantity: 5 }] })
    expect(credits.credited).toBe("23.25")
  })

  it("names the amount where an earlier credit at another price has changed what a unit is worth", () => {
    // 10 × 2.00 = 20.00, of which 1 was credited for 1.00: 9 are left for 19.00, and 9 × 2.00 = 18.00
    const credits = allocateCredits([cancelled(9, 9, "2.00")], [bought("one", 9, "2.00", { amount_left: "19.00" })])
    expect(byInvoice(credits)).toEqual({ one: [{ line_id: "one-1", quantity: 9, amount: "18.00" }] })
  })

  it.each([
    ["of goods that were not bought", [cancelled(9, 1, "4.65", "21731")], "no_earlier_purchase"],
    ["of more than is left", [cancelled(9, 6, "4.65")], "more_than_left"],
    ["for more money than was paid", [cancelled(9, 5, "5.00")], "credit_exceeds_purchase"],
  ])("%s is refused whole", (_, rows, reason) => {
    const credits = allocateCredits(rows, [bought("one", 5, "4.65")])
    expect(byInvoice(credits)).toEqual({})
    expect(credits).toMatchObject({ credited: "0.00", refused: [{ row: 9, reason, amount: rows[0].amount }] })
  })

  it("refuses the row that comes too late, and keeps the one before it", () => {
    const credits = allocateCredits([cancelled(9, 4, "4.65"), cancelled(10, 2, "4.65")], [bought("one", 5, "4.65")])
    expect(byInvoice(credits)).toEqual({ one: [{ line_id: "one-1", quantity: 4 }] })
    expect(credits.refused).toMatchObject([{ row: 10, reason: "more_than_left", detail: "21730: 2 of 1" }])
  })

  it("never takes more of a purchase than is left, and credits and refuses its rows to the penny", () => {
    const price = fc.integer({ min: 1, max: 500 }).map((pence) => (pence / 100).toFixed(2))
    const quantity = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(quantity, price), { maxLength: 5 }),
        fc.array(fc.tuple(quantity, price), { minLength: 1, maxLength: 5 }),
        (purchases, rows) => {
          const owned = purchases.map(([left, unit], index) => bought(`i${index}`, left, unit))
          const asked = rows.map(([count, unit], index) => cancelled(index + 2, count, unit))
          const { by_invoice, credited, refused } = allocateCredits(asked, owned)
          for (const [invoice_id, lines] of by_invoice) {
            const purchase = owned.find((one) => one.invoice_id === invoice_id)
            expect(lines[0].quantity).toBeLessThanOrEqual(purchase?.left ?? 0)
            expect(MathBN.lte(lines[0].amount ?? 0, purchase?.amount_left ?? 0)).toBe(true)
          }
          const all = MathBN.sum(0, ...asked.map(({ amount }) => amount))
          const refusedAmounts = refused.map(({ amount }) => amount ?? 0)
          expect(MathBN.eq(MathBN.sub(MathBN.sum(0, ...refusedAmounts), credited), all)).toBe(true)
        }
      )
    )
  })
})
