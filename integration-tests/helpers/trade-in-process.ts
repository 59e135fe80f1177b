import { once } from "node:events"
import type { ExecArgs } from "@medusajs/framework/types"

import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import { Trade, type Partnership } from "./trade"

/** What one of two processes does at the same time as the other. */
export interface TradeTask {
  readonly partnership: Partnership
  /** Purchase orders to place. */
  readonly place?: readonly string[]
  /** Orders to approve. */
  readonly approve?: readonly string[]
  /** Orders to cancel, all goods returned. */
  readonly cancel?: readonly string[]
  /** Invoices to pay in full, by their totals, and to mirror. */
  readonly pay?: readonly { readonly id: string; readonly total: string }[]
}

/**
 * Runs under `medusa exec` beside the test, see `startServerProcess`. Everything of its task happens at
 * once; prints what became of each, `done` or the code of its refusal, in the order of the task.
 */
export default async function tradeInProcess({ container, args }: ExecArgs): Promise<void> {
  const { partnership, place = [], approve = [], cancel = [], pay = [] } = JSON.parse(args[0]) as TradeTask
  const trade = new Trade(container, partnership)
  process.stdout.write("READY\n")
  await once(process.stdin, "data")
  const outcomes = await Promise.all(
    [
      ...place.map((id) => trade.placeDraft(id)),
      ...approve.map((id) => trade.approve(id)),
      ...cancel.map((id) => trade.cancel(id, { goods_returned: true })),
      ...pay.map((invoice) =>
        trade.pay(invoice, invoice.total, `whpay_of_${invoice.id}`).then(() => trade.mirror(invoice))
      ),
    ].map((attempt) =>
      attempt.then(
        () => "done",
        (error: unknown) => asWholesaleError(error)?.code ?? String(error)
      )
    )
  )
  process.stdout.write(`RESULT ${JSON.stringify(outcomes)}\n`)
}
