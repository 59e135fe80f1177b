import { unstorableText } from "../unstorable-text"

it("finds nothing in what a database holds, whatever it looks like", () => {
  expect(unstorableText({ note: "%00 \\u0000 \u0001 Ünï 🏮", lines: [{ quantity: 1, sku: null }] })).toEqual([])
  expect(unstorableText(undefined)).toEqual([])
})

it("names NUL and half a surrogate pair by their paths, at any depth", () => {
  const value = { note: "a\u0000b", lines: [{ sku: "A" }, { sku: "\ud800x" }], nested: { text: "x\udc00" } }
  expect(unstorableText(value)).toEqual(["note", "lines.1.sku", "nested.text"])
  expect(unstorableText("\u0000")).toEqual([""])
})
