import type { StockedVariant } from "../../scripts/fixture/products"
import type { StoreClient } from "../../scripts/fixture/store-client"

/** Orders, invoices and accounts as the admin API answers them, as far as tests read them. */
export interface OrderAnswer {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly total: number
  readonly allowed_events: readonly string[]
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly shipped_quantity: number }[]
  readonly invoices: readonly { readonly id: string; readonly number: string; readonly total: number }[]
}

export interface InvoiceAnswer {
  readonly id: string
  readonly status: string
  readonly total: number
  readonly outstanding: number
  readonly lines: readonly { readonly id: string; readonly sku: string }[]
}

export interface CreditAnswer {
  readonly credit_limit: number | null
  readonly balance: number
  readonly reserved: number
  readonly exposure: number
  readonly available: number | null
}

/** A customer who trades in dollars, with one address in Albany. */
export async function openAccount(
  seller: StoreClient,
  { company_name, credit_limit }: { company_name: string; credit_limit: number | null }
): Promise<{ id: string; location_id: string }> {
  const { account } = await seller.post<{ account: { id: string } }>("/admin/wholesale/accounts", {
    company_name,
    credit_limit,
    email: `${company_name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.com`,
    terms: { type: "net", days: 30 },
  })
  const { location } = await seller.post<{ location: { id: string } }>(
    `/admin/wholesale/accounts/${account.id}/locations`,
    {
      name: "Shop",
      address_1: "5 Elm Street",
      city: "Albany",
      postal_code: "12208",
      province: "us-ny",
      country_code: "us",
    }
  )
  return { id: account.id, location_id: location.id }
}

/** Puts variants into the wholesale catalog, published unless said otherwise. */
export async function offerItems(
  seller: StoreClient,
  items: readonly {
    readonly variant: StockedVariant
    readonly price: number | string
    readonly published?: boolean
    readonly minimum_quantity?: number
    readonly order_multiple?: number
  }[]
): Promise<void> {
  await seller.post("/admin/wholesale/catalog/items", {
    items: items.map(({ variant, price, published = true, ...terms }) => ({
      variant_id: variant.variant_id,
      wholesale_price: price,
      published,
      ...terms,
    })),
  })
}

/** Enters an order as the distributor's people do. */
export async function enterOrder(
  seller: StoreClient,
  order: {
    readonly account_id: string
    readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unit_price?: string }[]
    readonly fulfilment_method?: string
    readonly location_id?: string
    readonly pickup?: { readonly place?: string; readonly at?: string }
  }
): Promise<OrderAnswer> {
  const answer = await seller.post<{ order: OrderAnswer }>("/admin/wholesale/orders", {
    fulfilment_method: "shipping",
    ...order,
  })
  return answer.order
}

/** Takes an order through verbs, one after the other; answers it as it is after the last. */
export async function advance(
  seller: StoreClient,
  orderId: string,
  ...verbs: readonly (string | readonly [verb: string, body: object])[]
): Promise<OrderAnswer> {
  let order: OrderAnswer | undefined
  for (const step of verbs) {
    const [verb, body] = typeof step === "string" ? [step, {}] : step
    const answer = await seller.post<{ order: OrderAnswer }>(
      `/admin/wholesale/orders/${orderId}/${verb}`,
      body
    )
    order = answer.order
  }
  if (!order) {
    throw new Error("No verb was given.")
  }
  return order
}

export async function creditOf(seller: StoreClient, accountId: string): Promise<CreditAnswer> {
  const { credit_account } = await seller.get<{ credit_account: CreditAnswer }>(
    `/admin/wholesale/credit-accounts/${accountId}`
  )
  return credit_account
}

export async function readInvoice(seller: StoreClient, invoiceId: string): Promise<InvoiceAnswer> {
  const { invoice } = await seller.get<{ invoice: InvoiceAnswer }>(
    `/admin/wholesale/invoices/${invoiceId}`
  )
  return invoice
}
