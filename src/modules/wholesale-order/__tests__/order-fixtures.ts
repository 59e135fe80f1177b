import type { Actor } from "../../../lib/actor/actor"
import type { CreateDraftInput, DraftLine } from "../persistence/drafts"

export const STORE = "whstore_a"
export const ANNA: Actor = { actor_type: "user", actor_id: "user_anna" }
export const PATTERN = "B2B-{YYYY}-{SEQ:6}"
export const MAY = new Date("2026-05-04T10:00:00Z")

export const line = (sku: string, quantity: number, changes: Partial<DraftLine> = {}): DraftLine => ({
  sku,
  title: `Title of ${sku}`,
  quantity,
  unit_price: "100.00",
  tax_rate: "0",
  tax_code: null,
  tax_name: null,
  variant_id: `variant_${sku}`,
  purchase_order_line_id: `pol_${sku}`,
  ...changes,
})
export const draft = (changes: Partial<CreateDraftInput> = {}): CreateDraftInput => ({
  store_id: STORE,
  account_id: "whacc_1",
  connection_id: "whcon_1",
  source: "purchase_order",
  fulfilment_method: "shipping",
  currency_code: "gbp",
  ship_to: { country_code: "gb" },
  bill_to: { country_code: "gb" },
  terms: { type: "net", days: 30, discount: null },
  lines: [line("CUP", 12), line("PLATE", 3)],
  actor: ANNA,
  ...changes,
})
