import type { z } from "@medusajs/framework/zod"

import type * as credit from "../../../schemas/credit"

// What the API says of credit. Amounts are numbers in major units; in the figures of a hold they are decimal strings.

/** Why an order waits for a decision on credit. */
export type HoldKind = z.output<typeof credit.holdKind>

export type CreditPolicy = "block" | "hold"

/** A limit and its lines, of an account or shared by a group. */
export interface LimitRules {
  /** Null: no limit; 0: nothing on account. */
  credit_limit: number | null
  policy: CreditPolicy
  /** Percent of the limit. */
  soft_threshold_percent: number | null
  hard_threshold_percent: number | null
}

export interface CreditAccount extends LimitRules {
  account_id: string
  balance: number
  reserved: number
  exposure: number
  available: number | null
  currency_code: string
  past_due_days: number | null
  past_due_tolerance: number | null
  group_id: string | null
}

export interface CreditGroupMember {
  account_id: string
  company_name: string | null
  balance: number
  reserved: number
  exposure: number
}

export interface CreditGroup extends LimitRules {
  id: string
  name: string
  currency_code: string
  exposure: number
  available: number | null
  account_ids: string[]
  members?: CreditGroupMember[]
}

export interface CreditEntry {
  id: string
  sequence: number
  kind: string
  /** From when it counts; `created_at` is when it was booked. */
  effective_at: string
  balance_delta: number
  reserved_delta: number
  balance_after: number
  reserved_after: number
  reference_type: string
  reference_id: string
  reason: string | null
  created_at: string
}

interface LedgerTotals {
  balance: number
  reserved: number
}

/** The ledger over a period of days: opening + moved = closing, and one page of the entries by when they count from. */
export interface CreditStatement {
  currency_code: string
  from: string
  to: string
  opening: LedgerTotals
  moved: LedgerTotals
  closing: LedgerTotals
  /** With the balance after each in this order, which is not that of booking. */
  entries: (CreditEntry & { balance: number })[]
  count: number
}

export interface AmountFigures {
  currency_code: string
  limit: string
  /** The percentage of the limit that was passed; "100" where it is the limit itself. */
  threshold_percent: string
  threshold: string
  exposure: string
  order_amount: string
  exposure_after: string
  used_percent: string | null
  over_by: string
  prepaid: boolean
  group_id: string | null
}

export interface PastDueFigures {
  currency_code: string
  amount: string
  oldest_due_on: string
  days_late: number
  past_due_days: number
  tolerance: string
}

export interface ManualFigures {
  hold_id: string
  reason: string
}

/** One reason, with its figures. `basis` says whose rule it is. */
export type HoldReason =
  | { kind: "soft" | "hard"; basis: "account" | "group"; figures: AmountFigures }
  | { kind: "past_due"; basis: "account"; figures: PastDueFigures }
  | { kind: "manual"; basis: "account" | "order"; figures: ManualFigures }

export type HoldStatus = NonNullable<z.output<typeof credit.listCreditHolds>["status"]>

/** A reason why an order waits; without an order, why all new orders of the account do. */
export type CreditHold = HoldReason & {
  id: string
  account_id: string
  order_id: string | null
  order_number?: string | null
  account?: { id: string; company_name: string | null }
  status: HoldStatus
  reason: string | null
  amount: number | null
  /** Of the order. */
  currency_code?: string | null
  waiting_since: string
  placed_at: string
  actor_type: string
  actor_id: string
  ended_at: string | null
  end_reason: string | null
}

export interface CreditDecision {
  id: string
  order_id: string
  kind: "approve" | "partial" | "decline"
  is_override: boolean
  /** What went on; null when declined. */
  amount: number | null
  /** Of a partial decision: the order in which the rest waits. */
  child_order_id: string | null
  reason: string
  figures: HoldReason[]
  actor_type: string
  actor_id: string
  decided_at: string
}
