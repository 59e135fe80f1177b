import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { assertInvoiceSeries, seriesOf, type InvoiceSeries } from "../domain/invoice-series"

const ORDINARY = "INV-{YYYY}-{SEQ:6}"
const EXPORT = { series: "EXPORT", pattern: "EX-{SEQ:4}" }

const store = (...invoice_series: InvoiceSeries[]) => ({ invoice_number_pattern: ORDINARY, invoice_series })
const refusalOf = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (error) {
    return asWholesaleError(error)
  }
}

describe("series of invoice numbers", () => {
  it("stand beside each other where none can give a number of another", () => {
    expect(refusalOf(() => assertInvoiceSeries(store()))).toBeUndefined()
    expect(refusalOf(() => assertInvoiceSeries(store(EXPORT, { series: "INTRA_EU", pattern: "EU{YYYY}/{SEQ}" })))).toBeUndefined()
  })

  it.each<[string, InvoiceSeries[], string]>([
    ["the ordinary one's numbers", [{ series: "X", pattern: "inv-2026-{SEQ}" }], "series_collide"],
    ["another one's numbers", [EXPORT, { series: "X", pattern: "EX-{YYYY}{SEQ}" }], "series_collide"],
    ["a name twice", [EXPORT, { series: "EXPORT", pattern: "EY-{SEQ}" }], "invalid_store"],
    ["a name in small letters", [{ series: "export", pattern: "EX-{SEQ}" }], "invalid_store"],
    ["no running number", [{ series: "EXPORT", pattern: "EX-{YYYY}" }], "invalid_number_pattern"],
  ])("are refused with %s", (_, series, code) => {
    expect(refusalOf(() => assertInvoiceSeries(store(...series)))?.code).toBe(code)
  })

  it("are named by accounts, or are the ordinary one", () => {
    expect(seriesOf(store(EXPORT), null)).toEqual({ series: null, number_pattern: ORDINARY })
    expect(seriesOf(store(EXPORT), "EXPORT")).toEqual({ series: "EXPORT", number_pattern: "EX-{SEQ:4}" })
    expect(refusalOf(() => seriesOf(store(EXPORT), "IMPORT"))).toMatchObject({
      code: "unknown_invoice_series",
      details: { series: "IMPORT", known: ["EXPORT"] },
    })
  })
})
