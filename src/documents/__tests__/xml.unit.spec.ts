import { DOMParser } from "@xmldom/xmldom"
import fc from "fast-check"

import { xmlDocument } from "../xml"

const parser = new DOMParser({
  onError: (level, message) => {
    if (level !== "warning") {
      throw new Error(message)
    }
  },
})
const read = (xml: string) => parser.parseFromString(xml, "text/xml").documentElement

/** As a reader of XML is to find it: what no document can hold gives way. */
const legible = (text: string) =>
  [...text]
    .map((sign) => (/[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(sign) ? sign : "\ufffd"))
    .join("")

describe("xmlDocument", () => {
  it.each([
    ["an ampersand", "Fish & Chips"],
    ["what looks like a sign that was escaped already", "5 &lt; 6 &amp; 7 &#65;"],
    ["brackets and quotes", `<b title="x" lang='y'>]]>`],
    ["a sign beyond the first plane", "🫖 Earl Grey"],
    ["space around it", "  two  spaces  "],
  ])("writes %s so that it is read again", (_, text) => {
    const root = read(xmlDocument({ a: { "@name": text, b: text, c: { "@name": text, "#": text } } }))
    expect(root?.getAttribute("name")).toBe(text)
    expect([...(root?.childNodes ?? [])].map(({ textContent }) => textContent)).toEqual([text, text])
    expect(root?.getElementsByTagName("c")[0].getAttribute("name")).toBe(text)
  })

  it("has a sign for what XML cannot hold", () => {
    expect(xmlDocument({ a: "tab\u0000\u000b\ud800end\ufffe" })).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><a>tab\ufffd\ufffd\ufffdend\ufffd</a>`
    )
  })

  it("repeats an element for a list, and leaves out what is not given", () => {
    expect(xmlDocument({ a: { b: ["1", { "@x": "2", "#": "3" }], c: undefined, d: [] } })).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><a><b>1</b><b x="2">3</b></a>`
    )
  })

  it("keeps any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // A reader takes every end of a line for a line feed.
        const given = text.replace(/\r/g, "")
        expect(read(xmlDocument({ a: { b: given } }))?.textContent).toBe(legible(given))
      })
    )
  })
})
