import type { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { setImmediate } from "node:timers/promises"
import PDFDocument from "pdfkit"

import { labelsFor } from "../language/labels"
import { LocaleFormat } from "../language/locale-format"
import type { CalendarDay } from "../model/document"
import { Canvas } from "./canvas"
import { compose, type PrintedDocument } from "./compose"
import { drawPage, framesOf } from "./draw-page"
import { paginate } from "./layout/paginate"
import { palette } from "./palette"
import { MARGIN, paperOf, type Sheet } from "./sheet"
import { documentXmp } from "./xmp"

/** A file that is part of the document, as PDF/A-3 has it. */
export interface Attachment {
  readonly name: string
  readonly description: string
  readonly mime_type: string
  /** How it relates to what people see: `Alternative` says the same. */
  readonly relationship: "Alternative" | "Data" | "Source" | "Supplement"
  readonly content: string
  /** RDF descriptions that say what it is. */
  readonly xmp: string
}

/**
 * Writes a document as PDF/A-3b, page by page and no faster than the stream takes it; ends the stream.
 * The same snapshot gives the same bytes.
 *
 * @throws WholesaleError 422 `unusable_logo`, before anything is written
 */
export async function writePdf(document: PrintedDocument, out: Writable, attachment?: Attachment): Promise<void> {
  const paper = paperOf(document.seller.address.country_code)
  const format = new LocaleFormat(document.locale)
  const issued = noonOf(document.issued_on)
  const pdf = new PDFDocument({
    size: [paper.width, paper.height],
    margin: 0,
    autoFirstPage: false,
    font: "",
    pdfVersion: "1.7",
    subset: "PDF/A-3b",
    lang: format.locale,
    displayTitle: true,
    info: { CreationDate: issued, ModDate: issued, Producer: "medusa-wholesale", Creator: "medusa-wholesale" },
  })
  const sheet: Sheet = {
    canvas: new Canvas(pdf),
    paper,
    palette: palette(document.branding.color),
    labels: labelsFor(document.locale),
    format,
    width: paper.width - 2 * MARGIN,
  }
  const composition = compose(sheet, document)
  pdf.appendXML(documentXmp({ title: composition.title, author: document.seller.name, language: format.locale }))
  if (attachment) {
    attach(pdf, attachment, issued)
  }
  const pages = paginate(composition.blocks, framesOf(paper))
  const broken = new AbortController()
  const draw = async () => {
    for (const [index, page] of pages.entries()) {
      drawPage(sheet, composition, page, { number: index + 1, of: pages.length })
      await taken(out)
    }
    pdf.end()
  }
  await Promise.all([
    pipeline(pdf, out, { signal: broken.signal }),
    draw().catch((error: unknown) => {
      broken.abort(error)
      throw error
    }),
  ])
}

/** Until the stream has room again, or takes no more; others get their turn meanwhile. */
async function taken(out: Writable): Promise<void> {
  await setImmediate()
  if (out.writableNeedDrain) {
    await new Promise<void>((resolve) => {
      const settle = () => {
        out.off("drain", settle).off("close", settle)
        resolve()
      }
      out.on("drain", settle).on("close", settle)
    })
  }
}

function attach(pdf: InstanceType<typeof PDFDocument>, file: Attachment, issued: Date): void {
  pdf.file(Buffer.from(file.content, "utf8"), {
    name: file.name,
    description: file.description,
    type: file.mime_type,
    relationship: file.relationship,
    creationDate: issued,
    modifiedDate: issued,
  })
  pdf.appendXML(file.xmp)
}

/** No file says at what hour it was made: it is the day of the document that counts. */
const noonOf = (day: CalendarDay): Date => new Date(`${day}T12:00:00Z`)
