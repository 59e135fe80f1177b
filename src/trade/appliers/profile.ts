import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import type { Applier } from "./applier"

export const applyProfile: Applier<"profile"> = async (container, receiver, document) => {
  await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .receivePartnerProfile({
      id: receiver.connection_id,
      store_id: receiver.store_id,
      profile: document.body,
    })
}
