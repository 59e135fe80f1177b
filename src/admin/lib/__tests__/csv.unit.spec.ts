import { likelyDelimiter, titlesOf, toCsv } from "../csv"

describe("CSV in the browser", () => {
  it("finds the titles of a bank's file, whatever stands between them", () => {
    expect(titlesOf('\uFEFFDate,"Amount, EUR",Details\n1,2,3', ",")).toEqual(["Date", "Amount, EUR", "Details"])
    expect(titlesOf("Buchungstag;Betrag;Verwendungszweck;\r\n1;2;3;", ";")).toEqual([
      "Buchungstag",
      "Betrag",
      "Verwendungszweck",
    ])
    expect(titlesOf("", ",")).toEqual([])
  })

  it("guesses what stands between the columns", () => {
    expect(likelyDelimiter("Date,Amount,Details")).toBe(",")
    expect(likelyDelimiter("Tag;Betrag, EUR;Zweck")).toBe(";")
    expect(likelyDelimiter("Date\tAmount\tDetails")).toBe("\t")
  })

  it("quotes what needs it, and lets no text be a formula", () => {
    expect(toCsv([["Corner, Shop", 'The "Shop"', "=1+1", -5.5]])).toBe(
      '"Corner, Shop","The ""Shop""",\'=1+1,-5.5\r\n'
    )
  })
})
