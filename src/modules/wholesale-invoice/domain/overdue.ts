import { MathBN } from "@medusajs/framework/utils"

import { daysBetween } from "../../../lib/calendar/days"
import type { Amount } from "../../../lib/money/amount"

/**
 * Whether something is still to be paid after the day on which the document was due (UTC). Derived from
 * the clock, never stored.
 */
export function isOverdue(
  document: { readonly outstanding: Amount; readonly due_at: Date | string },
  now: Date
): boolean {
  return MathBN.gt(document.outstanding, 0) && daysBetween(new Date(document.due_at), now) > 0
}
