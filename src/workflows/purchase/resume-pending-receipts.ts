import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import { asWholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { resumeReceiptWorkflow } from "./resume-receipt"
import { stockMappedLines } from "./stock-mapped-lines"

/** One receipt, or one line of a receipt that was mapped later, and what became of it. */
export interface ResumedReceipt {
  readonly store_id: string
  readonly purchase_order_id: string
  readonly receipt_id: string
  /** Where it is about a line by itself. */
  readonly line_id?: string
  /**
   * `stocked`: finished now. `discarded`: its stock was refused, what it counted is open again.
   * `failed`: still waiting.
   */
  readonly outcome: "stocked" | "discarded" | "failed"
  readonly error?: unknown
}

/** The most receipts, and the most lines, that one call takes; the next call takes the next. */
const BATCH = 500

/**
 * Finishes receipts of all stores that have been pending since `older_than`, and stocks goods that
 * were mapped before then and are not in stock. Safe in several processes at once: everything is
 * keyed, so that nothing is stocked twice.
 *
 * @param older_than far enough back that no request is still at work on them, a minute or more
 */
export async function resumePendingReceipts(
  container: MedusaContainer,
  { older_than }: { readonly older_than: Date }
): Promise<ResumedReceipt[]> {
  const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
  const resumed: ResumedReceipt[] = []
  for (const receipt of await purchase.pendingReceipts({ older_than, limit: BATCH })) {
    const { id, store_id, purchase_order_id } = receipt
    const about = { store_id, purchase_order_id, receipt_id: id }
    try {
      await resumeReceiptWorkflow(container).run({ input: { id, store_id, actor: SYSTEM_ACTOR } })
      resumed.push({ ...about, outcome: "stocked" })
    } catch (error) {
      const refusal = asWholesaleError(error)
      if (refusal?.code !== "not_found") {
        resumed.push({ ...about, outcome: refusal ? "discarded" : "failed", error })
      }
    }
  }

  const waiting = await purchase.receiptLinesToStock({ older_than, limit: BATCH })
  const { stocked, failed } = await stockMappedLines(container, waiting)
  const errors = new Map(failed.map(({ line, error }) => [line.id, error]))
  const done = new Set(stocked)
  for (const { id, store_id, purchase_order_id, receipt_id } of waiting) {
    const about = { store_id, purchase_order_id, receipt_id, line_id: id }
    resumed.push(
      done.has(id)
        ? { ...about, outcome: "stocked" }
        : { ...about, outcome: "failed", error: errors.get(id) }
    )
  }
  return resumed
}
