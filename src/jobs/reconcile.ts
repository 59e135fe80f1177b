import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WHOLESALE_CONNECTION } from "../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../modules/wholesale-connection/service"
import { reconcileWorkflow } from "../workflows/reconcile/reconcile"

const EVERY_MINUTE = "* * * * *"

/** Every minute, unless the host says otherwise: whatever an event or a living process did not do is done here. */
export default async function reconcileJob(container: MedusaContainer): Promise<void> {
  const { result } = await reconcileWorkflow(container).run({ input: {} })
  await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .expirePairingCodes()
  if (result.repaired.length) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .info(`Wholesale: ${result.repaired.map(({ done }) => done).join("; ")}.`)
  }
}

export const config = {
  name: "wholesale-reconcile",
  schedule: process.env.WHOLESALE_RECONCILE_SCHEDULE ?? EVERY_MINUTE,
}
