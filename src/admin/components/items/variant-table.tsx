import { DataTable } from "@medusajs/dashboard/components"
import { createDataTableColumnHelper } from "@medusajs/ui"
import { keepPreviousData, useQuery } from "@tanstack/react-query"

import { useT } from "../../hooks/use-t"
import { useTableQuery } from "../../hooks/use-table-query"
import { sdk } from "../../lib/client"
import { queryKeys } from "../../lib/query-keys"
import { Truncated } from "../common/truncated"

const PAGE_SIZE = 20

export interface PickedVariant {
  readonly id: string
  readonly sku: string
  readonly title: string
}

const column = createDataTableColumnHelper<PickedVariant>()

interface VariantTableProps {
  readonly picked: readonly PickedVariant[]
  readonly onPick: (picked: PickedVariant[]) => void
}

/** The variants of all products, to be ticked; those without a SKU cannot be ordered by one. */
export function VariantTable({ picked, onPick }: VariantTableProps) {
  const t = useT()
  const { limit, offset, q } = useTableQuery({ prefix: "variants", pageSize: PAGE_SIZE })
  const query = { limit: Number(limit), offset: Number(offset), q: q ? String(q) : undefined }
  const { data, isPending } = useQuery({
    queryKey: queryKeys.core("variant-table", query),
    queryFn: () => sdk.admin.productVariant.list({ ...query, fields: "id,title,sku,product.title" }),
    placeholderData: keepPreviousData,
  })
  const rows = (data?.variants ?? []).map(({ id, sku, title, product }) => ({
    id,
    sku: sku ?? "",
    title: [product?.title, title].filter(Boolean).join(" / "),
  }))
  const select = (selection: Readonly<Record<string, boolean>>) => {
    const known = new Map([...picked, ...rows].map((variant) => [variant.id, variant]))
    onPick(
      Object.entries(selection).flatMap(([id, isPicked]) => {
        const variant = known.get(id)
        return isPicked && variant ? [variant] : []
      })
    )
  }
  return (
    <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
      <DataTable
        prefix="variants"
        data={rows}
        rowCount={data?.count}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        getRowId={({ id }) => id}
        rowSelection={{
          state: Object.fromEntries(picked.map(({ id }) => [id, true])),
          onRowSelectionChange: select,
          enableRowSelection: ({ original }) => original.sku !== "",
        }}
        emptyState={{
          empty: { heading: t("list.empty"), description: t("items.noVariants") },
          filtered: { heading: t("list.nothingFound"), description: t("list.tryOther") },
        }}
        columns={[
          column.select(),
          column.accessor("sku", {
            header: t("fields.sku"),
            cell: ({ getValue }) => <Truncated text={getValue()} />,
          }),
          column.accessor("title", {
            header: t("fields.item"),
            cell: ({ getValue }) => <Truncated text={getValue()} />,
          }),
        ]}
      />
    </div>
  )
}
