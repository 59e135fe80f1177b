import type { ExecArgs, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WholesaleError } from "../lib/errors/wholesale-error"
import { WHOLESALE_EXCHANGE } from "../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../modules/wholesale-store"
import type WholesaleStoreModuleService from "../modules/wholesale-store/service"

type Say = (line: string) => void

const RECOVERIES: Readonly<Record<string, (container: MedusaContainer, say: Say) => Promise<void>>> = {
  restored,
  "lost-keys": replaceLostKeys,
}

/**
 * `npx medusa exec ./node_modules/medusa-wholesale/.medusa/server/src/commands/recover.js restored`, once after
 * the database was restored from a backup: what the stores say from then on counts as newer than all that
 * their partners have of them. With `lost-keys` stores get other keys whose keys no master key at hand opens.
 * What it does is on the terminal.
 *
 * @throws WholesaleError 400 `recovery_unknown`, 500 `master_key_missing`
 */
export default async function recover({ container, args }: ExecArgs): Promise<void> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const [what = "", ...more] = args
  const recovery = Object.hasOwn(RECOVERIES, what) ? RECOVERIES[what] : undefined
  if (more.length || !recovery) {
    throw new WholesaleError(
      400,
      "recovery_unknown",
      `Say what is to be recovered from, restored or lost-keys, and nothing else; this was "${args.join(" ")}".`,
      { given: args }
    )
  }
  await recovery(container, (line) => logger.info(`Wholesale: ${line}`))
}

/** A partner takes a document for newer by its owner's incarnation first, and by its revision only then. */
async function restored(container: MedusaContainer, say: Say): Promise<void> {
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const rows = await stores.listWholesaleStores({}, { select: ["id", "name", "incarnation"], take: null })
  const raised = rows.map(({ id, incarnation }) => ({ id, incarnation: incarnation + 1 }))
  await stores.updateWholesaleStores(raised)
  rows.forEach(({ id, name }, index) =>
    say(`Store ${name} (${id}) is in its incarnation ${raised[index].incarnation}: what it says is newer than before.`)
  )
  say("Connections that are out of step with their partners are revoked on both sides, and paired again.")
}

async function replaceLostKeys(container: MedusaContainer, say: Say): Promise<void> {
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const lost = await exchange.storesWithLostKeys()
  for (const id of lost) {
    const broken = await exchange.replaceLostKeys(id)
    say(`Store ${id} has other keys: ${broken ?? 0} connections are to be revoked on both sides, and paired again.`)
  }
  say(lost.length ? "The keys before are deleted." : "The keys of all stores can be opened: nothing was changed.")
}
