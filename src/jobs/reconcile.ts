import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WHOLESALE_CONNECTION } from "../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../modules/wholesale-connection/service"
import { WHOLESALE_IDEMPOTENCY } from "../modules/wholesale-idempotency"
import type WholesaleIdempotencyModuleService from "../modules/wholesale-idempotency/service"
import { sweepRelay } from "../workflows/exchange/sweep-relay"
import { checkBooksNightly } from "../workflows/reconcile/check-books"
import { reconcileWorkflow } from "../workflows/reconcile/reconcile"

const EVERY_MINUTE = "* * * * *"

/** How long the answers of requests are kept for their repetition: a week. */
const KEPT_MILLISECONDS = 7 * 24 * 60 * 60 * 1_000

/** Every minute, unless the host says otherwise: whatever an event or a living process did not do is done here. */
export default async function reconcileJob(container: MedusaContainer): Promise<void> {
  const { result } = await reconcileWorkflow(container).run({ input: {} })
  await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .expirePairingCodes()
  await checkBooksNightly(container)
  const swept = await sweepRelay(container)
  await container
    .resolve<WholesaleIdempotencyModuleService>(WHOLESALE_IDEMPOTENCY)
    .forget({ before: new Date(Date.now() - KEPT_MILLISECONDS) })
  const done = [...result.repaired.map((repair) => repair.done), ...swept]
  if (done.length) {
    container.resolve<Logger>(ContainerRegistrationKeys.LOGGER).info(`Wholesale: ${done.join("; ")}.`)
  }
}

export const config = {
  name: "wholesale-reconcile",
  schedule: process.env.WHOLESALE_RECONCILE_SCHEDULE ?? EVERY_MINUTE,
}
