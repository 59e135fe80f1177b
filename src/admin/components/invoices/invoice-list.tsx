import { createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Invoice, InvoiceStatus } from "../../lib/types/invoices"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<Invoice>()
const filter = createDataTableFilterHelper<Invoice & { overdue: boolean }>()
export const INVOICE_STATUSES: readonly InvoiceStatus[] = ["issued", "partially_paid", "paid", "credited", "written_off", "void"]

interface InvoiceListProps {
  /** Only this account's invoices, on the account's own page. */
  readonly accountId?: string
}

export function InvoiceList({ accountId }: InvoiceListProps) {
  const t = useT()
  const day = useDay()
  return (
    <RowList
      resource={resources.invoices}
      query={{ account_id: accountId }}
      prefix={accountId && "invoices"}
      heading={t("nav.invoices")}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/invoices/${id}`}
      emptyText={t("invoices.empty")}
      filters={[
        filter.accessor("status", {
          type: "multiselect",
          label: t("fields.status"),
          options: INVOICE_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
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
        column.accessor("number", { header: t("fields.number") }),
        ...(accountId
          ? []
          : [
              column.display({
                id: "orders",
                header: t("fields.order"),
                cell: ({ row }) => (
                  <Truncated text={row.original.orders.map(({ order_number }) => order_number).join(", ")} />
                ),
              }),
            ]),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ row: { original } }) => (
            <StatusBadge status={original.is_overdue ? "overdue" : original.status} />
          ),
        }),
        column.accessor("issued_at", {
          header: t("fields.issuedAt"),
          cell: ({ getValue }) => day(getValue()),
          enableSorting: true,
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
          enableSorting: true,
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
