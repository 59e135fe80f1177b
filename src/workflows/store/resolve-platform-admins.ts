import type { IUserModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/**
 * Turns the e-mails of the plugin option `platformAdmins` into user ids, each once and for ever:
 * whoever holds such an e-mail later gains nothing by it. An e-mail without a user stays open.
 */
export async function resolvePlatformAdmins(container: MedusaContainer): Promise<void> {
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const emails = await stores.platformAdminEmailsToResolve()
  if (emails.length === 0) {
    return
  }
  const users = await container
    .resolve<IUserModuleService>(Modules.USER)
    .listUsers({ email: emails }, { select: ["id", "email"] })
  for (const user of users) {
    await stores.recordPlatformAdmin({ user_id: user.id, email: user.email, granted_by: "option" })
  }
}
