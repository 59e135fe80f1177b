import type { IEventBusModuleService, Logger, MedusaContainer, Message } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, kebabCase, Modules } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"

type InventoryRow = "inventory_level" | "reservation_item"
type InventoryChange = "created" | "updated" | "deleted"

/**
 * The events that core's inventory module would send, kept until the transaction is committed:
 * subscribers and caches of the host rest on them.
 */
export class InventoryEvents {
  private readonly messages: Message[] = []

  add(object: InventoryRow, action: InventoryChange, ids: readonly string[]): void {
    const source = Modules.INVENTORY
    const name = `${source}.${kebabCase(object)}.${action}`
    this.messages.push(...ids.map((id) => ({ name, data: { id }, metadata: { source, object, action } })))
  }

  /** Events announce what is committed already; losing one must not undo it. */
  async release(container: MedusaContainer): Promise<void> {
    if (this.messages.length === 0) {
      return
    }
    try {
      await container
        .resolve<IEventBusModuleService>(Modules.EVENT_BUS)
        .emit(this.messages, { internal: true })
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(`Inventory events were not sent: ${messageOf(error)}`)
    }
  }
}
