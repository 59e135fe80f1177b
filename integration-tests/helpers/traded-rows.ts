import type { StockedVariant } from "../../scripts/fixture/products"
import type { StoreClient } from "../../scripts/fixture/store-client"
import type { TradingStores } from "../../scripts/fixture/trading-stores"

/** Ids of the rows that a trade of two stores has left, by the resource they belong to. */
export interface TradedRows {
  readonly variant_id: string
  readonly location_id: string
  readonly customer_id: string
  /** The parameters of a route's path, for the resource it names. */
  parameters(path: string): Record<string, string>
}

interface WithId {
  readonly id: string
}

/** Carries a trade so far that every resource of the API has a row; the invoice is paid in part. */
export async function pairAndTrade({
  distributor,
  retailer,
  variant,
  stores,
}: {
  distributor: StoreClient
  retailer: StoreClient
  variant: StockedVariant
  stores: TradingStores
}): Promise<TradedRows> {
  const { pairing_code } = await distributor.post<{ pairing_code: WithId & { code: string } }>(
    "/admin/wholesale/pairing-codes"
  )
  const { connection: buying } = await retailer.post<{ connection: WithId }>(
    "/admin/wholesale/connections",
    { code: pairing_code.code }
  )
  const { connections } = await distributor.get<{ connections: WithId[] }>(
    "/admin/wholesale/connections"
  )
  const { connection: selling } = await distributor.post<{
    connection: WithId & { account_id: string }
  }>(`/admin/wholesale/connections/${connections[0].id}/approve`, { credit_limit: 50_000 })
  const { items } = await distributor.post<{ items: WithId[] }>("/admin/wholesale/catalog/items", {
    items: [{ variant_id: variant.variant_id, wholesale_price: "10.00", published: true }],
  })
  await distributor.post("/admin/wholesale/catalog/publish")
  const { purchase_order: draft } = await retailer.post<{ purchase_order: WithId }>(
    "/admin/wholesale/purchase-orders",
    {
      connection_id: buying.id,
      fulfilment_method: "shipping",
      lines: [{ sku: variant.sku, quantity: 10 }],
    }
  )
  const { purchase_order } = await retailer.post<{
    purchase_order: WithId & { order_id: string; lines: WithId[] }
  }>(`/admin/wholesale/purchase-orders/${draft.id}/place`)
  for (const verb of ["approve", "start-packing", "finish-packing", "ship", "deliver"]) {
    await distributor.post(`/admin/wholesale/orders/${purchase_order.order_id}/${verb}`)
  }
  await retailer.post(`/admin/wholesale/purchase-orders/${draft.id}/receipts`, {
    lines: [{ line_id: purchase_order.lines[0].id, received: 4 }],
  })
  const { invoices } = await distributor.get<{ invoices: WithId[] }>("/admin/wholesale/invoices")
  const { payment } = await distributor.post<{ payment: WithId }>("/admin/wholesale/payments", {
    invoice_id: invoices[0].id,
    amount: 40,
    method: "cash",
  })
  const { credit_note } = await distributor.post<{ credit_note: WithId }>("/admin/wholesale/credit-notes", {
    invoice_id: invoices[0].id,
    amount: 10,
    reason: "A box was torn",
  })
  const { late_charge } = await distributor.post<{ late_charge: WithId }>(
    `/admin/wholesale/invoices/${invoices[0].id}/late-charges`,
    { kind: "fee", amount: 5 }
  )
  const { bills } = await retailer.get<{ bills: WithId[] }>("/admin/wholesale/bills")
  const { location } = await distributor.post<{ location: WithId }>(
    `/admin/wholesale/accounts/${selling.account_id}/locations`,
    { name: "Back door", address_1: "22 Market Street", country_code: "us" }
  )
  const { tax_exemption } = await distributor.post<{ tax_exemption: WithId }>(
    `/admin/wholesale/accounts/${selling.account_id}/tax-exemptions`,
    { category: "E", certificate_number: "1", reason: "Resale", expires_on: "2020-12-31" }
  )
  const { credit_group } = await distributor.post<{ credit_group: WithId }>("/admin/wholesale/credit-groups", {
    name: "Chain",
  })
  const { price_tier } = await distributor.post<{ price_tier: WithId }>("/admin/wholesale/price-tiers", {
    name: "Bronze",
  })
  const { charge_rule } = await distributor.post<{ charge_rule: WithId }>("/admin/wholesale/charge-rules", {
    kind: "handling",
    name: "Packing",
    amount: 2,
    active: false,
  })
  const { credit_hold } = await distributor.post<{ credit_hold: WithId }>("/admin/wholesale/credit-holds", {
    account_id: selling.account_id,
    reason: "Look at them",
  })
  const { members } = await distributor.get<{ members: WithId[] }>(
    `/admin/wholesale/stores/${stores.distributor.id}/members`
  )
  const { customer } = await distributor.post<{ customer: WithId }>("/admin/customers", {
    email: "buyer@example.com",
  })
  const { employee } = await distributor.post<{ employee: WithId }>(
    `/admin/wholesale/accounts/${selling.account_id}/employees`,
    { customer_id: customer.id }
  )
  const { received_documents } = await distributor.get<{ received_documents: WithId[] }>(
    "/admin/wholesale/received-documents"
  )
  const ids: Record<string, string> = {
    "received-documents": received_documents[0].id,
    "pairing-codes": pairing_code.id,
    connections: selling.id,
    accounts: selling.account_id,
    "credit-groups": credit_group.id,
    "price-tiers": price_tier.id,
    "charge-rules": charge_rule.id,
    "credit-holds": credit_hold.id,
    catalog: items[0].id,
    orders: purchase_order.order_id,
    invoices: invoices[0].id,
    payments: payment.id,
    "credit-notes": credit_note.id,
    "late-charges": late_charge.id,
    stores: stores.distributor.id,
    "purchase-orders": purchase_order.id,
    bills: bills[0].id,
  }
  return {
    variant_id: variant.variant_id,
    location_id: stores.distributor.location_id,
    customer_id: customer.id,
    parameters: (path) => ({
      id: ids[path.split("/")[3]] ?? "no_such_row",
      connection_id: buying.id,
      account_id: selling.account_id,
      location_id: location.id,
      employee_id: employee.id,
      exemption_id: tax_exemption.id,
      member_id: members[0].id,
      flag: "retailer_connections",
      sequence: "1",
    }),
  }
}
