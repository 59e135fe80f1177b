import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import { defineMachine } from "../../../lib/state-machine/state-machine"
import type { CreditEntryKind } from "./credit-entry"

export type ReservationStatus = "reserved" | "suspended" | "posted" | "void" | "unposted"
export type ReservationEvent = "post" | "void" | "unpost" | "restore" | "suspend" | "resume"
export type ReservationCondition = "takes_all" | "leaves_part"

/**
 * One order's credit: reserved at placement, posted by approval, voided by rejection, unposted by a
 * cancellation after approval (in parts where a part is invoiced already). `restore` undoes a post
 * when an approval is refused at a later step. `suspend` gives the credit of an order back that is put
 * on hold, `resume` takes it again, as much as the order then costs.
 */
export const reservationMachine = defineMachine<
  ReservationStatus,
  ReservationEvent,
  ReservationCondition
>({
  document: "Credit reservation",
  states: ["reserved", "suspended", "posted", "void", "unposted"],
  initial: "reserved",
  transitions: [
    { event: "post", from: ["reserved"], to: "posted" },
    { event: "void", from: ["reserved", "suspended"], to: "void" },
    { event: "unpost", from: ["posted"], to: "unposted", when: "takes_all" },
    { event: "unpost", from: ["posted"], to: "posted", when: "leaves_part" },
    { event: "restore", from: ["posted"], to: "reserved" },
    { event: "suspend", from: ["reserved"], to: "suspended" },
    { event: "resume", from: ["suspended"], to: "reserved" },
  ],
})

export interface ReservationEntry {
  readonly kind: CreditEntryKind
  readonly balance_delta: Amount
  readonly reserved_delta: Amount
}

export interface Reservation {
  readonly status: ReservationStatus
  readonly reserved: Amount
  readonly posted: Amount
}

/**
 * The reservation as its entries, oldest first, leave it. The status is derived and never stored,
 * so that it cannot disagree with the ledger.
 */
export function reservationFrom(
  entries: readonly ReservationEntry[],
  currencyCode: string
): Reservation {
  const posted = sumAmounts(entries.map((entry) => entry.balance_delta), currencyCode)
  const reserved = sumAmounts(entries.map((entry) => entry.reserved_delta), currencyCode)
  return { status: statusAfter(entries[entries.length - 1].kind, posted), reserved, posted }
}

/**
 * How much an unpost takes: all that is posted unless an amount is given.
 *
 * @throws WholesaleError 409 `unpost_exceeds_posted` with `posted`, `amount`, `over_by`
 */
export function amountToUnpost(posted: Amount, amount: Amount | undefined): Amount {
  if (amount === undefined) {
    return posted
  }
  if (MathBN.gt(amount, posted)) {
    throw new WholesaleError(
      409,
      "unpost_exceeds_posted",
      `${amount} cannot be taken back: only ${posted} of the reservation is posted.`,
      { posted, amount, over_by: MathBN.sub(amount, posted).toFixed() }
    )
  }
  return amount
}

function statusAfter(lastKind: CreditEntryKind, posted: Amount): ReservationStatus {
  switch (lastKind) {
    case "post":
      return "posted"
    case "suspend":
      return "suspended"
    case "void":
      return "void"
    case "unpost":
      return MathBN.eq(posted, 0) ? "unposted" : "posted"
    default:
      return "reserved"
  }
}
