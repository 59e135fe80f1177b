import { z } from "@medusajs/framework/zod"

import { amount, calendarDay, currencyCode, listQuery, nonNegativeAmount, positiveAmount, reason, rowId, text } from "./common"

/** Percent of the limit, above 0 and up to 100, as a number or a decimal string. */
const threshold = z
  .union([z.number(), z.string().trim()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, "must be a percentage, such as 80"))

const limitRules = {
  /** `null` means no limit, `0` nothing on account. */
  credit_limit: nonNegativeAmount.nullable().optional(),
  /** Beyond the limit an order is refused (`block`) or waits for a decision (`hold`). */
  policy: z.enum(["block", "hold"]).optional(),
  soft_threshold_percent: threshold.nullable().optional(),
  hard_threshold_percent: threshold.nullable().optional(),
}

const creditRules = {
  ...limitRules,
  past_due_days: z.number().int().min(0).max(3_650).nullable().optional(),
  past_due_tolerance: nonNegativeAmount.nullable().optional(),
}

/** What accounts begin with; what is left out is not set. */
export const defaultCredit = z.strictObject(creditRules)

export const updateCreditAccount = z.strictObject({
  ...creditRules,
  group_id: rowId.nullable().optional(),
  reason: reason.optional(),
})
export const listCreditAccounts = listQuery({})
export const listCreditEntries = listQuery({})
export const listCreditChanges = listQuery({})
export const listCreditGroups = listQuery({ currency_code: currencyCode.optional() })
/** The days of the period, the last one included; this month up to today where they are not given. */
export const creditStatement = z.strictObject({
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** The sequence of the last entry of the page before. */
  after: z.coerce.number().int().min(0).default(0),
})
/** Signed: more than zero raises what the account owes. */
export const adjustCredit = z.strictObject({ amount, reason })
export const writeOffCredit = z.strictObject({ amount: positiveAmount, reason })

export const createCreditGroup = z.strictObject({
  name: text(200),
  currency_code: currencyCode.optional(),
  ...limitRules,
})
export const updateCreditGroup = z.strictObject({
  name: text(200).optional(),
  ...limitRules,
  reason: reason.optional(),
})

export const holdKind = z.enum(["soft", "hard", "past_due", "manual"])
export const listCreditHolds = listQuery({
  account_id: rowId.optional(),
  order_id: rowId.optional(),
  kind: holdKind.optional(),
  /** Whose rule it is: the account's, its group's, or a person's for the order. */
  basis: z.enum(["account", "group", "order"]).optional(),
  status: z.enum(["active", "released", "overridden", "declined", "cancelled"]).optional(),
})
/** On an order, or on all orders to come of an account. */
export const placeCreditHold = z
  .strictObject({ account_id: rowId.optional(), order_id: rowId.optional(), reason })
  .refine(({ account_id, order_id }) => (account_id === undefined) !== (order_id === undefined), {
    message: "give either account_id or order_id",
    path: ["account_id"],
  })

export const decideOrderCredit = z
  .strictObject({
    decision: z.enum(["approve", "partial", "decline"]),
    /** Of a partial decision: as many units as it pays for go on, tax included. */
    amount: positiveAmount.optional(),
    /** Lets it go on beyond the hard line. */
    override: z.boolean().optional(),
    reason,
  })
  .refine(({ decision, amount: given }) => (decision === "partial") === (given !== undefined), {
    message: "is given with a partial decision, and with no other",
    path: ["amount"],
  })

/** What a partial decision over this amount, or over what there is room for, would make of an order. */
export const previewOrderSplit = z.strictObject({ amount: positiveAmount.optional() })
