import { Readable, type Writable } from "node:stream"
import { pipeline } from "node:stream/promises"

import { writeFacturX } from "../../documents/e-invoice/factur-x"
import { toSemanticInvoice } from "../../documents/e-invoice/to-semantic-invoice"
import { writeUbl } from "../../documents/e-invoice/ubl"
import type { CreditNoteDocument, InvoiceDocument } from "../../documents/model/invoice"
import type { PrintedDocument } from "../../documents/pdf/compose"
import { writePdf } from "../../documents/pdf/write-pdf"
import type { DocumentFormat } from "../../modules/wholesale-invoice/domain/stored-document"

/** A document as a file, still to be written. */
export interface DocumentFile {
  readonly filename: string
  readonly mime_type: string
  /** Ends the stream. Throws what makes the document impossible before anything is written. */
  readonly write: (out: Writable) => Promise<void>
}

const PDF = "application/pdf"
const XML = "application/xml"

/** Whose number is no other document's as well. */
const NUMBERED: readonly PrintedDocument["kind"][] = ["invoice", "credit_note"]

/** A document to read, called by its number, and by what it is where it has none of its own. */
export const pdfFile = (document: PrintedDocument): DocumentFile => ({
  filename: fileName([NUMBERED.includes(document.kind) ? undefined : document.kind.replaceAll("_", "-"), document.number], "pdf"),
  mime_type: PDF,
  write: (out) => writePdf(document, out),
})

/** An invoice or credit note in one of the formats it is sent in. */
export function taxedFile(document: InvoiceDocument | CreditNoteDocument, format: DocumentFormat): DocumentFile {
  switch (format) {
    case "pdf":
      return pdfFile(document)
    case "ubl":
      return {
        filename: fileName([document.number], "xml"),
        mime_type: XML,
        write: async (out) => await pipeline(Readable.from([writeUbl(toSemanticInvoice(document))]), out),
      }
    case "factur_x":
      return {
        filename: fileName([document.number, "factur-x"], "pdf"),
        mime_type: PDF,
        write: (out) => writeFacturX(document, out),
      }
  }
}

/** Numbers may have signs that file systems do not take. */
const fileName = (parts: readonly (string | undefined)[], extension: string): string =>
  `${parts.filter(Boolean).join("-").replace(/[^\p{L}\p{N}._-]+/gu, "-")}.${extension}`
