import { asValue } from "@medusajs/framework/awilix"
import type { IEventBusModuleService, MedusaContainer } from "@medusajs/framework/types"
import { createMedusaContainer, Modules } from "@medusajs/framework/utils"

/**
 * The container with an event bus that tells nobody: history is not news. Subscribers of the host
 * would write to customers about orders of years ago, and the plugin's own would make each mirror a
 * second time beside the replay.
 */
export function quietContainer(container: MedusaContainer): MedusaContainer {
  const quiet = createMedusaContainer({}, container)
  quiet.register(Modules.EVENT_BUS, asValue(new SilentBus()))
  return quiet
}

class SilentBus implements IEventBusModuleService {
  async emit(): Promise<void> {}

  async releaseGroupedEvents(): Promise<void> {}

  async clearGroupedEvents(): Promise<void> {}

  subscribe(): this {
    return this
  }

  unsubscribe(): this {
    return this
  }
}
