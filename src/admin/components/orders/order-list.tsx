import { clx, createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Order, OrderStatus } from "../../lib/types/orders"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"
import { HoldBadge } from "./hold-badge"

const column = createDataTableColumnHelper<Order>()
const filter = createDataTableFilterHelper<Order & { cancel_requested: boolean; held: boolean }>()
const STATUSES: readonly OrderStatus[] = [
  "pending",
  "approved",
  "packing",
  "packed",
  "shipped",
  "out_for_delivery",
  "ready_for_pickup",
  "delivered",
  "picked_up",
  "backordered",
  "rejected",
  "cancelled",
]

interface OrderListProps {
  /** Only this account's orders, on the account's own page. */
  readonly accountId?: string
}

export function OrderList({ accountId }: OrderListProps) {
  const t = useT()
  const day = useDay()
  return (
    <RowList
      resource={resources.orders}
      query={{ account_id: accountId }}
      prefix={accountId && "orders"}
      heading={t("nav.orders")}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/orders/${id}`}
      emptyText={t("orders.empty")}
      actions={accountId ? [] : [{ label: t("orders.create"), to: "create" }]}
      filters={[
        filter.accessor("status", {
          type: "multiselect",
          label: t("fields.status"),
          options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        }),
        filter.accessor("held", {
          type: "radio",
          label: t("orders.held"),
          options: [
            { value: "true", label: t("common.yes") },
            { value: "false", label: t("common.no") },
          ],
        }),
        filter.accessor("cancel_requested", {
          type: "radio",
          label: t("status.cancel_requested"),
          options: [
            { value: "true", label: t("common.yes") },
            { value: "false", label: t("common.no") },
          ],
        }),
      ]}
      columns={[
        column.accessor("number", {
          header: t("fields.number"),
          cell: ({ getValue }) => getValue() ?? t("status.draft"),
          enableSorting: true,
        }),
        ...(accountId
          ? []
          : [
              column.accessor("account.company_name", {
                header: t("fields.account"),
                cell: ({ row }) => <Truncated text={row.original.account?.company_name} />,
              }),
            ]),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue, row }) => (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1">
              <StatusBadge status={getValue()} />
              <HoldBadge kinds={row.original.hold_kinds} />
            </span>
          ),
        }),
        ...(accountId
          ? []
          : [
              column.accessor("fulfilment_method", {
                header: t("fields.fulfilmentMethod"),
                cell: ({ getValue }) => t(`methods.${getValue()}`),
              }),
            ]),
        column.accessor("purchase_order_number", {
          header: t("fields.theirNumber"),
          cell: ({ getValue }) => (
            <span title={getValue() ?? undefined} className={clx("block truncate", accountId ? "max-w-24" : "max-w-40")}>
              {getValue() ?? "–"}
            </span>
          ),
        }),
        column.accessor("created_at", {
          header: t("fields.placedAt"),
          cell: ({ row }) => day(row.original.placed_at ?? row.original.created_at),
          enableSorting: true,
        }),
        column.accessor("total", {
          header: t("fields.total"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
      ]}
    />
  )
}
