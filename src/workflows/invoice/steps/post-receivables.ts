import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Posting } from "../../../modules/wholesale-invoice/persistence/posting"
import { postReceivables } from "../post-receivable"

/**
 * Writes what documents have for the ledger. Has no undo: money that was received stays received, and an
 * entry that is missing is found by the sweeper.
 */
export const postReceivablesStep = createStep(
  "wholesale-post-receivables",
  async (postings: readonly Posting[], { container }) => {
    await postReceivables(container, postings)
    return new StepResponse()
  }
)
