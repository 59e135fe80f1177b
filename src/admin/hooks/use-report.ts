import { keepPreviousData, useQuery } from "@tanstack/react-query"

import { request, type ApiError, type Query } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import { useStoreId } from "./use-store-id"

/** What a report says for these days; the answer before stays until the next one is there. */
export function useReport<Answer>(path: string, query: Query = {}) {
  const storeId = useStoreId()
  const { data, error, isFetching } = useQuery<Answer, ApiError>({
    queryKey: queryKeys.list(storeId, path, query),
    queryFn: ({ signal }) => request<Answer>({ path, query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  return { answer: data, error, isPending: isFetching }
}
