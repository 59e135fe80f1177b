import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"

import { request, type ApiError } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import type { CreditStatement } from "../lib/types/credit"
import { useStoreId } from "./use-store-id"

const PAGE_SIZE = 500

interface Period {
  readonly from?: string
  readonly to?: string
}

/** The ledger of an account over a period, this month where none is given; long ones come in pages. */
export function useCreditStatement(accountId: string, period: Period) {
  const storeId = useStoreId()
  const path = `credit-accounts/${accountId}/statement`
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery<
    { statement: CreditStatement },
    ApiError,
    { pages: { statement: CreditStatement }[] },
    readonly unknown[],
    number
  >({
    queryKey: queryKeys.list(storeId, path, { ...period }),
    queryFn: ({ signal, pageParam }) =>
      request({ path, query: { ...period, limit: PAGE_SIZE, after: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ statement: { entries } }) =>
      entries.length === PAGE_SIZE ? entries[entries.length - 1].sequence : undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const pages = data?.pages.map(({ statement }) => statement) ?? []
  return {
    statement: pages.length > 0 ? { ...pages[0], entries: pages.flatMap(({ entries }) => entries) } : undefined,
    error,
    isPending: isFetching,
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
  }
}
