import { Writable } from "node:stream"

import { longInvoice } from "../src/documents/__tests__/fixtures/documents"
import { writeCii } from "../src/documents/e-invoice/cii"
import { writeFacturX } from "../src/documents/e-invoice/factur-x"
import { toSemanticInvoice } from "../src/documents/e-invoice/to-semantic-invoice"
import { writeUbl } from "../src/documents/e-invoice/ubl"
import type { InvoiceDocument } from "../src/documents/model/invoice"
import { writePdf } from "../src/documents/pdf/write-pdf"
import { Stopwatch } from "./stopwatch"

/** Medians in milliseconds of one invoice of a tenth of the lines, and of all of them. */
export interface DocumentFigures {
  readonly name: string
  readonly few_ms: number
  readonly many_ms: number
}

export const FEW_LINES = 50
export const MANY_LINES = 500

const WAYS: Readonly<Record<string, (invoice: InvoiceDocument) => Promise<void>>> = {
  pdf: async (invoice) => await writePdf(invoice, nowhere()),
  ubl: async (invoice) => void writeUbl(toSemanticInvoice(invoice)),
  cii: async (invoice) => void writeCii(toSemanticInvoice(invoice)),
  factur_x: async (invoice) => await writeFacturX(invoice, nowhere()),
}

/** Every document of every length once a round, in turn; rounds before the first warm up. */
export async function measureDocuments(rounds: number, say: (line: string) => void): Promise<DocumentFigures[]> {
  const invoices = { few: longInvoice(FEW_LINES), many: longInvoice(MANY_LINES) }
  const watches = [new Stopwatch(), new Stopwatch()]
  for (const watch of watches) {
    for (let round = 1; round <= rounds; round++) {
      for (const [name, write] of Object.entries(WAYS)) {
        await watch.time(`${name} few`, async () => await write(invoices.few))
        await watch.time(`${name} many`, async () => await write(invoices.many))
      }
      say(`Documents: round ${round} of ${rounds}${watch === watches[0] ? ", to warm up" : ""}`)
    }
  }
  return Object.keys(WAYS).map((name) => ({
    name,
    few_ms: watches[1].median(`${name} few`),
    many_ms: watches[1].median(`${name} many`),
  }))
}

/** Takes everything at once, so that nothing but the making is measured. */
const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })
