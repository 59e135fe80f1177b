import { createHash } from "node:crypto"

import { isCancellation, isRefused, judgeRow, refuse, type GoodsRow, type RefusedRow } from "./judge-row"
import type { ExportRow } from "./order-export"

/** A run of rows with the same document number. */
export interface ExportDocument {
  readonly number: string
  /** Where in the file it starts; says which of two documents was first. */
  readonly first_row: number
  readonly row_count: number
  /** Changes with any of its cells. */
  readonly rows_hash: string
  readonly is_cancellation: boolean
  /** What can be replayed, in the file's order: one customer, one date, one country. */
  readonly rows: readonly GoodsRow[]
  readonly refused: readonly RefusedRow[]
}

/** A document is held in memory whole: what it has beyond this is refused. */
export const MAX_DOCUMENT_ROWS = 10_000

/** Puts rows together to documents. A number that comes again after another one begins a new document. */
export async function* documentsOf(
  rows: AsyncIterable<ExportRow> | Iterable<ExportRow>
): AsyncGenerator<ExportDocument> {
  let open: OpenDocument | undefined
  for await (const row of rows) {
    if (open && !open.takes(row)) {
      yield open.close()
      open = new OpenDocument(row, open.number === row.cells.InvoiceNo)
    }
    open ??= new OpenDocument(row, false)
    open.add(row)
  }
  if (open) {
    yield open.close()
  }
}

class OpenDocument {
  readonly number: string
  private readonly first_row: number
  private readonly hash = createHash("sha256")
  private readonly rows: GoodsRow[] = []
  private readonly refused: RefusedRow[] = []
  private row_count = 0

  /** @param beyond whether it is the rest of a document that is full */
  constructor(
    { row, cells }: ExportRow,
    private readonly beyond: boolean
  ) {
    this.number = cells.InvoiceNo
    this.first_row = row
  }

  takes({ cells }: ExportRow): boolean {
    return cells.InvoiceNo === this.number && this.row_count < MAX_DOCUMENT_ROWS
  }

  add(row: ExportRow): void {
    this.row_count += 1
    this.hash.update(JSON.stringify(row.cells))
    const judged = this.judge(row)
    if (isRefused(judged)) {
      this.refused.push(judged)
    } else {
      this.rows.push(judged)
    }
  }

  close(): ExportDocument {
    const { number, first_row, row_count, rows, refused } = this
    const rows_hash = this.hash.digest("hex")
    return { number, first_row, row_count, rows_hash, is_cancellation: isCancellation(number), rows, refused }
  }

  private judge(row: ExportRow): GoodsRow | RefusedRow {
    const judged = judgeRow(row)
    if (isRefused(judged)) {
      return judged
    }
    if (this.beyond) {
      return refuse(judged, "document_too_long")
    }
    const [first] = this.rows
    if (first && OF_THE_DOCUMENT.some((member) => first[member] !== judged[member])) {
      return refuse(judged, "differs_from_document")
    }
    return judged
  }
}

const OF_THE_DOCUMENT = ["customer", "at", "country_code"] as const

/**
 * Documents in batches of about so many rows, so that what they have in common is looked up and made
 * together. No batch is empty.
 */
export async function* inBatches(
  documents: AsyncIterable<ExportDocument>,
  rows: number
): AsyncGenerator<ExportDocument[]> {
  let batch: ExportDocument[] = []
  let count = 0
  for await (const document of documents) {
    batch.push(document)
    count += document.row_count
    if (count >= rows) {
      yield batch
      batch = []
      count = 0
    }
  }
  if (batch.length > 0) {
    yield batch
  }
}
