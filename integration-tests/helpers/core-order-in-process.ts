import { once } from "node:events"
import type { ExecArgs } from "@medusajs/framework/types"

import { makeCoreOrder, type MakeCoreOrderInput } from "../../src/workflows/mirror/make-core-order"
import { refundCoreOrder, type RefundCoreOrderInput } from "../../src/workflows/mirror/refund-core-order"
import { reverseCoreOrder, type ReverseCoreOrderInput } from "../../src/workflows/mirror/reverse-core-order"

/** What one process does with the core orders of a test. */
export interface CoreOrderTasks {
  readonly make: readonly MakeCoreOrderInput[]
  readonly refund: readonly RefundCoreOrderInput[]
  readonly reverse: readonly ReverseCoreOrderInput[]
}

/**
 * Runs under `medusa exec` beside the test: says READY, waits for a line on standard input and then does
 * all tasks of its JSON argument, those of one kind at once. Prints `RESULT {made, refunded, reversed}`,
 * how many of each kind were done here and not met done.
 */
export default async function coreOrderInProcess({ container, args }: ExecArgs): Promise<void> {
  const { make, refund, reverse } = JSON.parse(args[0]) as CoreOrderTasks
  process.stdout.write("READY\n")
  await once(process.stdin, "data")
  const made = await Promise.all(make.map((input) => makeCoreOrder(container, input)))
  const refunded = await Promise.all(refund.map((input) => refundCoreOrder(container, input)))
  const reversed = await Promise.all(reverse.map((input) => reverseCoreOrder(container, input)))
  const done = (results: readonly { repeated: boolean }[]) => results.filter(({ repeated }) => !repeated).length
  process.stdout.write(
    `RESULT ${JSON.stringify({ made: done(made), refunded: done(refunded), reversed: done(reversed) })}\n`
  )
}
