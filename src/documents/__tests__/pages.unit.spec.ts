import { Writable } from "node:stream"
import { setTimeout } from "node:timers/promises"

import type { PrintedDocument } from "../pdf/compose"
import { MARGIN } from "../pdf/sheet"
import { writePdf } from "../pdf/write-pdf"
import { CORNER, HARBOUR, invoice, line, longInvoice } from "./fixtures/documents"
import { bytesOf, ReadPdf, type DrawnText } from "./read-pdf"

// Hundreds of pages or documents: more than five seconds where the machine is busy.
jest.setTimeout(60_000)

const pagesOf = async (document: PrintedDocument): Promise<string[][]> =>
  (await ReadPdf.of(await bytesOf((out) => writePdf(document, out)))).pages

/** Text of all pages; words that were set apart are one again. */
const textOf = (pages: string[][]): string => pages.flat().join("\n")

describe("an invoice of 500 lines", () => {
  const document = longInvoice(500)
  let pages: string[][]
  beforeAll(async () => {
    pages = await pagesOf(document)
  })

  it("shows every line once, in order, and all of a line on one page", () => {
    expect(pages.flat().filter((text) => /^ART-\d+$/.test(text))).toEqual(document.lines.map(({ sku }) => sku))
    for (const page of pages) {
      const shown = page.filter((text) => /^ART-\d+$/.test(text)).length
      // "batch 7" ends the title of line 7, on one line or the third.
      expect(page.filter((text) => /batch \d+$/.test(text))).toHaveLength(shown)
    }
  })

  it("numbers its pages, says on each what it belongs to, and repeats the head of the table", () => {
    expect(pages.length).toBeGreaterThan(10)
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page.filter((text) => text === "Unit price")).toHaveLength(1)
      expect(page.some((text) => text.includes("INV-2026-000123"))).toBe(true)
    })
  })
})

describe("what happened to an invoice since", () => {
  const settlement = {
    as_of: "2026-07-01", void_since: null, paid: "100.00", credited: "20.00", discounted: "2.00", written_off: "0.30",
  }

  it("is shown by kind, with what is open", async () => {
    const text = textOf(await pagesOf(invoice({ settlement })))
    for (const said of [
      "Paid by Jul 1, 2026", "Credited by Jul 1, 2026", "Discounted by Jul 1, 2026", "Written off by Jul 1, 2026",
      // 142.80 − 100.00 − 20.00 − 2.00 − 0.30
      "€20.50",
    ]) {
      expect(text).toContain(said)
    }
  })

  it("leaves out what did not happen", async () => {
    const text = textOf(await pagesOf(invoice({ settlement: { ...settlement, credited: "0.00", written_off: "0.00" } })))
    expect(text).not.toContain("Credited by")
    expect(text).not.toContain("Written off by")
  })

  it("is that it is void, in the title, with the day", async () => {
    const none = { paid: "0.00", credited: "0.00", discounted: "0.00", written_off: "0.00" }
    const text = textOf(await pagesOf(invoice({ settlement: { ...settlement, ...none, void_since: "2026-06-30" } })))
    expect(text).toContain("Void invoice")
    expect(text).toContain("Void since Jun 30, 2026")
    expect(text).not.toContain("Open on")
  })
})

it("never lets the sums stand alone on a page, whatever the number of lines", async () => {
  for (let count = 10; count <= 22; count++) {
    const pages = await pagesOf(longInvoice(count))
    const last = pages[pages.length - 1]
    const withSums = pages.filter((page) => page.includes("Subtotal"))
    expect(withSums).toHaveLength(1)
    expect(withSums[0].some((text) => /^ART-\d+$/.test(text))).toBe(true)
    expect(last.length).toBeGreaterThan(0)
  }
})

it("goes on over the page with a line that is longer than one, and loses no word of it", async () => {
  const title = Array.from({ length: 3000 }, (_, index) => `word${index}`).join(" ")
  const pages = await pagesOf(invoice({ lines: [line({ title }), line({ line_number: 2 })] }))
  const words = textOf(pages).match(/word\d+/g)
  expect(words).toEqual(title.split(" "))
  expect(pages.length).toBeGreaterThan(4)
})

it("says what could not be set, and leaves no hole", async () => {
  const text = textOf(await pagesOf(invoice({ lines: [line({ title: "中 tea\u0007" })] })))
  expect(text).toContain("\ufffd tea")
  expect(text).not.toContain("\0")
})

it("sets names written from right to left in the order they are read, and leaves figures alone", async () => {
  const pages = await pagesOf(
    invoice({ locale: "ar-EG", seller: { ...HARBOUR, name: "חברת הנמל" }, buyer: { ...CORNER, name: "شركة (الأمل) 2026" } })
  )
  const text = textOf(pages)
  // Drawn from the left: the last word of the name comes first, and its letters back to front.
  expect(text).toContain("למנה\n \nתרבח")
  // 120.00, and not 00.021.
  expect(text).toContain("١٢٠٫٠٠")
  expect(text).toContain("2026")
})

describe("a name written from right to left, in place of one from left to right", () => {
  const LATIN = "Corner Shop SARL"
  // `ReadPdf` measures to a thousandth of a point.
  const DIGITS = 2

  /** A buyer, where it wants the goods, and an article, all of the one name: followed by other columns, or by none. */
  async function drawnFor(name: string, title = name): Promise<{ drawn: DrawnText[]; width: number }> {
    const document = invoice({
      buyer: { ...CORNER, name },
      delivery: { name, address: CORNER.address, delivered_on: "2026-06-02" },
      lines: [line({ title }), line({ line_number: 2 })],
    })
    const read = await ReadPdf.of(await bytesOf((out) => writePdf(document, out)))
    expect(read.drawn).toHaveLength(1)
    return { drawn: read.drawn[0], width: read.pdf.getPage(0).getWidth() }
  }

  const place = ({ text, left, right, baseline }: DrawnText) => ({ text, left, right, baseline })
  const within = (slot: DrawnText, end: number) => ({ left, baseline }: DrawnText) =>
    baseline === slot.baseline && left >= slot.left - 0.01 && left < end

  it.each([
    ["Hebrew", "חנות הפינה בע״מ (סניף 3)", ["(", "3", " ", "ףינס", ")", " ", "מ״עב", " ", "הניפה", " ", "תונח"]],
    ["Arabic", "شركة محمد للنقل م ٢٠٢٦", ["٢٠٢٦", " ", "م", " ", "لقنلل", " ", "دمحم", " ", "ةكرش"]],
  ])("begins where that began, ends before the next column does, and moves nothing: %s", async (_script, name, words) => {
    const latin = await drawnFor(LATIN)
    const { drawn, width } = await drawnFor(name)
    const slots = latin.drawn.filter(({ text }) => text === LATIN)
    expect(slots).toHaveLength(3)
    let others = drawn
    for (const slot of slots) {
      const next = latin.drawn.filter(({ baseline, left }) => baseline === slot.baseline && left > slot.left).map(({ left }) => left)
      const end = Math.min(width - MARGIN, ...next)
      const shown = others.filter(within(slot, end)).sort((one, other) => one.left - other.left)
      others = others.filter((text) => !shown.includes(text))
      expect(shown.map(({ text }) => text)).toEqual(words)
      expect(shown[0].left).toBeCloseTo(slot.left, DIGITS)
      // Each word ends where the next begins: none lies over another.
      shown.slice(1).forEach(({ left }, index) => expect(left).toBeCloseTo(shown[index].right, DIGITS))
      expect(shown[shown.length - 1].right).toBeLessThan(end)
    }
    expect(others.map(place)).toEqual(latin.drawn.filter(({ text }) => text !== LATIN).map(place))
    for (const { left, right } of drawn) {
      expect(left).toBeGreaterThanOrEqual(MARGIN)
      expect(right).toBeLessThanOrEqual(width - MARGIN + 0.01)
    }
  })

  it.each([
    ["Hebrew", "בית המסחר לתבלינים ולתה של משפחת הנמל הגדול ובניו בעיר התחתית בערבון מוגבל"],
    ["Arabic", "مؤسسة الميناء الكبير لتجارة الشاي والتوابل وأبناؤه في المدينة القديمة المحدودة"],
  ])("is wrapped within its column where it is long, its first words above and at their right: %s", async (_script, name) => {
    const latin = await drawnFor(LATIN)
    const { drawn } = await drawnFor(name, LATIN)
    const [buyer, delivery] = latin.drawn.filter(({ text }) => text === LATIN)
    const named = drawn.filter(({ left, text }) => left < delivery.left && /[\u0590-\u06ff]/.test(text))
    expect(Math.min(...named.map(({ left }) => left))).toBeCloseTo(buyer.left, DIGITS)
    const lines = [...new Set(named.map(({ baseline }) => baseline))]
    expect(lines.length).toBeGreaterThan(1)
    expect(lines[0]).toBe(buyer.baseline)
    expect(Math.max(...named.map(({ right }) => right))).toBeLessThan(delivery.left)
    const words = lines.flatMap((at) =>
      named.filter(({ baseline }) => baseline === at).sort((one, other) => other.left - one.left).map(({ text }) => text.length)
    )
    // Words by their number of letters, in the order they are read.
    expect(words).toEqual(name.split(" ").map((word) => word.length))
  })

  it("has the letters of Arabic joined: each in the form that its neighbours give it", async () => {
    const { drawn } = await drawnFor("محمد م")
    const meem = drawn.flatMap(({ glyphs }) => glyphs).filter(({ text }) => text === "م")
    // Three in each of the three names, all of one code point.
    expect(meem).toHaveLength(3 * 3)
    const [alone, middle, first] = meem
    expect(new Set([alone.id, middle.id, first.id]).size).toBe(3)
  })
})

it("keeps amounts and dates as the locale writes them, to the last digit of the currency", async () => {
  const german = textOf(await pagesOf(longInvoice(3, { locale: "de-DE" })))
  expect(german).toContain("04.06.2026")
  expect(german).toContain("Seite 1 von 1")
  const kuwaiti = textOf(
    await pagesOf(
      invoice({
        currency_code: "KWD",
        lines: [line({ unit_price: "1234567890123.125", quantity: "1", subtotal: "1234567890123.125" })],
        tax_summary: [{ category: "S", rate: "19", exemption: null, taxable: "1234567890123.125", tax: "0.000" }],
        totals: { lines: "1234567890123.125", charges: "0.000", discounts: "0.000", net: "1234567890123.125", tax: "0.000", gross: "1234567890123.125" },
        terms: { due_on: null, discount: null, text: null },
        prepaid: "0.000",
      })
    )
  )
  expect(kuwaiti).toContain("1,234,567,890,123.125")
  const yen = textOf(await pagesOf(longInvoice(1, { currency_code: "jpy" })))
  expect(yen).toContain("¥1")
  expect(yen).not.toContain("¥1.")
})

it("takes the paper of the seller's country", async () => {
  const american = invoice({ seller: { ...HARBOUR, address: { ...HARBOUR.address, country_code: "us" } } })
  const pdf = await ReadPdf.of(await bytesOf((out) => writePdf(american, out)))
  expect(pdf.pdf.getPage(0).getSize()).toEqual({ width: 612, height: 792 })
})

describe("the stream", () => {
  it("gets no more than it takes: a slow reader never has more than a few pages waiting", async () => {
    let waiting = 0
    const slow = new Writable({
      highWaterMark: 1024,
      write(chunk: Buffer, _encoding, done) {
        waiting = Math.max(waiting, this.writableLength)
        setImmediate(done)
      },
    })
    await writePdf(longInvoice(500), slow)
    // The largest single piece is an embedded font; the pages before it were gone by then.
    expect(waiting).toBeLessThan(64 * 1024)
  })

  it("that breaks off ends the work with its error, and nothing hangs", async () => {
    let chunks = 0
    const broken = new Writable({
      write(_chunk, _encoding, done) {
        done(++chunks > 20 ? new Error("The reader went away.") : null)
      },
    })
    await expect(writePdf(longInvoice(500), broken)).rejects.toThrow("The reader went away.")
  })

  it("that is closed without a word ends the work as well", async () => {
    const closing = new Writable({
      highWaterMark: 16,
      write: () => undefined,
    })
    const written = writePdf(longInvoice(500), closing)
    const closed = setTimeout(20).then(() => closing.destroy())
    await expect(written).rejects.toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" })
    await closed
  })
})
