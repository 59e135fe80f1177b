import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type { ProfileRevision } from "../../modules/wholesale-store/profiles"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/**
 * Puts a store's profile on its living connections, inside of which it travels, and notes that it is
 * there. Run again for the same revision of the profile it raises nothing twice.
 *
 * @returns ids of the connections to announce
 */
export async function renewConnections(
  container: MedusaContainer,
  { id, profile_revision }: ProfileRevision
): Promise<string[]> {
  const raised = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .raiseRevisions({ store_id: id, profile_revision })
  await container
    .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    .markProfileAnnounced({ id, profile_revision })
  return raised
}
