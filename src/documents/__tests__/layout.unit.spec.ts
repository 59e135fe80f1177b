import fc from "fast-check"

import { LocaleFormat } from "../language/locale-format"
import type { Block } from "../pdf/layout/block"
import { paginate } from "../pdf/layout/paginate"
import { palette } from "../pdf/palette"
import { visualRuns } from "../pdf/text/runs"
import { wrap } from "../pdf/text/wrap"

const FRAMES = { first: { top: 100, bottom: 200 }, others: { top: 20, bottom: 200 } }
const HEAD: Block = { height: 15, draw: () => undefined }
const block = (height: number, keepWithNext: boolean, inTable: boolean): Block => ({
  height,
  keepWithNext,
  head: inTable ? HEAD : undefined,
  draw: () => undefined,
})

describe("pages", () => {
  it("hold every block once, in order, one below the other and within the frame", () => {
    const blocks = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.boolean(), fc.boolean()).map(([height, keep, inTable]) => block(height, keep, inTable)),
      { minLength: 1, maxLength: 60 }
    )
    fc.assert(
      fc.property(blocks, (all) => {
        const pages = paginate(all, FRAMES)
        expect(pages.flat().map((placed) => placed.block).filter((it) => it !== HEAD)).toEqual(all)
        pages.forEach((page, number) => {
          const frame = number === 0 ? FRAMES.first : FRAMES.others
          let free = frame.top
          for (const { block: { height }, top } of page) {
            expect(top).toBe(free)
            free += height
          }
          expect(free).toBeLessThanOrEqual(frame.bottom)
          // A later page that begins inside a table begins with its head, and has it once.
          const [first, second] = page
          if (number > 0 && first.block === HEAD) {
            expect(second.block.head).toBe(HEAD)
          }
          expect(page.filter((placed) => placed.block === HEAD).length).toBeLessThanOrEqual(1)
        })
      })
    )
  })

  it("keep a pair together that a page is long enough for", () => {
    const pages = paginate([block(80, false, true), block(15, true, true), block(30, false, false)], FRAMES)
    expect(pages.map((page) => page.map((placed) => placed.block.height))).toEqual([[80], [15, 15, 30]])
  })

  it("let a pair go that no page is long enough for", () => {
    const pages = paginate([block(90, true, false), block(170, false, false)], FRAMES)
    expect(pages.map((page) => page.map((placed) => placed.block.height))).toEqual([[90], [170]])
  })
})

describe("lines", () => {
  const widthOf = (text: string) => text.length

  it("are no wider than their place and lose nothing but the space between them", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrap(text, width, widthOf)
        expect(lines.filter((line) => line.trimEnd().length > width)).toEqual([])
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""))
      })
    )
  })

  it.each([
    ["Order WO-2026-0042 of June", 14, ["Order", "WO-2026-0042", "of June"]],
    ["WO-2026-0042", 8, ["WO-2026-", "0042"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["one\ntwo", 10, ["one", "two"]],
    ["", 10, [""]],
  ])("break %j at %i where people would", (text, width, lines) => {
    expect(wrap(text, width, widthOf)).toEqual(lines)
  })
})

describe("runs", () => {
  const shown = (line: string, direction: "ltr" | "rtl" = "ltr") => visualRuns(line, "regular", direction).map(({ text }) => text)

  it("have every character of the text once", () => {
    const letters = fc.constantFrom(..."ab1 .,(אבגשלום محمد٣٤)-".split(""))
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), fc.constantFrom("ltr" as const, "rtl" as const), (text, direction) => {
        const unmirrored = (value: string) => [...value.replace(/[()]/g, "|")].sort().join("")
        expect(unmirrored(shown(text.join(""), direction).join(""))).toBe(unmirrored(text.join("")))
      })
    )
  })

  it("leave what is written from left to right as it is", () => {
    expect(shown("Harbour Trading, Ελλάς, Чай")).toEqual(["Harbour Trading, Ελλάς, Чай"])
  })

  it("order words from right to left, letters being turned by the font, and figures not at all", () => {
    expect(shown("שלום עולם 123", "rtl")).toEqual(["123", " ", "עולם", " ", "שלום"])
  })

  it("mirror brackets that stand in text from right to left: the font turns the letters and the closing one round", () => {
    expect(shown("(\u05e9\u05dc)", "rtl")).toEqual(["\u05e9\u05dc(", ")"])
  })
})

describe("colours", () => {
  it.each(["#ffffff", "#ffd400", "#00ff00", "#0b3d5c", "#000000"])("can be read: %s", (brand) => {
    const { accent, on_brand } = palette(brand)
    expect(contrast(accent, "#ffffff")).toBeGreaterThanOrEqual(4.5)
    expect(contrast(brand, on_brand)).toBeGreaterThanOrEqual(4.5)
  })

  it("that are none take a dark grey", () => {
    expect(palette("red")).toEqual(palette(null))
  })
})

/** After WCAG 2.1, written once more. */
function contrast(left: string, right: string): number {
  const light = (color: string) => {
    const [red, green, blue] = (color.match(/[0-9a-f]{2}/g) ?? []).map((pair) => {
      const channel = Number.parseInt(pair, 16) / 255
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
  }
  return Math.max(light(left) / light(right), light(right) / light(left))
}

describe("figures", () => {
  it.each([
    ["en", "usd", "1234.50", "$1,234.50"],
    ["de", "eur", "1234567890123456789.01", "1.234.567.890.123.456.789,01\u00a0€"],
    ["en", "kwd", "1.234", "KWD\u00a01.234"],
    ["ja", "jpy", "1200", "￥1,200"],
    ["not a locale", "gbp", "-5.00", "-£5.00"],
  ])("of %s in %s: %s is %s", (locale, currency, amount, written) => {
    expect(new LocaleFormat(locale).amounts(currency).money(amount)).toBe(written)
  })

  it("give a currency by its code where its sign cannot be set", () => {
    const format = new LocaleFormat("km")
    expect(format.amounts("khr", () => false).money("5.00")).toContain("KHR")
  })

  it("keep rates and days exact", () => {
    const format = new LocaleFormat("de")
    expect(format.percent("7.25")).toBe("7,25\u00a0%")
    expect(format.day("2026-12-31")).toBe("31.12.2026")
    expect(new LocaleFormat("th").day("2026-12-31")).toContain("2026")
  })
})
