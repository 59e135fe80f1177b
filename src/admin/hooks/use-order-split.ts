import { useQuery } from "@tanstack/react-query"

import { request, type ApiError } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import type { OrderSplit } from "../lib/types/orders"
import { useSettled } from "./use-settled"
import { useStoreId } from "./use-store-id"

const TYPING_MS = 300
const AMOUNT = /^(?=.*[1-9])\d{1,12}(\.\d{1,8})?$/

export interface SplitPreview {
  /** Of the amount as it is typed now; undefined until that is known. */
  readonly split: OrderSplit | undefined
  readonly error: ApiError | null
  readonly isPending: boolean
}

/** What an amount would make of an order, while it is typed. */
export function useOrderSplit(orderId: string, amount: string): SplitPreview {
  const typed = amount.trim()
  const settled = useSettled(typed, TYPING_MS)
  const isAmount = AMOUNT.test(typed)
  const isKnown = isAmount && settled === typed
  const { data, error, isFetching } = useSplit(orderId, settled, isKnown)
  return {
    split: isKnown ? data?.split : undefined,
    error: isKnown ? error : null,
    isPending: isFetching || (isAmount && !isKnown),
  }
}

/** What the lines that hold an order leave room for: an amount, 0, or undefined while that is not known. */
export function useRoomFor(orderId: string, options: { readonly enabled: boolean }): number | undefined {
  const { data, error } = useSplit(orderId, undefined, options.enabled)
  return error?.code === "nothing_fits" ? 0 : data?.split.amount
}

function useSplit(orderId: string, amount: string | undefined, enabled: boolean) {
  const storeId = useStoreId()
  const path = `orders/${orderId}/split-preview`
  return useQuery<{ split: OrderSplit }, ApiError>({
    queryKey: queryKeys.list(storeId, path, { amount }),
    queryFn: ({ signal }) => request({ path, query: { amount }, signal }),
    staleTime: 0,
    retry: false,
    enabled,
  })
}
