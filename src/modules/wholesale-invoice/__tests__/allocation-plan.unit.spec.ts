import fc from "fast-check"

import { currencyDigits } from "../../../lib/money/currency-digits"
import { subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import type { OpenItem, PlanInput } from "../domain/allocation-plan"
import { planAllocation } from "../domain/allocation-plan"
import { discountFor, payableWithDiscount } from "../domain/early-payment-discount"

const day = (date: string) => new Date(`${date}T09:00:00Z`)

const item = (number: string, outstanding: string, due: string, more: Partial<OpenItem> = {}): OpenItem => ({
  invoice_id: `whinv_${number}`,
  number,
  issued_at: day("2026-01-01"),
  due_at: day(due),
  outstanding,
  charges: [],
  discount: null,
  ...more,
})

const plan = (input: Partial<PlanInput>) => {
  const { settlements, unapplied } = planAllocation({
    currency_code: "usd",
    amount: "0.00",
    items: [],
    strategy: "due_date",
    paid_on: day("2026-01-09"),
    write_off_tolerance: null,
    settle_first: "invoice",
    ...input,
  })
  return {
    settlements: settlements.map(({ invoice_id, paid, discount, written_off, charges }) => ({
      invoice_id,
      paid,
      ...(Number(discount) && { discount }),
      ...(Number(written_off) && { written_off }),
      ...(charges.length && { charges: charges.map(({ id, amount }) => `${id} ${amount}`) }),
    })),
    unapplied,
  }
}

describe("where a payment goes", () => {
  const items = [
    item("C", "500.00", "2026-03-01", { issued_at: day("2026-01-02") }),
    item("A", "1200.00", "2026-02-01", { issued_at: day("2026-01-05") }),
    item("B", "800.00", "2026-02-15", { issued_at: day("2026-01-01") }),
  ]

  it.each([
    // Due in the order A, B, C: 2,100 = 1,200 + 800 + 100, of C 400 are left.
    ["2100.00", ["A 1200.00", "B 800.00", "C 100.00"], "0.00"],
    // 2,600 − (1,200 + 800 + 500) = 100 stay on the account.
    ["2600.00", ["A 1200.00", "B 800.00", "C 500.00"], "100.00"],
    ["1200.00", ["A 1200.00"], "0.00"],
    ["0.01", ["A 0.01"], "0.00"],
  ])("%s by due date is %j, and %s stays on the account", (amount, expected, unapplied) => {
    const planned = plan({ amount, items })
    expect(planned.settlements.map(({ invoice_id, paid }) => `${invoice_id.slice(6)} ${paid}`)).toEqual(expected)
    expect(planned.unapplied).toBe(unapplied)
  })

  it("is the one issued first, by age", () => {
    // Issued in the order B, C, A: 900 = 800 + 100.
    expect(plan({ amount: "900.00", items, strategy: "oldest_first" }).settlements).toEqual([
      { invoice_id: "whinv_B", paid: "800.00" },
      { invoice_id: "whinv_C", paid: "100.00" },
    ])
  })

  it("is what people choose, or nothing", () => {
    const choices = [{ invoice_id: "whinv_C", amount: "70.00" }]
    expect(plan({ amount: "100.00", items, strategy: "by_choice", choices })).toEqual({
      settlements: [{ invoice_id: "whinv_C", paid: "70.00" }],
      unapplied: "30.00",
    })
    expect(plan({ amount: "100.00", items, strategy: "unapplied" })).toEqual({
      settlements: [],
      unapplied: "100.00",
    })
  })
})

describe("early payment of 5,000 at 2/10 net 30, issued on 1 January", () => {
  const discount = {
    percent: "2",
    until: day("2026-01-11"),
    discounted_paid: "0.00",
    discount_total: "0.00",
  }
  const invoice = item("A", "5000.00", "2026-01-31", { discount })
  const pay = (amount: string, date: string, more: Partial<PlanInput> = {}) =>
    plan({ amount, items: [invoice], paid_on: day(date), ...more })

  it("closes with 4,900 on day 10", () => {
    // 5,000 × 0.98 = 4,900; 100 is the discount.
    expect(pay("4900.00", "2026-01-11")).toEqual({
      settlements: [{ invoice_id: "whinv_A", paid: "4900.00", discount: "100.00" }],
      unapplied: "0.00",
    })
  })

  it("leaves 100 on day 11", () => {
    expect(pay("4900.00", "2026-01-12").settlements).toEqual([{ invoice_id: "whinv_A", paid: "4900.00" }])
  })

  it("settles 2,500 with 2,450 on day 8, and the rest with as much", () => {
    // 2,450 ÷ 0.98 = 2,500
    expect(pay("2450.00", "2026-01-09").settlements).toEqual([
      { invoice_id: "whinv_A", paid: "2450.00", discount: "50.00" },
    ])
    const rest = item("A", "2500.00", "2026-01-31", {
      discount: { ...discount, discounted_paid: "2450.00", discount_total: "50.00" },
    })
    expect(pay("2450.00", "2026-01-11", { items: [rest] }).settlements).toEqual([
      { invoice_id: "whinv_A", paid: "2450.00", discount: "50.00" },
    ])
  })

  it("keeps on the account what is paid beyond what is payable", () => {
    expect(pay("5000.00", "2026-01-11")).toEqual({
      settlements: [{ invoice_id: "whinv_A", paid: "4900.00", discount: "100.00" }],
      unapplied: "100.00",
    })
  })

  it("takes what people choose, and lets the discount fill what is open", () => {
    const chosen = (amount: string) =>
      pay(amount, "2026-01-11", {
        strategy: "by_choice",
        choices: [{ invoice_id: "whinv_A", amount }],
      }).settlements
    expect(chosen("4950.00")).toEqual([{ invoice_id: "whinv_A", paid: "4950.00", discount: "50.00" }])
    expect(chosen("5000.00")).toEqual([{ invoice_id: "whinv_A", paid: "5000.00" }])
  })

  it("gives credit notes none", () => {
    expect(pay("4900.00", "2026-01-11", { paid_on: null }).settlements).toEqual([
      { invoice_id: "whinv_A", paid: "4900.00" },
    ])
  })

  it("rounds what is payable half up, and leaves the discount the remainder", () => {
    const basis = {
      currency_code: "usd",
      percent: "10",
      outstanding: "1725.05",
      discounted_paid: "0.00",
      discount_total: "0.00",
    }
    // 1,725.05 × 0.90 = 1,552.545 → 1,552.55; 1,725.05 − 1,552.55 = 172.50
    expect(payableWithDiscount(basis)).toBe("1552.55")
    expect(discountFor(basis, "1552.55")).toBe("172.50")
  })

  it("asks for all that is open where more was paid than is payable, as a discount became smaller since", () => {
    // (0.67 + 245 + 3.33) × 0.98 = 244.02, of which 245 are paid: 0.67 is left, without a discount.
    const basis = {
      currency_code: "usd",
      percent: "2",
      outstanding: "0.67",
      discounted_paid: "245.00",
      discount_total: "3.33",
    }
    expect(payableWithDiscount(basis)).toBe("0.67")
    expect(discountFor(basis, "0.67")).toBe("0.00")
  })

  it("comes to the same in any parts, in currencies of no, two and three digits", () => {
    const anyCase = fc.record({
      currency_code: fc.constantFrom("jpy", "usd", "kwd"),
      units: fc.integer({ min: 1, max: 10_000_000 }),
      percent: fc.constantFrom("0.5", "1", "2", "2.5", "3", "10", "33.3333"),
      parts: fc.array(fc.integer({ min: 1, max: 4_000_000 }), { maxLength: 6 }),
    })
    fc.assert(
      fc.property(anyCase, ({ currency_code, units, percent, parts }) => {
        const inMajor = (minor: number) => (minor / 10 ** currencyDigits(currency_code)).toFixed(currencyDigits(currency_code))
        const total = inMajor(units)
        const start = { currency_code, percent, outstanding: total, discounted_paid: "0", discount_total: "0" }
        const payable = payableWithDiscount(start)
        let basis = start
        for (const part of [...parts.map(inMajor), payable]) {
          const need = payableWithDiscount(basis)
          const money = Number(part) < Number(need) ? part : need
          const discount = discountFor(basis, money)
          basis = {
            ...basis,
            outstanding: subtractAmounts(basis.outstanding, sumAmounts([money, discount], currency_code), currency_code),
            discounted_paid: sumAmounts([basis.discounted_paid, money], currency_code),
            discount_total: sumAmounts([basis.discount_total, discount], currency_code),
          }
          expect(Number(basis.outstanding)).toBeGreaterThanOrEqual(0)
        }
        expect(basis).toMatchObject({
          discounted_paid: payable,
          discount_total: subtractAmounts(total, payable, currency_code),
        })
        expect(Number(basis.outstanding)).toBe(0)
      })
    )
  })
})

describe("residues", () => {
  const items = [item("A", "100.00", "2026-02-01")]

  it.each([
    ["99.60", "1.00", "0.40"],
    ["99.00", "1.00", "1.00"],
    ["98.99", "1.00", undefined],
    ["99.60", null, undefined],
  ])("of 100.00 after %s with tolerance %s: %s is written off", (amount, write_off_tolerance, written_off) => {
    expect(plan({ amount, items, write_off_tolerance }).settlements).toEqual([
      { invoice_id: "whinv_A", paid: amount, ...(written_off && { written_off }) },
    ])
  })

  it("are left where no money goes", () => {
    const small = [...items, item("B", "0.40", "2026-03-01")]
    expect(plan({ amount: "100.00", items: small, write_off_tolerance: "1.00" }).settlements).toEqual([
      { invoice_id: "whinv_A", paid: "100.00" },
    ])
  })
})

describe("an invoice of 100 with interest of 0.41 and a fee of 10", () => {
  const charged = item("A", "100.00", "2026-02-01", {
    charges: [
      { id: "interest", kind: "interest", outstanding: "0.41", charged_at: day("2026-02-05") },
      { id: "fee", kind: "fee", outstanding: "10.00", charged_at: day("2026-02-05") },
    ],
  })

  it.each([
    // The invoice first: 100 close it, and 0.41 + 10 = 10.41 of the charges are left.
    ["invoice", { paid: "100.00" }],
    // The charges first: 100 − 10 − 0.41 = 89.59 for the invoice, of which 10.41 are left.
    ["charges", { paid: "89.59", charges: ["fee 10.00", "interest 0.41"] }],
  ] as const)("owes 10.41 after 100, the %s settled first", (settle_first, expected) => {
    expect(plan({ amount: "100.00", items: [charged], settle_first })).toEqual({
      settlements: [{ invoice_id: "whinv_A", ...expected }],
      unapplied: "0.00",
    })
  })

  it("is closed with 110.41", () => {
    expect(plan({ amount: "110.41", items: [charged] })).toEqual({
      settlements: [{ invoice_id: "whinv_A", paid: "100.00", charges: ["fee 10.00", "interest 0.41"] }],
      unapplied: "0.00",
    })
  })
})

it("spends no more than there is and settles no more than is open, whatever comes", () => {
  const amounts = fc.integer({ min: 0, max: 100_000 }).map((cents) => (cents / 100).toFixed(2))
  fc.assert(
    fc.property(
      fc.array(fc.record({ outstanding: amounts, fee: amounts, interest: amounts, discounted: fc.boolean() }), { maxLength: 8 }),
      amounts,
      fc.constantFrom("invoice" as const, "charges" as const),
      fc.option(amounts),
      (rows, amount, settle_first, write_off_tolerance) => {
        const items = rows.map(({ outstanding, fee, interest, discounted }, index) =>
          item(`${index}`, outstanding, "2026-02-01", {
            charges: [
              { id: `fee${index}`, kind: "fee", outstanding: fee, charged_at: day("2026-01-09") },
              { id: `interest${index}`, kind: "interest", outstanding: interest, charged_at: day("2026-01-09") },
            ],
            discount: discounted
              ? { percent: "3", until: day("2026-01-31"), discounted_paid: "0", discount_total: "0" }
              : null,
          })
        )
        const { settlements, unapplied } = planAllocation({
          currency_code: "usd",
          amount,
          items,
          strategy: "oldest_first",
          paid_on: day("2026-01-09"),
          write_off_tolerance,
          settle_first,
        })
        const spent = settlements.flatMap(({ paid, charges }) => [paid, ...charges.map((charge) => charge.amount)])
        expect(sumAmounts([...spent, unapplied], "usd")).toBe(amount)
        for (const { invoice_id, paid, discount, written_off } of settlements) {
          const open = items.find((each) => each.invoice_id === invoice_id)?.outstanding ?? "0"
          expect(Number(sumAmounts([paid, discount, written_off], "usd"))).toBeLessThanOrEqual(Number(open))
        }
      }
    )
  )
})
