import { Table } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"

interface PagerProps {
  readonly count: number
  readonly pageSize: number
  /** From 0. */
  readonly page: number
  readonly onChange: (page: number) => void
}

/** The way from page to page; nothing where there is one alone. */
export function Pager({ count, pageSize, page, onChange }: PagerProps) {
  const t = useT()
  const pageCount = Math.ceil(count / pageSize)
  return pageCount <= 1 ? null : (
    <Table.Pagination
      count={count}
      pageSize={pageSize}
      pageIndex={page}
      pageCount={pageCount}
      canPreviousPage={page > 0}
      canNextPage={page < pageCount - 1}
      previousPage={() => onChange(page - 1)}
      nextPage={() => onChange(page + 1)}
      translations={{
        of: t("pages.of"),
        results: t("pages.results"),
        pages: t("pages.pages"),
        prev: t("pages.prev"),
        next: t("pages.next"),
      }}
    />
  )
}
