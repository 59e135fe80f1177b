import { createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { PurchaseOrder, PurchaseOrderStatus } from "../../lib/types/purchase-orders"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<PurchaseOrder>()
const filter = createDataTableFilterHelper<PurchaseOrder>()
const STATUSES: readonly PurchaseOrderStatus[] = [
  "draft",
  "placed",
  "accepted",
  "refused",
  "cancel_requested",
  "receiving",
  "received",
  "closed",
  "cancelled",
]

export function PurchaseOrderList() {
  const t = useT()
  const day = useDay()
  return (
    <RowList
      resource={resources.purchaseOrders}
      heading={t("nav.purchaseOrders")}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/purchase-orders/${id}`}
      emptyText={t("purchaseOrders.empty")}
      actions={[{ label: t("purchaseOrders.create"), to: "create" }]}
      filters={[
        filter.accessor("status", {
          type: "multiselect",
          label: t("fields.status"),
          options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        }),
      ]}
      columns={[
        column.accessor("number", {
          header: t("fields.number"),
          cell: ({ getValue }) => getValue() ?? t("status.draft"),
        }),
        column.accessor("supplier_name", {
          header: t("fields.supplier"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue()} />,
        }),
        column.accessor("order_number", {
          header: t("fields.theirNumber"),
          cell: ({ getValue }) => getValue() ?? "–",
        }),
        column.accessor("order_status", {
          header: t("fields.orderStatus"),
          cell: ({ getValue }) => {
            const status = getValue()
            return status ? <StatusBadge status={status} /> : "–"
          },
        }),
        column.accessor("created_at", {
          header: t("fields.createdAt"),
          cell: ({ getValue }) => day(getValue()),
          enableSorting: true,
        }),
        column.accessor("total", {
          header: t("fields.total"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
          enableSorting: true,
        }),
      ]}
    />
  )
}
