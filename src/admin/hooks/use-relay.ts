import { useQuery } from "@tanstack/react-query"

import { request, type ApiError } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import type { RelayState } from "../lib/types/relay"
import { useWholesale } from "./use-wholesale"

/** The store's relay, its health and its channels in numbers. */
export function useRelay(options: { readonly refreshEvery?: number } = {}) {
  const { store } = useWholesale()
  const { data, error } = useQuery<RelayState, ApiError>({
    queryKey: queryKeys.relay(store.id),
    queryFn: ({ signal }) => request({ path: "relay", signal }),
    staleTime: 0,
    refetchInterval: options.refreshEvery,
  })
  return { state: data, error }
}
