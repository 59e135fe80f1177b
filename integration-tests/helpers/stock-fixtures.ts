import type {
  IInventoryService,
  IProductModuleService,
  IStockLocationService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

export interface VariantFixture {
  sku: string
  /** Stocked quantity by location id. */
  stocked?: Record<string, number>
  requiredQuantity?: number
  manageInventory?: boolean
  allowBackorder?: boolean
}

export interface SeededVariant {
  sku: string
  variant_id: string
  inventory_item_id: string
}

export async function seedLocations(container: MedusaContainer, ...names: string[]): Promise<string[]> {
  const locations = await container
    .resolve<IStockLocationService>(Modules.STOCK_LOCATION)
    .createStockLocations(names.map((name) => ({ name })))
  return names.map((name) => locations.find((location) => location.name === name)?.id ?? "")
}

/** One product with a variant and an inventory item for each fixture, linked as core links them. */
export async function seedVariants(
  container: MedusaContainer,
  fixtures: readonly VariantFixture[]
): Promise<SeededVariant[]> {
  const [product] = await container.resolve<IProductModuleService>(Modules.PRODUCT).createProducts([
    {
      title: `Goods ${fixtures[0].sku}`,
      options: [{ title: "Kind", values: fixtures.map(({ sku }) => sku) }],
      variants: fixtures.map((fixture) => ({
        title: fixture.sku,
        sku: fixture.sku,
        manage_inventory: fixture.manageInventory ?? true,
        allow_backorder: fixture.allowBackorder ?? false,
        options: { Kind: fixture.sku },
      })),
    },
  ])
  const inventory = container.resolve<IInventoryService>(Modules.INVENTORY)
  const items = await inventory.createInventoryItems(fixtures.map(({ sku }) => ({ sku })))
  const seeded = fixtures.map(({ sku }) => ({
    sku,
    variant_id: product.variants.find((variant) => variant.sku === sku)?.id ?? "",
    inventory_item_id: items.find((item) => item.sku === sku)?.id ?? "",
  }))
  await inventory.createInventoryLevels(
    fixtures.flatMap(({ stocked = {} }, index) =>
      Object.entries(stocked).map(([location_id, stocked_quantity]) => ({
        inventory_item_id: seeded[index].inventory_item_id,
        location_id,
        stocked_quantity,
      }))
    )
  )
  await container.resolve(ContainerRegistrationKeys.LINK).create(
    seeded.map(({ variant_id, inventory_item_id }, index) => ({
      [Modules.PRODUCT]: { variant_id },
      [Modules.INVENTORY]: { inventory_item_id },
      data: { required_quantity: fixtures[index].requiredQuantity ?? 1 },
    }))
  )
  return seeded
}

/** Stocked and reserved quantity of an item by location id. */
export async function levelsOf(
  container: MedusaContainer,
  { inventory_item_id }: SeededVariant
): Promise<Record<string, { stocked: number; reserved: number }>> {
  const levels = await container
    .resolve<IInventoryService>(Modules.INVENTORY)
    .listInventoryLevels({ inventory_item_id })
  return Object.fromEntries(
    levels.map(({ location_id, stocked_quantity, reserved_quantity }) => [
      location_id,
      { stocked: Number(stocked_quantity), reserved: Number(reserved_quantity) },
    ])
  )
}
