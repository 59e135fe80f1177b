import { createDataTableColumnHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { isLate } from "../../lib/calendar-day"
import { resources } from "../../lib/resources"
import type { Account } from "../../lib/types/accounts"
import type { OpenItem } from "../../lib/types/receivables"
import { StatusBadge } from "../common/status-badge"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<OpenItem>()

/** What is still to be paid of an account, what is due first at the top. */
export function OpenItemList({ account }: { account: Account }) {
  const t = useT()
  const day = useDay()
  const money = (amount: number) => amountText(amount, account.currency_code)
  return (
    <RowList
      resource={resources.openItems(account.id)}
      prefix="open"
      heading={t("openItems.title")}
      searchable={false}
      getRowId={({ invoice_id }) => invoice_id}
      rowHref={({ invoice_id }) => `/wholesale/invoices/${invoice_id}`}
      emptyText={t("openItems.empty")}
      columns={[
        column.accessor("number", { header: t("fields.number") }),
        column.accessor("due_at", {
          header: t("fields.dueAt"),
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue())}</span>,
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ row: { original } }) => (
            <StatusBadge status={original.outstanding > 0 && isLate(original.due_at) ? "overdue" : original.status} />
          ),
        }),
        column.accessor("outstanding", {
          header: t("fields.outstanding"),
          align: "right",
          cell: ({ getValue }) => money(getValue()),
        }),
        column.accessor("late_charges", {
          header: t("lateCharges.title"),
          align: "right",
          cell: ({ getValue }) => (getValue() > 0 ? money(getValue()) : "–"),
        }),
        column.accessor("open", { header: t("allocating.open"), align: "right", cell: ({ getValue }) => money(getValue()) }),
      ]}
    />
  )
}
