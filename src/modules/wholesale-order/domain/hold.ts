/** Why an order waits for a decision on credit. The reasons themselves, with their figures, are credit's. */
export const HOLD_KINDS = ["soft", "hard", "past_due", "manual"] as const
export type HoldKind = (typeof HOLD_KINDS)[number]
