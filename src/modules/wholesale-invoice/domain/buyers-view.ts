import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import type { BillStatus, InvoiceFigures, InvoiceStatus } from "./invoice-machine"

/** The states that an invoice which its buyer sees as in these may be in. */
export function statusesBehind(statuses: readonly BillStatus[]): InvoiceStatus[] {
  return statuses.flatMap((status) => (status === "issued" ? [status, "written_off" as const] : [status]))
}

export interface BuyersView {
  readonly status: BillStatus
  readonly outstanding: Amount
}

/**
 * An invoice's state and what is to be paid of it, as its buyer is told. That its seller has given up a part
 * is in the seller's books alone: the buyer owes it all the same.
 */
export function buyersView({
  status,
  outstanding,
  bad_debt,
  currency_code,
}: Pick<InvoiceFigures, "status" | "currency_code"> & {
  readonly outstanding: Amount
  readonly bad_debt: Amount
}): BuyersView {
  const owed = sumAmounts([outstanding, bad_debt], currency_code)
  if (status === "written_off") {
    return { status: "issued", outstanding: owed }
  }
  return { status: status === "paid" && MathBN.gt(owed, 0) ? "partially_paid" : status, outstanding: owed }
}
