import { DataTable, type DataTableProps } from "@medusajs/dashboard/components"
import { Container } from "@medusajs/ui"
import type { DataTableFilter } from "@medusajs/ui"
import type { ReactNode } from "react"

import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useTableQuery } from "../../hooks/use-table-query"
import type { Query } from "../../lib/client"
import type { Resource } from "../../lib/resources"
import { ErrorNotice } from "../common/error-notice"

const PAGE_SIZE = 20

interface RowListProps<Row> extends Pick<DataTableProps<Row>, "actions" | "rowHref" | "rowSelection"> {
  readonly resource: Resource<Row>
  readonly heading: string
  /** Gives way to a word about the count where that is an estimate. */
  readonly subHeading?: string
  readonly columns: DataTableProps<Row>["columns"]
  readonly filters?: DataTableFilter[]
  /** Members of the query that the user cannot change. */
  readonly query?: Query
  readonly getRowId: (row: Row) => string
  readonly emptyHeading?: string
  readonly emptyText: string
  /** Where the filters that are set deserve better than "try others". */
  readonly nothingFoundText?: string
  readonly searchable?: boolean
  /** Set where a page shows two lists, so that their state in the address does not mix. */
  readonly prefix?: string
  /** In milliseconds, for rows that come from partners and that somebody may be waiting for. */
  readonly refreshEvery?: number
  readonly children?: ReactNode
}

/** A list that searches, filters, sorts and pages on the server, and keeps its state in the address. */
export function RowList<Row>(props: RowListProps<Row>) {
  const { resource, query, refreshEvery, searchable = true, subHeading, children, ...rest } = props
  const { emptyHeading, emptyText, nothingFoundText, ...table } = rest
  const { filters, prefix, rowHref } = table
  const t = useT()
  const asked = useTableQuery({ prefix, pageSize: PAGE_SIZE, filters })
  const { rows, count, countIsEstimate, error, isPending } = useRows(
    resource,
    { ...asked, ...query },
    { refreshEvery }
  )

  if (error && !rows) {
    return (
      <Container>
        <ErrorNotice error={error} />
      </Container>
    )
  }
  return (
    <Container className="divide-y p-0">
      {children}
      <DataTable
        {...table}
        subHeading={countIsEstimate ? t("list.estimated", { number: count.toLocaleString() }) : subHeading}
        rowHref={rowHref && ((row: Row) => rowHref(dataOf(row)))}
        data={rows}
        rowCount={count}
        pageSize={PAGE_SIZE}
        enableSearch={searchable}
        isLoading={isPending}
        emptyState={{
          empty: { heading: emptyHeading ?? t("list.empty"), description: emptyText },
          filtered: { heading: t("list.nothingFound"), description: nothingFoundText ?? t("list.tryOther") },
        }}
      />
    </Container>
  )
}

/** The table names its own row to `rowHref`, whatever the type says: the data is in `original`. */
function dataOf<Row>(row: Row | { readonly original: Row }): Row {
  return isTableRow(row) ? row.original : row
}

function isTableRow<Row>(row: Row | { readonly original: Row }): row is { readonly original: Row } {
  return typeof row === "object" && row !== null && "original" in row
}
