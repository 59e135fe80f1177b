import { useQuery } from "@tanstack/react-query"

import { ApiError, request } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import { chooseStore } from "../lib/store-choice"
import type { WholesaleContext } from "../lib/types/store"
import { useStoreId } from "./use-store-id"

/**
 * Who the user is, which store they act for and which flags are on. A remembered store that is no
 * longer theirs is forgotten; of several stores the first is taken until they choose.
 */
export function useWholesaleContext(options: { enabled?: boolean; refetchOnMount?: "always" } = {}) {
  const storeId = useStoreId()
  return useQuery({
    queryKey: queryKeys.context(storeId),
    queryFn: () => fetchContext(storeId),
    staleTime: 30_000,
    retry: false,
    ...options,
  })
}

async function fetchContext(storeId: string | undefined): Promise<WholesaleContext> {
  try {
    const { context } = await request<{ context: WholesaleContext }>({ path: "context", storeId: storeId ?? null })
    const [first] = context.stores
    if (!context.store && first) {
      return await choose(first.id)
    }
    return context
  } catch (error) {
    if (storeId !== undefined && error instanceof ApiError && error.status === 404) {
      chooseStore(undefined)
      return fetchContext(undefined)
    }
    throw error
  }
}

async function choose(storeId: string): Promise<WholesaleContext> {
  const { context } = await request<{ context: WholesaleContext }>({ path: "context", storeId })
  chooseStore(storeId)
  return context
}
