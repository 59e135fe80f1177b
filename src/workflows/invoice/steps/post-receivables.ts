import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../../lib/actor/actor"
import type { Posting } from "../../../modules/wholesale-invoice/persistence/posting"
import { postReceivables } from "../post-receivable"

/**
 * Writes what documents have for the ledger. Has no undo: money that was received stays received, and an
 * entry that is missing is found by the sweeper.
 */
export const postReceivablesStep = createStep(
  "wholesale-post-receivables",
  async ({ postings, actor }: { postings: readonly Posting[]; actor: Actor }, { container }) => {
    await postReceivables(container, postings, actor)
    return new StepResponse()
  }
)
