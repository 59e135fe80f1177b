import type { IInventoryService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** What the books of a location say of an item. */
export async function stockLevel(
  container: MedusaContainer,
  inventoryItemId: string | undefined,
  locationId: string
): Promise<{ stocked: number; available: number }> {
  const [level] = await container
    .resolve<IInventoryService>(Modules.INVENTORY)
    .listInventoryLevels({ inventory_item_id: inventoryItemId, location_id: locationId })
  const stocked = Number(level.stocked_quantity)
  return { stocked, available: stocked - Number(level.reserved_quantity) }
}
