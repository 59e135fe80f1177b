/** How goods come to the buyer. */
export const FULFILMENT_METHODS = ["shipping", "local_delivery", "pickup", "in_store"] as const
export type FulfilmentMethod = (typeof FULFILMENT_METHODS)[number]

const COLLECTED: readonly FulfilmentMethod[] = ["pickup", "in_store"]

/** Whether the buyer fetches the goods, which are brought otherwise. */
export function isCollected(method: FulfilmentMethod): boolean {
  return COLLECTED.includes(method)
}
