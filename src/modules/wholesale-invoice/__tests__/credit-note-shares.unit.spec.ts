import fc from "fast-check"
import { MathBN } from "@medusajs/framework/utils"

import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import type { InvoiceLineKind } from "../../../lib/charges/charge"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { currencyDigits } from "../../../lib/money/currency-digits"
import type { CreditableLine, CreditNoteLine } from "../domain/credit-note-shares"
import {
  creditAmount,
  creditNoteTaxSummary,
  creditNoteTotals,
  creditQuantities,
} from "../domain/credit-note-shares"
import { calculateInvoiceTotals } from "../domain/invoice-totals"

interface Sold {
  readonly kind?: InvoiceLineKind
  readonly quantity: number
  readonly unit_price: string
  readonly tax_rate: string
}

function invoiceOf(sold: readonly Sold[], currency: string) {
  const totals = calculateInvoiceTotals(
    sold.map((line, index) => ({ ...line, order_line_id: `o${index}`, sku: `S${index}`, title: "" })),
    currency
  )
  const lines: CreditableLine[] = sold.map((line, index) => ({
    id: `l${index}`,
    kind: line.kind ?? "item",
    sku: `S${index}`,
    title: "",
    quantity: line.quantity,
    tax_rate: line.tax_rate,
    tax_code: totals.lines[index].tax_code,
    subtotal: totals.lines[index].subtotal,
    tax_total: totals.lines[index].tax_total,
    credited_quantity: 0,
    credited_amount: roundAmount(0, currency),
    credited_tax: roundAmount(0, currency),
  }))
  return { totals, lines }
}

/** The lines after a note, as the service writes them. */
function afterNote(
  lines: readonly CreditableLine[],
  note: readonly CreditNoteLine[],
  currency: string
): CreditableLine[] {
  return lines.map((line) => {
    const share = note.find((candidate) => candidate.line_id === line.id)
    return share
      ? {
          ...line,
          credited_quantity: line.credited_quantity + (share.quantity ?? 0),
          credited_amount: sumAmounts([line.credited_amount, share.subtotal], currency),
          credited_tax: sumAmounts([line.credited_tax, share.tax], currency),
        }
      : line
  })
}

function creditedWithTax(line: CreditableLine): (string | number)[] {
  return [line.credited_quantity, line.credited_amount, line.credited_tax]
}

function refusal(run: () => unknown) {
  try {
    run()
  } catch (error) {
    return asWholesaleError(error)
  }
  return undefined
}

const cups = { quantity: 3, unit_price: "9.99", tax_rate: "7.25" }

describe("credit note over quantities", () => {
  it("takes a piece at its price with its part of the tax", () => {
    // Net 29.97 / 3 = 9.99; tax 2.17 / 3 = 0.7233… → 0.72
    const { lines } = invoiceOf([cups], "usd")
    const note = creditQuantities(lines, [{ line_id: "l0", quantity: 1 }], "usd")
    expect(note).toEqual([
      {
        line_id: "l0",
        kind: "item",
        sku: "S0",
        title: "",
        quantity: 1,
        tax_rate: "7.25",
        tax_code: null,
        subtotal: "9.99",
        tax: "0.72",
      },
    ])
    expect(creditNoteTotals(note, "usd")).toEqual({
      subtotal: "9.99",
      charge_total: "0.00",
      tax_total: "0.72",
      total: "10.71",
    })
  })

  it("takes a charge back beside the goods, with its part of the tax", () => {
    // 29.97 + 10.03 = 40.00 at 7.25 %: 2.90; shares 2.172825 and 0.727175: 2.17 and 0.73
    const { lines } = invoiceOf(
      [cups, { kind: "shipping", quantity: 1, unit_price: "10.03", tax_rate: "7.25" }],
      "usd"
    )
    const note = creditQuantities(lines, [{ line_id: "l1", quantity: 1 }], "usd")
    expect(note).toEqual([expect.objectContaining({ kind: "shipping", subtotal: "10.03", tax: "0.73" })])
    expect(creditNoteTotals(note, "usd")).toEqual({
      subtotal: "0.00",
      charge_total: "10.03",
      tax_total: "0.73",
      total: "10.76",
    })
    const summary = [{ code: null, name: null, rate: "7.25", base: "40.00", tax: "2.90" }]
    expect(creditNoteTaxSummary(note, summary, "usd")).toEqual([{ ...summary[0], base: "10.03", tax: "0.73" }])
  })

  it("gives the last piece the rest, so that three notes sum to the invoice", () => {
    // Tax 2.17: 0.72, then 1.45 / 2 = 0.725 → 0.73, then 0.72
    let { lines } = invoiceOf([cups], "usd")
    const taxes = [1, 2, 3].map(() => {
      const note = creditQuantities(lines, [{ line_id: "l0", quantity: 1 }], "usd")
      lines = afterNote(lines, note, "usd")
      return note[0].tax
    })
    expect(taxes).toEqual(["0.72", "0.73", "0.72"])
    expect(creditedWithTax(lines[0])).toEqual([3, "29.97", "2.17"])
  })

  it("refuses more than is left of a line, a line named twice counted together", () => {
    const { lines } = invoiceOf([cups], "usd")
    const first = afterNote(
      lines,
      creditQuantities(lines, [{ line_id: "l0", quantity: 1 }], "usd"),
      "usd"
    )
    const twice = [
      { line_id: "l0", quantity: 1 },
      { line_id: "l0", quantity: 2 },
    ]
    expect(refusal(() => creditQuantities(first, twice, "usd"))).toMatchObject({
      status: 409,
      code: "credit_exceeds_line",
      details: { quantity: 3, credited_quantity: 1, remaining_quantity: 2, asked: 3, over_by: 1 },
    })
  })

  it("takes pieces at an amount of their own, which counts against what is left of the line", () => {
    // 12 × 100.00 with 19 %: 1,200.00 + 228.00. Two pieces for 150.00, not 200.00: tax 228 × 150 / 1200 = 28.50.
    const { lines } = invoiceOf([{ quantity: 12, unit_price: "100", tax_rate: "19" }], "eur")
    const first = creditQuantities(lines, [{ line_id: "l0", quantity: 2, amount: "150" }], "eur")
    expect(first).toMatchObject([{ quantity: 2, subtotal: "150.00", tax: "28.50" }])
    // 1,050.00 and 199.50 are left for ten pieces: each takes a tenth.
    const next = creditQuantities(afterNote(lines, first, "eur"), [{ line_id: "l0", quantity: 1 }], "eur")
    expect(next).toMatchObject([{ quantity: 1, subtotal: "105.00", tax: "19.95" }])
  })

  it.each([
    ["more than is left of the line", [{ line_id: "l0", quantity: 1, amount: "29.98" }], "credit_exceeds_line"],
    [
      "a line twice",
      [
        { line_id: "l0", quantity: 1, amount: "1" },
        { line_id: "l0", quantity: 1 },
      ],
      "line_named_twice",
    ],
    ["a tenth of a cent", [{ line_id: "l0", quantity: 1, amount: "0.001" }], "invalid_amount"],
  ])("refuses an amount of its own for %s", (_, asked, code) => {
    // 3 × 9.99 = 29.97 net.
    const { lines } = invoiceOf([cups], "usd")
    expect(refusal(() => creditQuantities(lines, asked, "usd"))).toMatchObject({ code })
  })

  it.each([
    ["a line of another invoice", { line_id: "l9", quantity: 1 }, "unknown_invoice_line"],
    ["nothing", { line_id: "l0", quantity: 0 }, "invalid_quantity"],
    ["half a piece", { line_id: "l0", quantity: 0.5 }, "invalid_quantity"],
    ["less than nothing", { line_id: "l0", quantity: -1 }, "invalid_quantity"],
  ])("refuses %s", (_, asked, code) => {
    const { lines } = invoiceOf([cups], "usd")
    expect(refusal(() => creditQuantities(lines, [asked], "usd"))).toMatchObject({ status: 400, code })
  })
})

describe("credit note over an amount", () => {
  it("spreads over the lines by what is left of each, and splits net and tax", () => {
    // Gross 119 and 107, together 226; 22.60 is a tenth: 11.90 = 10.00 + 1.90, 10.70 = 10.00 + 0.70
    const { lines } = invoiceOf(
      [
        { quantity: 1, unit_price: "100", tax_rate: "19" },
        { quantity: 1, unit_price: "100", tax_rate: "7" },
      ],
      "eur"
    )
    const note = creditAmount(lines, "22.60", "eur")
    expect(note.map(({ quantity, subtotal, tax }) => [quantity, subtotal, tax])).toEqual([
      [null, "10.00", "1.90"],
      [null, "10.00", "0.70"],
    ])
  })

  it("leaves a piece worth less for a later note", () => {
    // 12 × 100.00 less 240.00 is 960.00 for 12 pieces: one piece is worth 80.00 now.
    const { lines } = invoiceOf([{ quantity: 12, unit_price: "100", tax_rate: "0" }], "usd")
    const reduced = afterNote(lines, creditAmount(lines, "240.00", "usd"), "usd")
    const [piece] = creditQuantities(reduced, [{ line_id: "l0", quantity: 1 }], "usd")
    expect(piece.subtotal).toBe("80.00")
  })

  it("leaves out lines on which nothing is left", () => {
    const { lines } = invoiceOf([cups, { quantity: 1, unit_price: "0", tax_rate: "7.25" }], "usd")
    expect(creditAmount(lines, "0.01", "usd").map((line) => line.line_id)).toEqual(["l0"])
  })
})

describe("any credit notes of an invoice", () => {
  const sold = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 40 }),
      unit_price: fc.integer({ min: 0, max: 500_000 }).map((thousandths) => `${thousandths / 1000}`),
      tax_rate: fc.constantFrom("0", "5", "7.25", "19", "20.5"),
    }),
    { minLength: 1, maxLength: 8 }
  )
  const steps = fc.array(
    fc.record({
      byAmount: fc.boolean(),
      line: fc.nat(),
      /** Share of what is left, in percent. */
      share: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 15 }
  )

  it("never exceed a line or the invoice, and sum to it exactly once all is credited", () => {
    fc.assert(
      fc.property(sold, steps, fc.constantFrom("jpy", "usd", "kwd"), (bought, notes, currency) => {
        const { totals, lines: invoiced } = invoiceOf(bought, currency)
        let lines = invoiced
        const issued: CreditNoteLine[] = []
        const issue = (note: CreditNoteLine[]) => {
          issued.push(...note)
          lines = afterNote(lines, note, currency)
          for (const line of lines) {
            for (const [credited, whole] of [
              [line.credited_amount, line.subtotal],
              [line.credited_tax, line.tax_total],
            ]) {
              expect(MathBN.gte(credited, 0) && MathBN.lte(credited, whole)).toBe(true)
            }
          }
          for (const { subtotal, tax } of note) {
            expect(MathBN.gte(subtotal, 0) && MathBN.gte(tax, 0)).toBe(true)
          }
        }

        for (const { byAmount, line: pick, share } of notes) {
          const line = lines[pick % lines.length]
          const left = line.quantity - line.credited_quantity
          const open = subtractAmounts(
            totals.total,
            creditNoteTotals(issued, currency).total,
            currency
          )
          const part = MathBN.div(MathBN.mult(open, share), 100).toFixed(currencyDigits(currency), 1)
          if (byAmount && MathBN.gt(part, 0)) {
            const note = creditAmount(lines, part, currency)
            expect(creditNoteTotals(note, currency).total).toBe(part)
            issue(note)
          } else if (!byAmount && left > 0) {
            const quantity = Math.max(1, Math.floor((left * share) / 100))
            issue(creditQuantities(lines, [{ line_id: line.id, quantity }], currency))
          }
        }
        issue(
          creditQuantities(
            lines,
            lines.flatMap((line) =>
              line.quantity > line.credited_quantity
                ? [{ line_id: line.id, quantity: line.quantity - line.credited_quantity }]
                : []
            ),
            currency
          )
        )

        const { subtotal, charge_total, tax_total, total } = totals
        expect(creditNoteTotals(issued, currency)).toEqual({ subtotal, charge_total, tax_total, total })
        const credited = creditNoteTaxSummary(issued, totals.tax_summary, currency)
        expect(credited).toEqual(
          totals.tax_summary.filter(({ rate }) => issued.some((line) => line.tax_rate === rate))
        )
      })
    )
  })
})
