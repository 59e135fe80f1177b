import { MathBN } from "@medusajs/framework/utils"

import type { InvoiceFigures } from "./invoice-machine"
import { outstandingOf } from "./invoice-machine"

const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000

/** Payment is due this many days of 24 hours after issue; 0 days means at once. */
export function dueDate(issuedAt: Date, termsDays: number): Date {
  return new Date(issuedAt.getTime() + termsDays * DAY_IN_MILLISECONDS)
}

/** Whether something is still to be paid after the due date. Derived from the clock, never stored. */
export function isOverdue(
  invoice: InvoiceFigures & { readonly due_at: Date | string },
  now: Date
): boolean {
  return (
    MathBN.gt(outstandingOf(invoice), 0) && new Date(invoice.due_at).getTime() < now.getTime()
  )
}
