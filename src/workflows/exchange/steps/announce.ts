import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { announce, type DocumentRef } from "../../../trade/announce"

/**
 * Sends documents to the partners they concern. Never fails: what could not be sent stays behind
 * its announced revision, and the sweeper sends it.
 */
export const announceStep = createStep(
  "wholesale-announce",
  async (documents: DocumentRef | readonly DocumentRef[], { container }) => {
    for (const document of [documents].flat()) {
      await announce(container, document)
    }
    return new StepResponse()
  }
)
