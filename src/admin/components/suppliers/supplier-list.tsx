import { createDataTableColumnHelper } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Supplier } from "../../lib/types/catalog"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<Supplier>()

export function SupplierList() {
  const t = useT()
  return (
    <RowList
      resource={resources.suppliers}
      heading={t("nav.suppliers")}
      subHeading={t("suppliers.text")}
      getRowId={({ connection_id }) => connection_id}
      rowHref={({ connection_id }) => `/wholesale/suppliers/${connection_id}`}
      emptyText={t("suppliers.empty")}
      columns={[
        column.accessor("name", {
          header: t("fields.supplier"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue()} />,
        }),
        column.accessor("item_count", { header: t("suppliers.items"), align: "right" }),
        column.accessor("currency_code", {
          header: t("fields.currency"),
          cell: ({ getValue }) => getValue()?.toUpperCase() ?? "–",
        }),
      ]}
    />
  )
}
