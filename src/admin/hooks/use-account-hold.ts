import { resources } from "../lib/resources"
import { useRows } from "./use-rows"

/**
 * The hold that a person put on all new orders of an account, undefined where there is none. Orders that it holds
 * carry a copy of it each; the account's own is always the oldest.
 */
export function useAccountHold(accountId: string) {
  const { rows, error } = useRows(resources.creditHolds, {
    account_id: accountId,
    kind: "manual",
    basis: "account",
    status: "active",
    order: "placed_at",
    limit: 1,
  })
  return { hold: rows?.find(({ order_id }) => order_id === null), isKnown: Boolean(rows ?? error) }
}
