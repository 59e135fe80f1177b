import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { documentsOf, inBatches, MAX_DOCUMENT_ROWS, type ExportDocument } from "../documents"
import { COLUMNS, readOrderExport, type ExportRow } from "../order-export"

const folder = mkdtempSync(join(tmpdir(), "order-export-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) {
    list.push(item)
  }
  return list
}

function fileOf(text: string): string {
  const path = join(folder, "export.csv")
  writeFileSync(path, text)
  return path
}

const HEADER = COLUMNS.join(",")

describe("an order export", () => {
  it("is read with a byte order mark, and its rows are counted from the header", async () => {
    const path = fileOf(`\uFEFF${HEADER}\r\n1,21730,GLASS,6,1/12/2010,4.25,17850,EIRE\r\n`)
    const [row] = await all(readOrderExport(path))
    expect(row).toMatchObject({ row: 2, complete: true, cells: { InvoiceNo: "1", Country: "EIRE" } })
  })

  it("may have its columns in any order and others beside them", async () => {
    const path = fileOf(`Till,${[...COLUMNS].reverse().join(",")}\n7,EIRE,17850,4.25,1/12/2010,6,"A, B",21730,1\n`)
    const [row] = await all(readOrderExport(path))
    expect(row.cells).toMatchObject({ InvoiceNo: "1", Description: "A, B", CustomerID: "17850" })
  })

  it("counts a blank line, which is no row, and marks a row that lacks cells", async () => {
    const path = fileOf(`${HEADER}\n\n1,21730,GLASS,6\n`)
    expect(await all(readOrderExport(path))).toMatchObject([{ row: 3, complete: false }])
  })

  it.each([
    ["an empty file", "", "InvoiceNo"],
    ["a file without prices", HEADER.replace("UnitPrice,", ""), "UnitPrice"],
  ])("is not %s", async (_, text, column) => {
    await expect(all(readOrderExport(fileOf(text)))).rejects.toThrow(column)
  })
})

function row(number: number, InvoiceNo: string, cells: Partial<ExportRow["cells"]> = {}): ExportRow {
  const sale = {
    InvoiceNo,
    StockCode: "21730",
    Description: "GLASS",
    Quantity: InvoiceNo.startsWith("C") ? "-1" : "1",
    InvoiceDate: "1/12/2010",
    UnitPrice: "4.25",
    CustomerID: "17850",
    Country: "EIRE",
  }
  return { row: number, cells: { ...sale, ...cells }, complete: true }
}

const rowsOf = ({ number, rows, refused }: ExportDocument) => [
  number,
  rows.map((one) => one.row),
  refused.map(({ row: refusedRow, reason }) => `${refusedRow} ${reason}`),
]

describe("documents", () => {
  it("are runs of rows; a number that comes again begins another document", async () => {
    const documents = await all(documentsOf([row(2, "1"), row(3, "1"), row(4, "C2"), row(5, "1")]))
    expect(documents.map(rowsOf)).toEqual([
      ["1", [2, 3], []],
      ["C2", [4], []],
      ["1", [5], []],
    ])
    expect(documents.map(({ first_row, is_cancellation }) => [first_row, is_cancellation])).toEqual([
      [2, false],
      [4, true],
      [5, false],
    ])
  })

  it("refuse rows of another customer, date or country than their first, and keep the others", async () => {
    const [document] = await all(
      documentsOf([
        row(2, "1", { StockCode: "POST" }),
        row(3, "1"),
        row(4, "1", { CustomerID: "" }),
        row(5, "1", { InvoiceDate: "2/12/2010" }),
        row(6, "1", { Country: "France" }),
        row(7, "1"),
      ])
    )
    expect(rowsOf(document)).toEqual([
      "1",
      [3, 7],
      ["2 not_goods", "4 differs_from_document", "5 differs_from_document", "6 differs_from_document"],
    ])
  })

  it("hash to something else when any cell is another", async () => {
    const [one] = await all(documentsOf([row(2, "1")]))
    const [same] = await all(documentsOf([row(9, "1")]))
    const [other] = await all(documentsOf([row(2, "1", { Description: "GLASSES" })]))
    expect(same.rows_hash).toBe(one.rows_hash)
    expect(other.rows_hash).not.toBe(one.rows_hash)
  })

  it("end where they are full; what goes on under the number is refused", async () => {
    const long = Array.from({ length: MAX_DOCUMENT_ROWS + 2 }, (_, index) => row(index + 2, "1"))
    const [document, rest] = await all(documentsOf(long))
    expect(document.rows).toHaveLength(MAX_DOCUMENT_ROWS)
    expect(rowsOf(rest)).toEqual(["1", [], ["10002 document_too_long", "10003 document_too_long"]])
  })

  it("come in batches that are closed by the document that fills them", async () => {
    const documents = documentsOf([row(2, "1"), row(3, "2"), row(4, "2"), row(5, "2"), row(6, "3")])
    const batches = await all(inBatches(documents, 3))
    expect(batches.map((batch) => batch.map(({ number }) => number))).toEqual([["1", "2"], ["3"]])
  })
})
