import { keepPreviousData, useQuery } from "@tanstack/react-query"

import { request, type ApiError, type Query } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import type { Resource } from "../lib/resources"
import { useStoreId } from "./use-store-id"

type Page<Row> = Record<string, Row[]> & { count?: number; count_is_estimate?: boolean }

interface ReadOptions {
  readonly enabled?: boolean
  /** Reads again by itself while the page is open: the other side changes documents too. */
  readonly refreshEvery?: number
}

/** A page of rows. What is shown is always read again when a page opens: partners change it too. */
export function useRows<Row>(resource: Resource<Row>, query: Query = {}, options: ReadOptions = {}) {
  const storeId = useStoreId()
  const { data, error, isPending, isPlaceholderData } = useQuery<Page<Row>, ApiError>({
    queryKey: queryKeys.list(storeId, resource.path, query),
    queryFn: ({ signal }) => request<Page<Row>>({ path: resource.path, query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    enabled: options.enabled,
    refetchInterval: options.refreshEvery,
  })
  const rows = data?.[resource.many]
  return {
    rows,
    count: data?.count ?? rows?.length ?? 0,
    countIsEstimate: data?.count_is_estimate ?? false,
    error,
    isPending,
    isPlaceholderData,
  }
}

/** One row by its id. */
export function useRow<Row>(resource: Resource<Row>, id: string, options: ReadOptions = {}) {
  const storeId = useStoreId()
  const { data, error, isPending } = useQuery<Record<string, Row>, ApiError>({
    queryKey: queryKeys.row(storeId, resource.path, id),
    queryFn: ({ signal }) =>
      request<Record<string, Row>>({ path: `${resource.path}/${encodeURIComponent(id)}`, signal }),
    staleTime: 0,
    enabled: options.enabled,
    refetchInterval: options.refreshEvery,
    retry: false,
  })
  return { row: data?.[resource.one], error, isPending }
}
