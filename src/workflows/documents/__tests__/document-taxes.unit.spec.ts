import { documentTax, lineTaxes } from "../document-taxes"

describe("documentTax", () => {
  it("is standard where a rate is taken, whatever it is called", () => {
    expect(documentTax({ rate: "7.250", code: "E", name: "Sales tax" })).toEqual({
      category: "S",
      rate: "7.25",
      exemption: null,
    })
  })

  it.each(["E", "AE", "K", "G", "O"])("is %s where nothing is taken and the code says so, for the reason it is called by", (code) => {
    expect(documentTax({ rate: "0", code: code.toLowerCase(), name: "Resale (NY-4711)" })).toEqual({
      category: code,
      rate: "0",
      exemption: { reason: "Resale (NY-4711)", reason_code: null, certificate_number: null },
    })
  })

  it.each([null, "Z", "S", "GST"])("is the zero rate where nothing is taken and the code is %p", (code) => {
    expect(documentTax({ rate: "0.00", code, name: "Zero" })).toEqual({ category: "Z", rate: "0", exemption: null })
  })
})

describe("lineTaxes", () => {
  it("calls a line's tax as the row of its rate and code is called", () => {
    const taxOf = lineTaxes([
      { rate: "0", code: "E", name: "Resale (1)" },
      { rate: "0", code: "G", name: "Export" },
    ])
    expect(taxOf({ tax_rate: "0.0", tax_code: "G" }).exemption?.reason).toBe("Export")
    expect(taxOf({ tax_rate: "0", tax_code: null })).toEqual({ category: "Z", rate: "0", exemption: null })
  })
})
