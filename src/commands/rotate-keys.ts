import type { ExecArgs, Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WholesaleError } from "../lib/errors/wholesale-error"
import { WHOLESALE_EXCHANGE } from "../modules/wholesale-exchange"
import { rotateDataKeys, rotateMasterKey } from "../modules/wholesale-exchange/rotate-keys"
import type WholesaleExchangeModuleService from "../modules/wholesale-exchange/service"

/**
 * `npx medusa exec ./node_modules/medusa-wholesale/.medusa/server/src/commands/rotate-keys.js master` wraps
 * all data keys under the current master key; with `data` every store gets a new data key. Broken off
 * anywhere and run again it goes on. What it does is on the terminal.
 *
 * @throws WholesaleError 400 `rotation_unknown`, 500 for keys that cannot be read
 */
export default async function rotateKeys({ container, args }: ExecArgs): Promise<void> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const say = (line: string) => logger.info(`Wholesale: ${line}`)
  const [what, ...more] = args
  if (more.length || (what !== "master" && what !== "data")) {
    throw new WholesaleError(
      400,
      "rotation_unknown",
      `Say which keys are to be rotated, master or data, and nothing else; this was "${args.join(" ")}".`,
      { given: args }
    )
  }
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  await (what === "master" ? rotateMasterKey(exchange, say) : rotateDataKeys(exchange, say))
}
