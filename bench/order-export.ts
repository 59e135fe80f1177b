import { once } from "node:events"
import { createWriteStream } from "node:fs"

import { COLUMNS } from "../scripts/replay/order-export"

/**
 * Writes an order export of so many documents in the shape of real ones: about 20 rows a document and
 * up to 300, four new stock codes with each, seven tenths of the documents from customers who come
 * again, one in twelve a cancellation, some postage, corrections and free goods. The same number gives
 * the same file.
 */
export async function writeOrderExport(path: string, documents: number): Promise<void> {
  const output = createWriteStream(path)
  output.write(`\uFEFF${COLUMNS.join(",")}\n`)
  const random = sequence(documents)
  const below = (limit: number) => Math.floor(random() * limit)
  let last: readonly string[][] = []
  for (let index = 0; index < documents; index++) {
    const isCancellation = index % 12 === 11
    const rows = isCancellation ? cancellationOf(index, last) : saleOf(index, documents, below)
    last = isCancellation ? last : rows
    if (!output.write(rows.map((cells) => `${cells.join(",")}\n`).join(""))) {
      await once(output, "drain")
    }
  }
  output.end()
  await once(output, "finish")
}

function saleOf(index: number, documents: number, below: (limit: number) => number): string[][] {
  const size = below(40) === 0 ? 100 + below(200) : 1 + below(30)
  const customer = below(10) < 7 ? String(12_000 + below(documents / 2 + 1)) : ""
  const rows = Array.from({ length: size }, () => {
    const code = String(20_000 + below(4 * (index + 1)))
    const price = ((29 + below(1_500)) / 100).toFixed(2)
    return row(index, code, `GOODS ${code}`, 1 + below(24), price, customer)
  })
  return below(8) === 0 ? [...rows, row(index, "POST", "POSTAGE", 1, "18.00", customer)] : rows
}

/** Takes back a part of the last sale's first row, and goods that nobody bought. */
function cancellationOf(index: number, [sold]: readonly string[][]): string[][] {
  const customer = sold[6]
  const again = row(index, sold[1], sold[2], -Math.ceil(Number(sold[3]) / 2), sold[5], customer)
  return [again, row(index, "99999", "GOODS 99999", -1, "2.95", customer)].map(([number, ...cells]) => [
    `C${number}`,
    ...cells,
  ])
}

function row(index: number, code: string, title: string, quantity: number, price: string, customer: string): string[] {
  const day = 1 + Math.floor(index / 40)
  const date = new Date(Date.UTC(2010, 11, day))
  const written = `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`
  return [String(600_000 + index), code, title, String(quantity), written, price, customer, "United Kingdom"]
}

/** Numbers from 0 to 1 that follow from the seed (a linear congruential generator). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
