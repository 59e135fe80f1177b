import type { InvoiceDocument } from "../model/invoice"
import type { Composition } from "./pages/composition"
import { composeInvoice } from "./pages/invoice"
import type { Sheet } from "./sheet"

/** What can be printed. */
export type PrintedDocument = InvoiceDocument

/** Takes a document of any kind apart. */
export function compose(sheet: Sheet, document: PrintedDocument): Composition {
  return composeInvoice(sheet, document)
}
