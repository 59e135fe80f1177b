import type { CreditNoteDocument, InvoiceDocument } from "../model/invoice"
import type { PackingSlipDocument } from "../model/packing-slip"
import type { StatementDocument } from "../model/statement"
import type { Composition } from "./pages/composition"
import { composeCreditNote } from "./pages/credit-note"
import { composeInvoice } from "./pages/invoice"
import { composePackingSlip } from "./pages/packing-slip"
import { composeStatement } from "./pages/statement"
import type { Sheet } from "./sheet"

/** What can be printed. */
export type PrintedDocument = InvoiceDocument | CreditNoteDocument | StatementDocument | PackingSlipDocument

/** Takes a document of any kind apart. */
export function compose(sheet: Sheet, document: PrintedDocument): Composition {
  switch (document.kind) {
    case "invoice":
    case "pro_forma":
      return composeInvoice(sheet, document)
    case "credit_note":
      return composeCreditNote(sheet, document)
    case "statement":
      return composeStatement(sheet, document)
    case "packing_slip":
      return composePackingSlip(sheet, document)
  }
}
