export const HOLD_KINDS = ["soft", "hard", "past_due", "manual"] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

export const HOLD_BASES = ["account", "group", "order"] as const
export type HoldBasis = (typeof HOLD_BASES)[number]

/**
 * `released`: its reason is gone, or a person took the manual hold away; `overridden`: a person let the
 * order go on in spite of it; `declined`: a person turned the order down; `cancelled`: the order ended.
 */
export const HOLD_STATUSES = ["active", "released", "overridden", "declined", "cancelled"] as const
export type HoldStatus = (typeof HOLD_STATUSES)[number]

export const DECISION_KINDS = ["approve", "partial", "decline"] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

export const NOTICE_EVENTS = ["held", "released", "approved", "partially_approved", "declined"] as const
export type NoticeEvent = (typeof NOTICE_EVENTS)[number]
