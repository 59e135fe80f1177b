import { MathBN } from "@medusajs/framework/utils"

import { daysBetween } from "../../../lib/calendar/days"
import type { InvoiceFigures } from "./invoice-machine"
import { outstandingOf } from "./invoice-machine"

/**
 * Whether something is still to be paid after the day on which the invoice was due (UTC). Derived from
 * the clock, never stored.
 */
export function isOverdue(
  invoice: InvoiceFigures & { readonly due_at: Date | string },
  now: Date
): boolean {
  return MathBN.gt(outstandingOf(invoice), 0) && daysBetween(new Date(invoice.due_at), now) > 0
}
