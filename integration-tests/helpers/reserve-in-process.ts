import { once } from "node:events"
import type { ExecArgs } from "@medusajs/framework/types"

import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import { reserveStock, type ReserveStockRequest } from "../../src/workflows/stock/reserve-stock"

/**
 * Runs under `medusa exec` beside the test: says READY, waits for a line on standard input and then
 * makes all reservations of its JSON argument at once. Prints `RESULT [code or "reserved", …]`.
 */
export default async function reserveInProcess({ container, args }: ExecArgs): Promise<void> {
  const requests = JSON.parse(args[0]) as ReserveStockRequest[]
  process.stdout.write("READY\n")
  await once(process.stdin, "data")
  const outcomes = await Promise.all(
    requests.map((request) =>
      reserveStock(container, request).then(
        () => "reserved",
        (error: unknown) => asWholesaleError(error)?.code ?? String(error)
      )
    )
  )
  process.stdout.write(`RESULT ${JSON.stringify(outcomes)}\n`)
}
