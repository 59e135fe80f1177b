import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../../lib/actor/actor"
import { messageOf } from "../../../lib/errors/message-of"
import { recheckCredit } from "../recheck-credit"

/** The last step of a verb that makes room. What it was done for stands already, so a failure is left to the job. */
export const recheckCreditStep = createStep(
  "wholesale-recheck-credit",
  async (
    account: { readonly store_id: string; readonly account_id: string; readonly actor: Actor },
    { container }
  ) => {
    try {
      await recheckCredit(container, account)
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The orders that wait for credit on account ${account.account_id} were not looked at: ` +
            `${messageOf(error)} They will be within the hour.`
        )
    }
    return new StepResponse()
  }
)
