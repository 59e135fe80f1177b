import type { z } from "@medusajs/framework/zod"

import type { totals } from "./parts"

/** The totals of an order, an invoice or a credit note as documents name them. */
export function totalsOf({ subtotal, charge_total, tax_total, total }: z.infer<typeof totals>): z.infer<typeof totals> {
  return { subtotal, charge_total, tax_total, total }
}
