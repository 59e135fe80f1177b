import { PassThrough } from "node:stream"
import {
  decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFObject, PDFPage, PDFRawStream, PDFRef, PDFString,
} from "@cantoo/pdf-lib"

/** What a document writes into a stream. */
export async function bytesOf(write: (out: PassThrough) => Promise<void>): Promise<Buffer> {
  const out = new PassThrough()
  const chunks: Buffer[] = []
  out.on("data", (chunk: Buffer) => chunks.push(chunk))
  await write(out)
  return Buffer.concat(chunks)
}

/** Text that was drawn at one go, and where: in points from the left bottom corner. */
export interface DrawnText {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly baseline: number
  /** In the order in which they were drawn; of one font, the same glyph is the same look. */
  readonly glyphs: readonly { readonly id: string; readonly text: string }[]
}

interface ReadFont {
  /** What each glyph stands for. */
  readonly unicode: Map<string, string>
  /** In thousandths of the size, by glyph. */
  readonly widths: readonly number[]
}

/** A PDF as another library reads it. */
export class ReadPdf {
  private constructor(
    readonly bytes: Buffer,
    readonly pdf: PDFDocument
  ) {}

  static async of(bytes: Buffer): Promise<ReadPdf> {
    return new ReadPdf(bytes, await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true }))
  }

  get objects(): PDFObject[] {
    return this.pdf.context.enumerateIndirectObjects().map(([, object]) => object)
  }

  /** Every dictionary, also of streams and within others. */
  get dictionaries(): PDFDict[] {
    const found: PDFDict[] = []
    const visit = (object: PDFObject | undefined): void => {
      if (object instanceof PDFRawStream) {
        visit(object.dict)
      } else if (object instanceof PDFDict) {
        found.push(object)
        object.values().forEach(visit)
      } else if (object instanceof PDFArray) {
        object.asArray().forEach(visit)
      }
    }
    this.objects.forEach(visit)
    return found
  }

  get catalog(): PDFDict {
    return this.pdf.catalog
  }

  get xmp(): string {
    const stream = this.follow(this.catalog.get(PDFName.of("Metadata")))
    if (!(stream instanceof PDFRawStream)) {
      throw new Error("No metadata.")
    }
    return Buffer.from(stream.getContents()).toString("utf8")
  }

  /** The embedded fonts' programs, by the names of the fonts; null where one is not embedded. */
  get fonts(): { name: string; embedded: boolean }[] {
    return this.dictionaries
      .filter((dict) => nameIn(dict, "Type") === "FontDescriptor")
      .map((dict) => ({
        name: nameIn(dict, "FontName") ?? "",
        embedded: this.follow(dict.get(PDFName.of("FontFile2"))) instanceof PDFRawStream,
      }))
  }

  /** Embedded files as the catalog lists them for PDF/A-3. */
  get attachments(): { name: string; relationship: string; mime_type: string; content: string }[] {
    const list = this.follow(this.catalog.get(PDFName.of("AF")))
    return list instanceof PDFArray ? list.asArray().map((entry) => this.attachment(this.dict(entry))) : []
  }

  /** Text of the pages, line by line, in the order in which it was drawn; `\0` where a font has no glyph. */
  get pages(): string[][] {
    return this.drawn.map((page) => page.map(({ text }) => text))
  }

  get drawn(): DrawnText[][] {
    return this.pdf.getPages().map((page) => drawnIn(this.contentOf(page), this.fontsOf(page.node.Resources())))
  }

  /** What areas and text are filled with, `#rrggbb`, each colour once. */
  get fills(): string[] {
    const content = this.pdf.getPages().map((page) => this.contentOf(page)).join("\n")
    const channel = (share: string) => Math.round(Number(share) * 255).toString(16).padStart(2, "0")
    const colors = [...content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) (?:scn|rg)\b/g)].map(([, ...rgb]) => `#${rgb.map(channel).join("")}`)
    return [...new Set(colors)]
  }

  follow(object: PDFObject | undefined): PDFObject | undefined {
    return object instanceof PDFRef ? this.pdf.context.lookup(object) : object
  }

  private contentOf({ node }: PDFPage): string {
    const contents = this.follow(node.get(PDFName.of("Contents")))
    const streams = contents instanceof PDFArray ? contents.asArray().map((ref) => this.follow(ref)) : [contents]
    return streams.map((stream) => this.decoded(stream)).join("\n")
  }

  private dict(object: PDFObject | undefined): PDFDict {
    const found = this.follow(object)
    if (!(found instanceof PDFDict)) {
      throw new Error("No dictionary.")
    }
    return found
  }

  private decoded(object: PDFObject | undefined): string {
    const found = this.follow(object)
    return found instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(found).decode()).toString("latin1") : ""
  }

  private attachment(spec: PDFDict) {
    const stream = this.follow(this.dict(spec.get(PDFName.of("EF"))).get(PDFName.of("F")))
    if (!(stream instanceof PDFRawStream)) {
      throw new Error("An attachment without content.")
    }
    return {
      name: textIn(spec, "UF"),
      relationship: nameIn(spec, "AFRelationship") ?? "",
      mime_type: nameIn(stream.dict, "Subtype") ?? "",
      content: Buffer.from(decodePDFRawStream(stream).decode()).toString("utf8"),
    }
  }

  private fontsOf(resources: PDFDict | undefined): Map<string, ReadFont> {
    const fonts = new Map<string, ReadFont>()
    for (const [name, ref] of this.dict(resources?.get(PDFName.of("Font")))?.entries() ?? []) {
      const font = this.dict(ref)
      fonts.set(name.decodeText(), {
        unicode: unicodeOf(this.decoded(font.get(PDFName.of("ToUnicode")))),
        widths: this.widthsOf(font),
      })
    }
    return fonts
  }

  /** From glyph 0 on, as pdfkit lists them. */
  private widthsOf(font: PDFDict): number[] {
    const [first, list] = this.list(this.dict(this.list(font.get(PDFName.of("DescendantFonts")))[0]).get(PDFName.of("W")))
    if (!(first instanceof PDFNumber) || first.asNumber() !== 0) {
      throw new Error("Widths that do not begin at the first glyph.")
    }
    return this.list(list).map((width) => (width instanceof PDFNumber ? width.asNumber() : Number.NaN))
  }

  private list(object: PDFObject | undefined): PDFObject[] {
    const found = this.follow(object)
    if (!(found instanceof PDFArray)) {
      throw new Error("No list.")
    }
    return found.asArray()
  }
}

export const nameIn = (dict: PDFDict, key: string): string | undefined => {
  const value = dict.get(PDFName.of(key))
  return value instanceof PDFName ? value.decodeText() : undefined
}

export const numberIn = (dict: PDFDict, key: string): number | undefined => {
  const value = dict.get(PDFName.of(key))
  return value instanceof PDFNumber ? value.asNumber() : undefined
}

const textIn = (dict: PDFDict, key: string): string => {
  const value = dict.get(PDFName.of(key))
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : ""
}

/** What a character map says: glyph, in four hexadecimal digits, to text. */
function unicodeOf(cmap: string): Map<string, string> {
  const text = new Map<string, string>()
  for (const [, first, , list] of cmap.matchAll(/<([0-9a-f]{4})>\s*<([0-9a-f]{4})>\s*\[([^\]]*)\]/gi)) {
    ;[...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, units], index) => {
      const glyph = (Number.parseInt(first, 16) + index).toString(16).padStart(4, "0")
      text.set(glyph, String.fromCharCode(...(units.match(/[0-9a-f]{4}/gi) ?? []).map((unit) => Number.parseInt(unit, 16))))
    })
  }
  return text
}

/** What each text object draws. Its letters may stand at places of their own: a dot below one. */
function drawnIn(source: string, fonts: Map<string, ReadFont>): DrawnText[] {
  return [...source.matchAll(/\bBT\b([^]*?)\bET\b/g)].map(([, object]) => {
    const glyphs: { id: string; text: string }[] = []
    const [lefts, rights, baselines]: [number[], number[], number[]] = [[], [], []]
    let font: ReadFont | undefined
    let [size, pen] = [0, 0]
    for (const [, x, y, name, points, shown] of object.matchAll(
      /1 0 0 1 (\S+) (\S+) Tm|\/(\S+) ([\d.]+) Tf|\[([^\]]*)\] TJ/g
    )) {
      if (x) {
        pen = Number(x)
        lefts.push(pen)
        baselines.push(Number(y))
      } else if (name) {
        font = fonts.get(name)
        size = Number(points)
      } else {
        for (const [, hex, back] of shown.matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/gi)) {
          if (back) {
            pen -= (Number(back) / 1000) * size
            continue
          }
          for (const glyph of hex.match(/.{4}/g) ?? []) {
            const id = glyph.toLowerCase()
            glyphs.push({ id, text: id === "0000" ? "\0" : (font?.unicode.get(id) ?? "?") })
            pen += ((font?.widths[Number.parseInt(id, 16)] ?? Number.NaN) / 1000) * size
          }
          rights.push(pen)
        }
      }
    }
    const text = glyphs.map((glyph) => glyph.text).join("")
    return { text, left: Math.min(...lefts), right: Math.max(...rights), baseline: baselines[0], glyphs }
  })
}
