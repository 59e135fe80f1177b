/** What a distributor answers to a purchase order, and to the wish to cancel it. */
export const ORDER_ANSWERS = ["accepted", "refused", "cancel_accepted", "cancel_refused"] as const
export type OrderAnswer = (typeof ORDER_ANSWERS)[number]
