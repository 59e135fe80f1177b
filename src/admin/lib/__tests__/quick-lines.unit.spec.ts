import { leastQuantity, readQuickLines, wholeNumber } from "../quick-lines"

describe("Reading lines as people type or paste them", () => {
  it.each([
    ["a space", "TEA-100 24"],
    ["a tab, as from a sheet", "TEA-100\t24"],
    ["a comma", "TEA-100,24"],
    ["a semicolon and a space", "TEA-100; 24"],
    ["space around", "   TEA-100   24   "],
  ])("takes SKU and quantity apart at %s", (_, text) => {
    expect(readQuickLines(text)).toEqual({ lines: [{ sku: "TEA-100", quantity: 24 }], unread: [] })
  })

  it("means one where no quantity is given", () => {
    expect(readQuickLines("TEA-100").lines).toEqual([{ sku: "TEA-100", quantity: 1 }])
  })

  it("adds up the same SKU on two rows", () => {
    // 12 + 6 = 18
    expect(readQuickLines("TEA-100 12\nTEA-200 1\nTEA-100 6").lines).toEqual([
      { sku: "TEA-100", quantity: 18 },
      { sku: "TEA-200", quantity: 1 },
    ])
  })

  it("passes over empty rows, and counts them when it names a row that it cannot read", () => {
    const { lines, unread } = readQuickLines("TEA-100 12\r\n\r\nTEA 200 7 boxes\r\nTEA-300 0")
    expect(lines).toEqual([{ sku: "TEA-100", quantity: 12 }])
    expect(unread).toEqual([
      { row: 3, text: "TEA 200 7 boxes" },
      { row: 4, text: "TEA-300 0" },
    ])
  })

  it("keeps a SKU of digits alone, which is no quantity", () => {
    expect(readQuickLines("4006381333931 3").lines).toEqual([{ sku: "4006381333931", quantity: 3 }])
    expect(readQuickLines("4006381").lines).toEqual([{ sku: "4006381", quantity: 1 }])
  })
})

describe("The least quantity of an item", () => {
  it.each([
    [1, 1, 1],
    [10, 1, 10],
    [1, 6, 6],
    // ⌈10 / 6⌉ × 6 = 12
    [10, 6, 12],
    [12, 6, 12],
  ])("for a minimum of %i and a multiple of %i is %i", (minimum_quantity, order_multiple, least) => {
    expect(leastQuantity({ minimum_quantity, order_multiple })).toBe(least)
  })
})

describe("A typed quantity", () => {
  it.each(["", " ", "1.5", "-1", "1e3", "x"])("is no whole number when it is %j", (typed) => {
    expect(wholeNumber(typed)).toBeUndefined()
  })

  it("is a whole number when it is digits", () => {
    expect(wholeNumber(" 12 ")).toBe(12)
    expect(wholeNumber("0")).toBe(0)
  })
})
