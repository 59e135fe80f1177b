import { createInterface } from "node:readline"
import type { ExecArgs } from "@medusajs/framework/types"

import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import { Trade, type Partnership } from "./trade"

/** What one of two processes does at the same time as the other. */
export interface TradeTask {
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
 * Runs under `medusa exec` beside the test, see `startServerProcess`; its argument is the partnership. Everything of a
 * task happens at once; prints what became of each, `done` or the code of its refusal, in the order of the task.
 */
export default async function tradeInProcess({ container, args }: ExecArgs): Promise<void> {
  const trade = new Trade(container, JSON.parse(args[0]) as Partnership)
  process.stdout.write("READY\n")
  for await (const line of createInterface(process.stdin)) {
    process.stdout.write(`RESULT ${JSON.stringify(await outcomesOf(trade, JSON.parse(line) as TradeTask))}\n`)
  }
}

async function outcomesOf(trade: Trade, { place = [], approve = [], cancel = [], pay = [] }: TradeTask): Promise<string[]> {
  return await Promise.all(
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
}
