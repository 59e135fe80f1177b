import type {
  CreateCustomerDTO,
  CreateSalesChannelDTO,
  ICustomerModuleService,
  IRegionModuleService,
  ISalesChannelModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { derivedId } from "../../lib/ids/derived-id"
import { wholesaleChannelId } from "./core-order-ids"
import type { InvoiceSnapshot } from "./core-order-snapshot"
import { verifiedCustomer } from "./verified-customer"

/** What the mirror needs to know of the store that sold. */
export interface MirrorStore {
  readonly id: string
  readonly name: string
  /** The channel chosen for mirrored orders; the store's own one is made where this is none. */
  readonly mirror_sales_channel_id?: string | null
  /** Whether other stores trade on this backend: their channels then carry their names. */
  readonly is_only_store: boolean
  /** Where its goods left from, for the delivered fulfilment of the core order. */
  readonly stock_location_id?: string | null
}

/**
 * The sales channel of a store's mirrored orders, made when first needed. Its id follows from the
 * store's: two at once make one, and one that was deleted comes back.
 */
export async function ensureWholesaleChannel(container: MedusaContainer, store: MirrorStore): Promise<string> {
  const channels = container.resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
  const own: CreateSalesChannelDTO & { id: string } = {
    id: wholesaleChannelId(store.id),
    name: store.is_only_store ? "Wholesale" : `Wholesale – ${store.name}`,
    description: "Paid wholesale invoices",
  }
  const wanted = [store.mirror_sales_channel_id, own.id].filter((id) => typeof id === "string")
  const find = async (): Promise<string | undefined> => {
    const found = await channels.listSalesChannels({ id: wanted }, { withDeleted: true })
    const alive = wanted.find((id) => found.some((channel) => channel.id === id && !isDeleted(channel)))
    if (!alive && found.some(({ id }) => id === own.id)) {
      await channels.restoreSalesChannels([own.id])
      return own.id
    }
    return alive
  }
  return (await find()) ?? (await createOrFind(() => channels.createSalesChannels(own), find))
}

/**
 * The core customer who bought: the account's own; else, where the store matches members, the registered
 * customer who verified the account's e-mail; else the guest customer of that e-mail; else one made for
 * the account under an id that follows from the account's. Undefined where the customer made
 * for it was deleted: a deleted person does not come back with the next invoice.
 */
export async function ensureCustomer(
  container: MedusaContainer,
  { customer, store_id }: InvoiceSnapshot
): Promise<string | undefined> {
  const customers = container.resolve<ICustomerModuleService>(Modules.CUSTOMER)
  if (customer.id) {
    const [known] = await customers.listCustomers({ id: [customer.id] }, { select: ["id"] })
    if (known) {
      return known.id
    }
  }
  const email = customer.email?.toLowerCase() ?? null
  const member = customer.match_member && email ? await verifiedCustomer(container, email) : undefined
  if (member) {
    return member
  }
  const made: CreateCustomerDTO & { id: string } = {
    id: derivedId("cus", store_id, customer.account_id),
    email,
    company_name: customer.company,
    has_account: false,
  }
  const find = async (): Promise<string | null | undefined> => {
    const found = await customers.listCustomers(
      { $or: [{ id: [made.id] }, ...(email ? [{ email, has_account: false }] : [])] },
      { withDeleted: true }
    )
    const alive = found.filter((row) => !isDeleted(row))
    const match = alive.find(({ id }) => id === made.id) ?? alive[0]
    return match?.id ?? (found.some(({ id }) => id === made.id) ? null : undefined)
  }
  const known = await find()
  const id = known === undefined ? await createOrFind(() => customers.createCustomers(made), find) : known
  return id ?? undefined
}

/**
 * The region that sells in the order's currency to the country it is shipped to, so that reports by
 * region count it. An order needs none: where no region fits it stays without.
 */
export async function regionOf(
  container: MedusaContainer,
  { currency_code, ship_to }: InvoiceSnapshot
): Promise<string | undefined> {
  const country = ship_to?.country_code?.toLowerCase()
  if (!country) {
    return undefined
  }
  const regions = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listRegions({ currency_code: currency_code.toLowerCase() }, { relations: ["countries"], order: { id: "ASC" } })
  return regions.find(({ countries }) => countries?.some(({ iso_2 }) => iso_2 === country))?.id
}

/** Makes a row whose id is known beforehand; where another made it meanwhile, answers that one. */
export async function createOrFind<Found>(
  create: () => Promise<{ id: string }>,
  find: () => Promise<Found | undefined>
): Promise<string | Found> {
  try {
    return (await create()).id
  } catch (error) {
    const found = await find()
    if (found === undefined) {
      throw error
    }
    return found
  }
}

function isDeleted(row: object): boolean {
  return "deleted_at" in row && row.deleted_at !== null
}
