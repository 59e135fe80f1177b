import { decorateCartTotals, MathBN } from "@medusajs/framework/utils"
import fc from "fast-check"

import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { type Amount, lineAmount, roundAmount, sumAmounts } from "../../../lib/money/amount"
import { coreOrderSnapshot, type InvoiceSnapshot, type InvoiceSnapshotLine } from "../core-order-snapshot"

type Goods = Pick<InvoiceSnapshotLine, "quantity" | "unit_price" | "tax_rate"> &
  Partial<Pick<InvoiceSnapshotLine, "kind" | "sku" | "title">>

/** An invoice as the plugin issues it: each line and each rate rounded once. */
function invoiceOf(currency_code: string, goods: readonly Goods[]): InvoiceSnapshot {
  const lines = goods.map((line, index) => ({
    kind: "item" as const,
    sku: `SKU-${index}`,
    title: `Goods ${index}`,
    ...line,
    subtotal: lineAmount(line.quantity, line.unit_price, currency_code),
    product_id: `prod_${index}`,
    variant_id: `variant_${index}`,
  }))
  const rates = [...new Set(lines.map(({ tax_rate }) => tax_rate))]
  const tax_summary = rates.map((rate) => {
    const base = sumAmounts(
      lines.filter((line) => line.tax_rate === rate).map(({ subtotal }) => subtotal),
      currency_code
    )
    const tax = roundAmount(MathBN.div(MathBN.mult(base, rate), 100), currency_code)
    return { rate, code: `TAX-${rate}`, name: `Tax ${rate} %`, base, tax }
  })
  return {
    invoice_id: "whinv_1",
    order_id: "whord_1",
    store_id: "whstore_1",
    numbers: { invoice: "INV-2026-000001", order: "B2B-2026-000001", purchase_order: "PO-2026-000007" },
    currency_code,
    lines,
    tax_summary,
    total: sumAmounts(
      [...lines.map(({ subtotal }) => subtotal), ...tax_summary.map(({ tax }) => tax)],
      currency_code
    ),
    ship_to: { company: "Corner Shop", address_1: "Main Street 1", city: "Springfield", country_code: "US" },
    bill_to: { address_1: "Office Park 9", city: "Springfield", country_code: "us" },
    customer: { account_id: "whacc_1", email: "buyer@corner.example", company: "Corner Shop Ltd" },
  }
}

/** Core's own arithmetic over the order, as plain decimals and as its API writes it. */
function coreTotals(invoice: InvoiceSnapshot) {
  const { total, subtotal, tax_total, discount_total } = decorateCartTotals({
    ...coreOrderSnapshot(invoice),
  } as Parameters<typeof decorateCartTotals>[0])
  const figures = { total, subtotal, tax_total, discount_total }
  return {
    exact: Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, MathBN.convert(value).toFixed()])
    ),
    json: JSON.parse(JSON.stringify(figures)) as Record<string, number>,
  }
}

const plain = (amount: Amount) => MathBN.convert(amount).toFixed()

describe("the core order of an invoice", () => {
  it("has the total, subtotal and tax of 3 × 9.99 at 7.25 %", () => {
    // 3 × 9.99 = 29.97; 7.25 % of it is 2.172825, rounded 2.17; together 32.14.
    const { exact, json } = coreTotals(
      invoiceOf("usd", [{ quantity: 3, unit_price: "9.99", tax_rate: "7.25" }])
    )
    expect(exact).toEqual({ total: "32.14", subtotal: "29.97", tax_total: "2.17", discount_total: "0" })
    expect(json).toEqual({ total: 32.14, subtotal: 29.97, tax_total: 2.17, discount_total: 0 })
  })

  it("has charges as lines without SKU and variant, to the cent", () => {
    // 3 × 9.99 = 29.97 and shipping 12.49 at 7.25 %: 42.46 × 0.0725 = 3.07835, rounded 3.08; together 45.54
    const invoice = invoiceOf("usd", [
      { quantity: 3, unit_price: "9.99", tax_rate: "7.25" },
      { kind: "shipping", sku: "", title: "Pallet freight", quantity: 1, unit_price: "12.49", tax_rate: "7.25" },
    ])
    expect(coreTotals(invoice).exact).toMatchObject({ total: "45.54", subtotal: "42.46", tax_total: "3.08" })
    const shipping = coreOrderSnapshot(invoice).items?.[1]
    expect(shipping).toMatchObject({ title: "Pallet freight", metadata: { charge: "shipping" } })
    expect(shipping?.variant_sku).toBeUndefined()
  })

  it("has no rounding lines where nothing was rounded", () => {
    // 12 × 100.00 untaxed.
    const order = coreOrderSnapshot(invoiceOf("usd", [{ quantity: 12, unit_price: "100", tax_rate: "0" }]))
    expect(order.items).toEqual([
      {
        title: "Goods 0",
        variant_sku: "SKU-0",
        product_id: "prod_0",
        product_title: "Goods 0",
        quantity: 12,
        unit_price: "100",
        tax_lines: [],
        requires_shipping: false,
        is_discountable: false,
        is_tax_inclusive: false,
        metadata: { sku: "SKU-0", variant_id: "variant_0" },
      },
    ])
  })

  it("keeps the goods at their prices and real tax rates and adds only rounding lines", () => {
    const order = coreOrderSnapshot(invoiceOf("usd", [{ quantity: 3, unit_price: "9.99", tax_rate: "7.25" }]))
    // The tax was rounded down by 0.002825.
    expect(
      order.items?.map(({ title, quantity, unit_price, tax_lines }) => ({ title, quantity, unit_price, tax_lines }))
    ).toEqual([
      {
        title: "Goods 0",
        quantity: 3,
        unit_price: "9.99",
        tax_lines: [{ code: "TAX-7.25", description: "Tax 7.25 %", rate: "7.25" }],
      },
      {
        title: "Rounding of taxes",
        quantity: 1,
        unit_price: "-0.002825",
        tax_lines: [{ code: "rounding", description: "Rounding", rate: "100" }],
      },
      { title: "Rounding", quantity: 1, unit_price: "0.002825", tax_lines: [] },
    ])
  })

  it("never names a variant, so that no stock is reserved for it", () => {
    const order = coreOrderSnapshot(
      invoiceOf("eur", [
        { quantity: 1, unit_price: "1.115", tax_rate: "19" },
        { quantity: 2, unit_price: "3.335", tax_rate: "7" },
      ])
    )
    expect(order.items?.filter((item) => item.variant_id !== undefined)).toEqual([])
  })

  it.each([
    // currency, goods, total worked out by hand
    ["jpy", [{ quantity: 3, unit_price: "33", tax_rate: "8" }], "107"], // 99 + 7.92 → 8
    ["kwd", [{ quantity: 7, unit_price: "0.335", tax_rate: "5" }], "2.462"], // 2.345 + 0.11725 → 0.117
    ["eur", [{ quantity: 7, unit_price: "0.3333", tax_rate: "0" }], "2.33"], // 2.3331 → 2.33
    [
      "usd",
      [
        { quantity: 1, unit_price: "0.5", tax_rate: "7" }, // 0.50 + 0.035 → 0.04
        { quantity: 1, unit_price: "0.25", tax_rate: "10" }, // 0.25 + 0.025 → 0.03
      ],
      "0.82",
    ],
  ])("adds up in %s to the invoice's %#", (currency, goods, total) => {
    const invoice = invoiceOf(currency, goods)
    expect(plain(invoice.total)).toBe(total)
    expect(coreTotals(invoice).exact.total).toBe(total)
  })

  it("equals the invoice to the last digit, whatever is invoiced, in currencies of 0, 2 and 3 digits", () => {
    const price = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 5 })).map(
      ([units, digits]) => MathBN.div(units, 10 ** digits).toFixed()
    )
    const goods = fc.record({
      quantity: fc.integer({ min: 1, max: 100_000 }),
      unit_price: price,
      tax_rate: fc.constantFrom("0", "5", "7", "7.25", "8.875", "19", "20", "9.9975", "33.3333"),
    })
    fc.assert(
      fc.property(
        fc.constantFrom("jpy", "usd", "eur", "kwd"),
        fc.array(goods, { minLength: 1, maxLength: 40 }),
        (currency, bought) => {
          const invoice = invoiceOf(currency, bought)
          const taxes = sumAmounts(invoice.tax_summary.map(({ tax }) => tax), currency)
          const { exact, json } = coreTotals(invoice)
          expect(exact).toEqual({
            total: plain(invoice.total),
            subtotal: plain(sumAmounts(invoice.lines.map(({ subtotal }) => subtotal), currency)),
            tax_total: plain(taxes),
            discount_total: "0",
          })
          expect(json.total).toBe(Number(invoice.total))
          expect(json.tax_total).toBe(Number(taxes))
        }
      ),
      { numRuns: 400 }
    )
  })

  it("says in its metadata what it mirrors", () => {
    const order = coreOrderSnapshot(invoiceOf("usd", [{ quantity: 1, unit_price: "1", tax_rate: "0" }]))
    expect(order.metadata).toEqual({
      source: "medusa-wholesale",
      type: "wholesale_invoice",
      wholesale_invoice_id: "whinv_1",
      wholesale_order_id: "whord_1",
      wholesale_store_id: "whstore_1",
      wholesale_invoice_number: "INV-2026-000001",
      wholesale_order_number: "B2B-2026-000001",
      wholesale_purchase_order_number: "PO-2026-000007",
    })
    expect(order).toMatchObject({ status: "completed", no_notification: true, email: "buyer@corner.example" })
  })

  it("writes addresses as core does, with the customer's company where the address names none", () => {
    const order = coreOrderSnapshot(invoiceOf("usd", [{ quantity: 1, unit_price: "1", tax_rate: "0" }]))
    expect(order.shipping_address).toMatchObject({ company: "Corner Shop", country_code: "us" })
    expect(order.billing_address).toMatchObject({ company: "Corner Shop Ltd", country_code: "us" })
  })

  it("refuses an invoice whose lines and taxes are not its total", () => {
    // 29.97 + 2.17 = 32.14, not 32.15.
    const invoice = { ...invoiceOf("usd", [{ quantity: 3, unit_price: "9.99", tax_rate: "7.25" }]), total: "32.15" }
    let refusal: unknown
    try {
      coreOrderSnapshot(invoice)
    } catch (error) {
      refusal = error
    }
    expect(asWholesaleError(refusal)).toMatchObject({
      status: 422,
      code: "invoice_does_not_add_up",
      details: { subtotal: "29.97", tax_total: "2.17", total: "32.15" },
    })
  })
})
