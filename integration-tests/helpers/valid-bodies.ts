import type { TradedRows } from "./traded-rows"

/** A body that each mutation would accept, so that what refuses it is not the body. */
export function validBodies(rows: TradedRows): Record<string, unknown> {
  const { variant_id, customer_id } = rows
  const at = (path: string) => rows.parameters(`/admin/wholesale/${path}`)
  const line = { sku: "LANTERN", quantity: 1 }
  const address = { name: "Shop", address_1: "1 Road", country_code: "us" }
  return {
    "POST /admin/wholesale/stores": { name: "Another", mode: "both", currency_code: "usd" },
    "POST /admin/wholesale/stores/:id": { name: "Renamed" },
    "POST /admin/wholesale/stores/:id/members": { actor_type: "user", actor_id: "user_1" },
    "POST /admin/wholesale/feature-flags/:flag": { enabled: true },
    "POST /admin/wholesale/relay": { relay_url: "https://relay.example.com" },
    "POST /admin/wholesale/connections": { code: "22-2222" },
    "POST /admin/wholesale/connections/:id/approve": { credit_limit: 1 },
    "POST /admin/wholesale/accounts": { company_name: "Shop" },
    "POST /admin/wholesale/accounts/:id": { company_name: "Shop" },
    "POST /admin/wholesale/accounts/:id/locations": address,
    "POST /admin/wholesale/accounts/:id/locations/:location_id": { name: "Door" },
    "POST /admin/wholesale/accounts/:id/employees": { customer_id },
    "POST /admin/wholesale/accounts/:id/tax-exemptions": {
      category: "E",
      certificate_number: "2",
      reason: "Resale",
    },
    "POST /admin/wholesale/accounts/:id/statement/store-document": { from: "2026-01-01", to: "2026-01-31" },
    "POST /admin/wholesale/credit-accounts/:account_id": { credit_limit: 1 },
    "POST /admin/wholesale/credit-accounts/:account_id/adjust": { amount: 1, reason: "Because" },
    "POST /admin/wholesale/credit-accounts/:account_id/write-off": { amount: 1, reason: "Because" },
    "POST /admin/wholesale/price-tiers": { name: "Gold", free_shipping_from: 500 },
    "POST /admin/wholesale/price-tiers/:id": { name: "Silver" },
    "POST /admin/wholesale/charge-rules": { kind: "shipping", name: "Freight", amount: 15 },
    "POST /admin/wholesale/charge-rules/:id": { active: false },
    "POST /admin/wholesale/credit-groups": { name: "Family" },
    "POST /admin/wholesale/credit-groups/:id": { name: "Families" },
    "POST /admin/wholesale/credit-holds": { account_id: at("accounts").id, reason: "Because" },
    "POST /admin/wholesale/credit-holds/:id/lift": { reason: "Because" },
    "POST /admin/wholesale/orders/:id/decide-credit": { decision: "approve", reason: "Because" },
    "POST /admin/wholesale/catalog/items": { items: [{ variant_id, wholesale_price: 1 }] },
    "POST /admin/wholesale/catalog/items/:id": { wholesale_price: 1 },
    "POST /admin/wholesale/suppliers/:connection_id/mappings": {
      mappings: [{ supplier_sku: "LANTERN", variant_id: null }],
    },
    "POST /admin/wholesale/orders": {
      account_id: at("accounts").id,
      fulfilment_method: "shipping",
      lines: [line],
    },
    "POST /admin/wholesale/orders/:id/edit": { lines: [line] },
    "POST /admin/wholesale/orders/:id/reject": { reason: "Because" },
    "POST /admin/wholesale/orders/:id/cancel": { reason: "Because", goods_returned: true },
    "POST /admin/wholesale/orders/:id/refuse-cancel-request": { reason: "Because" },
    "POST /admin/wholesale/invoices": { account_id: at("accounts").id },
    "POST /admin/wholesale/invoices/:id/store-document": { format: "factur_x" },
    "POST /admin/wholesale/invoices/:id/void": { reason: "Because" },
    "POST /admin/wholesale/invoices/:id/write-off": { reason: "Because" },
    "POST /admin/wholesale/invoices/:id/undo-write-off": { reason: "Because" },
    "POST /admin/wholesale/payments": { invoice_id: at("invoices").id, amount: 1, method: "cash" },
    "POST /admin/wholesale/payments/:id/void": { reason: "Because" },
    ...creditVerbs("payments"),
    ...creditVerbs("credit-notes"),
    "POST /admin/wholesale/invoices/:id/late-charges": { kind: "fee", amount: 1 },
    "POST /admin/wholesale/late-charges/:id/void": { reason: "Because" },
    "POST /admin/wholesale/bank-statements/match": {
      csv: "Date,Amount,Details\n2026-01-31,10,INV",
      columns: { date: "Date", amount: "Amount", reference: "Details" },
    },
    "POST /admin/wholesale/dunning-levels": { levels: [{ days_late: 10, fee: 5, interest_percent: 8 }] },
    "POST /admin/wholesale/receivable-settings": { write_off_tolerance: 1, settle_first: null },
    "POST /admin/wholesale/credit-notes/:id/store-document": { format: "ubl" },
    "POST /admin/wholesale/credit-notes": { invoice_id: at("invoices").id, amount: 1, reason: "Because" },
    "POST /admin/wholesale/purchase-orders": {
      connection_id: at("suppliers").connection_id,
      fulfilment_method: "shipping",
      lines: [line],
    },
    "POST /admin/wholesale/purchase-orders/:id": { note: "Ring twice" },
    "POST /admin/wholesale/purchase-orders/:id/request-cancel": { reason: "Because" },
    "POST /admin/wholesale/purchase-orders/:id/receipts": { lines: [{ line_id: "line", received: 1 }] },
  }
}

const creditVerbs = (resource: "payments" | "credit-notes") => ({
  [`POST /admin/wholesale/${resource}/:id/allocate`]: { strategy: "due_date" },
  [`POST /admin/wholesale/${resource}/:id/unallocate`]: { reason: "Because" },
  [`POST /admin/wholesale/${resource}/:id/refund`]: { amount: 1, method: "cash" },
})
