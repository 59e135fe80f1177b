import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"

import { request, type ApiError } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import type { OpenItem } from "../lib/types/receivables"
import { useStoreId } from "./use-store-id"

const PAGE_SIZE = 200

interface OpenItemsPage {
  readonly open_items: OpenItem[]
  readonly count: number
  readonly open_total: number
}

/** What a payment of the account can settle; long accounts come in pages. */
export function useOpenItems(accountId: string) {
  const storeId = useStoreId()
  const path = `accounts/${accountId}/open-items`
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery<
    OpenItemsPage,
    ApiError,
    { pages: OpenItemsPage[] },
    readonly unknown[],
    number
  >({
    queryKey: queryKeys.list(storeId, path, { limit: PAGE_SIZE }),
    queryFn: ({ signal, pageParam }) => request({ path, query: { limit: PAGE_SIZE, offset: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ count }, pages) =>
      pages.length * PAGE_SIZE < count ? pages.length * PAGE_SIZE : undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    enabled: accountId !== "",
  })
  const pages = data?.pages ?? []
  return {
    items: pages.flatMap(({ open_items }) => open_items),
    count: pages[0]?.count,
    openTotal: pages[0]?.open_total,
    error,
    isPending: isFetching,
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
  }
}
