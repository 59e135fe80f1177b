import { createReadStream } from "node:fs"
import { parse } from "csv-parse"

/** The columns of an order export; others may stand beside them, in any order. */
export const COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
] as const

export type Column = (typeof COLUMNS)[number]

/** One row of the file as it is written there, white space around its cells left out. */
export interface ExportRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
  /** False where the row has fewer or more cells than the header. */
  readonly complete: boolean
}

/**
 * Reads an order export row by row; a byte order mark is skipped, a blank line is no row but counted.
 *
 * @throws Error where a column is missing, or the file cannot be read
 */
export async function* readOrderExport(path: string): AsyncGenerator<ExportRow> {
  const records = createReadStream(path).pipe(
    parse({ bom: true, relax_column_count: true, relax_quotes: true, trim: true })
  )
  let row = 0
  let header: string[] | undefined
  for await (const record of records as AsyncIterable<string[]>) {
    row += 1
    if (!header) {
      header = record
      assertColumns(path, header)
    } else if (record.length > 1 || record[0] !== "") {
      yield { row, cells: cellsOf(header, record), complete: record.length === header.length }
    }
  }
  if (!header) {
    assertColumns(path, [])
  }
}

function assertColumns(path: string, header: readonly string[]): void {
  const missing = COLUMNS.filter((column) => !header.includes(column))
  if (missing.length > 0) {
    throw new Error(`${path} is no order export: its first row does not name ${missing.join(", ")}.`)
  }
}

function cellsOf(header: readonly string[], record: readonly string[]): ExportRow["cells"] {
  const cell = (column: Column) => record[header.indexOf(column)] ?? ""
  return {
    InvoiceNo: cell("InvoiceNo"),
    StockCode: cell("StockCode"),
    Description: cell("Description"),
    Quantity: cell("Quantity"),
    InvoiceDate: cell("InvoiceDate"),
    UnitPrice: cell("UnitPrice"),
    CustomerID: cell("CustomerID"),
    Country: cell("Country"),
  }
}
