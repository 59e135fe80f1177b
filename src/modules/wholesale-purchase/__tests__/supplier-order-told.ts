/** What a supplier's order tells besides number and status, where it is whole and waits for nothing. */
export const TOLD = {
  parent_id: null,
  children: [],
  on_hold: null,
  totals: { subtotal: "1200.00", charge_total: "0.00", tax_total: "0.00", total: "1200.00" },
  lines: [],
  tracking: [],
  summary: { tax_summary: [], pickup: null, rejection_reason: null, cancel_reason: null, goods_returned: null },
}
