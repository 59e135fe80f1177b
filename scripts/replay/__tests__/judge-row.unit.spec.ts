import { isRefused, judgeRow } from "../judge-row"
import type { Column } from "../order-export"

const SALE = {
  InvoiceNo: "536365",
  StockCode: "85123a",
  Description: "WHITE HANGING HEART T-LIGHT HOLDER",
  Quantity: "6",
  InvoiceDate: "1/12/2010",
  UnitPrice: "2.55",
  CustomerID: "17850",
  Country: "United Kingdom",
}

const judge = (cells: Partial<Record<Column, string>> = {}, complete = true) =>
  judgeRow({ row: 2, cells: { ...SALE, ...cells }, complete })

describe("a row of an export", () => {
  it("is read as goods with its amount, the code in upper case", () => {
    // 6 × 2.55 = 15.30
    expect(judge()).toEqual({
      row: 2,
      document: "536365",
      sku: "85123A",
      title: "WHITE HANGING HEART T-LIGHT HOLDER",
      quantity: 6,
      unit_price: "2.55",
      amount: "15.3",
      at: "2010-12-01T00:00:00.000Z",
      customer: "17850",
      country_code: "gb",
    })
  })

  it("of a cancellation takes back a positive quantity, for a negative amount", () => {
    // −2 × 4.65 = −9.30
    expect(judge({ InvoiceNo: "C536826", Quantity: "-2", UnitPrice: "4.65" })).toMatchObject({
      quantity: 2,
      amount: "-9.3",
    })
  })

  it("without a customer belongs to none", () => {
    expect(judge({ CustomerID: "" })).toMatchObject({ customer: undefined })
  })

  it("without a description is named by its code", () => {
    expect(judge({ Description: "" })).toMatchObject({ title: "85123A" })
  })

  it.each(["21730", "84029G", "79323LP", "15056bl"])("of %s is goods", (StockCode) => {
    expect(isRefused(judge({ StockCode }))).toBe(false)
  })

  it.each([
    "POST", "DOT", "C2", "D", "M", "m", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "gift_0001_20",
    "DCGS0058", "1234", "12345-A", "",
  ])("of %p is none, and keeps its amount for the reconciliation", (StockCode) => {
    expect(judge({ StockCode })).toMatchObject({ reason: "not_goods", amount: "15.3", detail: StockCode })
  })

  it.each<[string, Partial<Record<Column, string>>, string, string | null]>([
    ["no document", { InvoiceNo: "" }, "document_missing", "15.3"],
    ["half a piece", { Quantity: "1.5" }, "quantity_malformed", null],
    ["words for a quantity", { Quantity: "six" }, "quantity_malformed", null],
    ["more than a quantity may be", { Quantity: "100000001" }, "quantity_malformed", null],
    ["a decimal comma", { UnitPrice: "2,55" }, "price_malformed", null],
    ["a thousands separator", { UnitPrice: "1,002.55" }, "price_malformed", null],
    ["an exponent", { UnitPrice: "1e3" }, "price_malformed", null],
    ["a currency sign", { UnitPrice: "£2.55" }, "price_malformed", null],
    ["no price", { UnitPrice: "" }, "price_malformed", null],
    // 6 × 2.555 = 15.33
    ["a tenth of a penny", { UnitPrice: "2.555" }, "price_digits", "15.33"],
    ["the thirteenth month", { InvoiceDate: "1/13/2010" }, "date_malformed", "15.3"],
    ["the thirtieth of February", { InvoiceDate: "30/2/2010" }, "date_malformed", "15.3"],
    ["an hour that is none", { InvoiceDate: "1/12/2010 24:00" }, "date_malformed", "15.3"],
    ["a date written otherwise", { InvoiceDate: "2010-12-01" }, "date_malformed", "15.3"],
    ["no quantity at all", { Quantity: "0" }, "quantity_zero", "0"],
    ["a price of zero", { UnitPrice: "0" }, "price_zero", "0"],
    ["a price of zero with digits", { UnitPrice: "0.00" }, "price_zero", "0"],
    ["a negative price", { UnitPrice: "-2.55" }, "price_negative", "-15.3"],
    ["a sale of less than nothing", { Quantity: "-6" }, "sale_of_negative_quantity", "-15.3"],
    ["a cancellation that sells", { InvoiceNo: "C1" }, "cancellation_of_positive_quantity", "15.3"],
    ["a country that is none", { Country: "Unspecified" }, "country_unknown", "15.3"],
    ["a union of countries", { Country: "European Community" }, "country_unknown", "15.3"],
  ])("with %s is refused", (_, cells, reason, amount) => {
    expect(judge(cells)).toMatchObject({ row: 2, reason, amount })
  })

  it("with a cell too few has no amount, whatever stands in its cells", () => {
    expect(judge({}, false)).toMatchObject({ reason: "row_malformed", amount: null })
  })

  it.each([
    ["1/12/2010 8:26", "2010-12-01T08:26:00.000Z"],
    ["31/1/2011 18:05:09", "2011-01-31T18:05:09.000Z"],
    ["29/2/2012", "2012-02-29T00:00:00.000Z"],
    ["2.50 is 2.5", undefined],
  ])("dated %s", (InvoiceDate, at) => {
    const judged = judge({ InvoiceDate })
    expect("at" in judged ? judged.at : undefined).toBe(at)
  })

  it.each([
    ["EIRE", "ie"],
    ["USA", "us"],
    ["RSA", "za"],
    ["Channel Islands", "je"],
    ["Netherlands", "nl"],
    ["japan", "jp"],
  ])("is shipped to %s", (Country, country_code) => {
    expect(judge({ Country })).toMatchObject({ country_code })
  })
})
