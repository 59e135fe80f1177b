import { PDFArray, PDFDict, PDFName, PDFRawStream } from "@cantoo/pdf-lib"
import { DOMParser } from "@xmldom/xmldom"

import { writeCii } from "../e-invoice/cii"
import { writeFacturX } from "../e-invoice/factur-x"
import { toSemanticInvoice } from "../e-invoice/to-semantic-invoice"
import type { PrintedDocument } from "../pdf/compose"
import { writePdf } from "../pdf/write-pdf"
import { creditNote, HARBOUR, invoice, packingSlip, statement } from "./fixtures/documents"
import { PNG_OPAQUE, PNG_TRANSPARENT } from "./fixtures/logos"
import { bytesOf, nameIn, numberIn, ReadPdf } from "./read-pdf"

// Hundreds of pages or documents: more than five seconds where the machine is busy.
jest.setTimeout(60_000)

const read = async (document: PrintedDocument) => ReadPdf.of(await bytesOf((out) => writePdf(document, out)))
const factur = async (document: Parameters<typeof writeFacturX>[0]) =>
  ReadPdf.of(await bytesOf((out) => writeFacturX(document, out)))

const branding = { logo: PNG_OPAQUE, color: "#0b3d5c" }
const KINDS: [string, () => Promise<ReadPdf>][] = [
  ["an invoice", () => read(invoice({ branding }))],
  ["a credit note", () => read(creditNote())],
  ["a statement", () => read(statement())],
  ["a packing slip", () => read(packingSlip())],
  ["an invoice in three scripts", () => read(invoice({ buyer: { ...HARBOUR, name: "شركة الأمل — סחר 7" } }))],
  ["a Factur-X", () => factur(invoice({ branding }))],
]

describe.each(KINDS)("%s as PDF/A-3b", (_kind, make) => {
  let pdf: ReadPdf
  beforeAll(async () => {
    pdf = await make()
  })

  it("says so in its metadata, which are XML and stand there as plain text", () => {
    const errors: string[] = []
    new DOMParser({ onError: (_level, message) => errors.push(message) }).parseFromString(pdf.xmp, "text/xml")
    expect(errors).toEqual([])
    expect(pdf.xmp).toContain("<pdfaid:part>3</pdfaid:part>")
    expect(pdf.xmp).toContain("<pdfaid:conformance>B</pdfaid:conformance>")
    expect(pdf.xmp).toContain("Harbour Trading GmbH &amp; Co. KG")
  })

  it("has a colour space of its own for the device's colours", () => {
    const intents = pdf.follow(pdf.catalog.get(PDFName.of("OutputIntents")))
    const [intent] = intents instanceof PDFArray ? intents.asArray().map((entry) => pdf.follow(entry)) : []
    if (!(intent instanceof PDFDict)) {
      throw new Error("No output intent.")
    }
    expect(nameIn(intent, "S")).toBe("GTS_PDFA1")
    const profile = pdf.follow(intent.get(PDFName.of("DestOutputProfile")))
    expect(profile instanceof PDFRawStream && numberIn(profile.dict, "N")).toBe(3)
  })

  it("embeds every font, and shows no glyph that its font does not have", () => {
    expect(pdf.fonts.length).toBeGreaterThan(0)
    expect(pdf.fonts.filter(({ embedded }) => !embedded)).toEqual([])
    expect(pdf.dictionaries.filter((dict) => nameIn(dict, "Subtype") === "Type1")).toEqual([])
    expect(pdf.pages.flat().filter((line) => line.includes("\0") || line.includes("?"))).toEqual([])
  })

  it("has no scripts, no actions, nothing to decrypt and nothing transparent", () => {
    const keys = new Set(pdf.dictionaries.flatMap((dict) => dict.keys().map((key) => key.decodeText())))
    for (const key of ["JS", "JavaScript", "AA", "OpenAction", "Launch", "Encrypt", "SMask", "ca", "CA", "BM", "Alternates", "OPI"]) {
      expect([...keys]).not.toContain(key)
    }
    expect(pdf.bytes.subarray(0, 8).toString("latin1")).toBe("%PDF-1.7")
    expect(pdf.pdf.context.trailerInfo.ID).toBeDefined()
    expect(pdf.dictionaries.filter((dict) => dict.get(PDFName.of("Interpolate"))?.toString() === "true")).toEqual([])
  })
})

describe("a logo", () => {
  it("that is transparent brings the only transparency there is: a mask of its own, which PDF/A-3 allows", async () => {
    const pdf = await read(invoice({ branding: { ...branding, logo: PNG_TRANSPARENT } }))
    const masked = pdf.dictionaries.filter((dict) => dict.has(PDFName.of("SMask")))
    expect(masked.map((dict) => nameIn(dict, "Subtype"))).toEqual(["Image"])
    expect(pdf.dictionaries.filter((dict) => dict.has(PDFName.of("ca")) || dict.has(PDFName.of("BM")))).toEqual([])
  })

  it.each([
    ["is neither PNG nor JPEG", Buffer.from("<svg/>")],
    ["is a JPEG in CMYK", Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 1, 0, 1, 4, 0, 0, 0, 0])],
    ["is a JPEG that ends before its picture begins", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0])],
    ["is damaged", PNG_OPAQUE.subarray(0, 40)],
    ["is damaged", Buffer.from(PNG_TRANSPARENT).fill(0, 48, 52)],
    ["has more than 16 million pixels", Buffer.from(PNG_OPAQUE).fill(0x7f, 16, 20)],
  ])("that %s is refused before anything is written", async (why, logo) => {
    let written = 0
    const made = bytesOf((out) => {
      out.on("data", (chunk: Buffer) => (written += chunk.length))
      return writePdf(invoice({ branding: { ...branding, logo } }), out)
    })
    await expect(made).rejects.toMatchObject({ status: 422, code: "unusable_logo", message: expect.stringContaining(why) })
    expect(written).toBe(0)
  })
})

describe("a Factur-X", () => {
  const settled = {
    settlement: {
      as_of: "2026-07-01", void_since: null, paid: "10.00", credited: "0.00", discounted: "0.00", written_off: "0.00",
    },
  }

  it("carries its CII as an alternative of what people see, and says which profile it has", async () => {
    const document = invoice(settled)
    const pdf = await factur(document)
    expect(pdf.attachments).toEqual([
      {
        name: "factur-x.xml",
        relationship: "Alternative",
        mime_type: "text/xml",
        content: writeCii(toSemanticInvoice(document)),
      },
    ])
    const entries = {
      DocumentType: "INVOICE", DocumentFileName: "factur-x.xml", Version: "1.0", ConformanceLevel: "EN 16931",
    }
    for (const [name, value] of Object.entries(entries)) {
      expect(pdf.xmp).toContain(`<fx:${name}>${value}</fx:${name}>`)
      expect(pdf.xmp).toContain(`<pdfaProperty:name>${name}</pdfaProperty:name>`)
    }
    expect(pdf.xmp).toContain("urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#")
  })

  it("shows the invoice as it was issued, whatever was paid since, as its XML does", async () => {
    const shown = (pdf: ReadPdf) => pdf.pages.flat().join("\n")
    expect(shown(await read(invoice(settled)))).toContain("Paid by Jul 1, 2026")
    expect(shown(await factur(invoice(settled)))).toBe(shown(await factur(invoice())))
  })
})

it("gives the same bytes for the same snapshot", async () => {
  const [once, again] = await Promise.all([1, 2].map(() => bytesOf((out) => writeFacturX(invoice({ branding }), out))))
  expect(once.equals(again)).toBe(true)
})
