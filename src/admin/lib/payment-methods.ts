/** How money comes in and goes out. */
export const PAYMENT_METHODS = ["bank_transfer", "card", "cash", "check", "direct_debit", "other"] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]
