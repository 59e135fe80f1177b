import type { Writable } from "node:stream"

import type { CreditNoteDocument, InvoiceDocument } from "../model/invoice"
import { writePdf } from "../pdf/write-pdf"
import { writeCii } from "./cii"
import { FACTUR_X_FILE, facturXmp } from "./factur-x-xmp"
import { toSemanticInvoice } from "./to-semantic-invoice"

/**
 * Writes a Factur-X, which is a ZUGFeRD as well: a PDF/A-3b for people that carries the same as XML for
 * software, both of one snapshot and as the document was issued; ends the stream.
 *
 * @throws WholesaleError 422, as `toSemanticInvoice` and `writePdf` do, before anything is written
 */
export async function writeFacturX(document: InvoiceDocument | CreditNoteDocument, out: Writable): Promise<void> {
  const content = writeCii(toSemanticInvoice(document))
  await writePdf(document.kind === "credit_note" ? document : { ...document, settlement: null }, out, {
    name: FACTUR_X_FILE,
    description: "Factur-X invoice, profile EN 16931",
    mime_type: "text/xml",
    relationship: "Alternative",
    content,
    xmp: facturXmp(),
  })
}
