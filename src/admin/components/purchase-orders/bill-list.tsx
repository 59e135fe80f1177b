import { createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Bill } from "../../lib/types/invoices"
import { StatusBadge } from "../common/status-badge"
import { RowList } from "../list/row-list"

const BILL_STATUSES: readonly Bill["status"][] = ["issued", "partially_paid", "paid", "credited", "void"]
const column = createDataTableColumnHelper<Bill>()
const filter = createDataTableFilterHelper<Bill & { overdue: boolean }>()

/** What suppliers invoiced; each row leads to the purchase order it is for. */
export function BillList() {
  const t = useT()
  const day = useDay()
  return (
    <RowList
      resource={resources.bills}
      heading={t("nav.bills")}
      subHeading={t("bills.text")}
      getRowId={({ id }) => id}
      rowHref={({ orders: [{ purchase_order_id }] }) =>
        purchase_order_id ? `/wholesale/purchase-orders/${purchase_order_id}` : "/wholesale/bills"
      }
      emptyText={t("bills.empty")}
      filters={[
        filter.accessor("status", {
          type: "multiselect",
          label: t("fields.status"),
          options: BILL_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        }),
        filter.accessor("overdue", {
          type: "radio",
          label: t("status.overdue"),
          options: [
            { value: "true", label: t("common.yes") },
            { value: "false", label: t("common.no") },
          ],
        }),
      ]}
      columns={[
        column.accessor("invoice_number", { header: t("fields.number") }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ row: { original } }) => (
            <StatusBadge status={original.is_overdue ? "overdue" : original.status} />
          ),
        }),
        column.accessor("due_at", {
          header: t("fields.dueAt"),
          cell: ({ getValue }) => day(getValue()),
          enableSorting: true,
        }),
        column.accessor("total", {
          header: t("fields.total"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
        column.accessor("outstanding", {
          header: t("fields.outstanding"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
      ]}
    />
  )
}
