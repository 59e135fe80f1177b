import { createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useHoldText } from "../../hooks/use-hold-text"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { CreditHold, HoldKind, HoldStatus } from "../../lib/types/credit"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"
import { HoldKindBadge } from "./hold-kind-badge"

const column = createDataTableColumnHelper<CreditHold>()
const filter = createDataTableFilterHelper<CreditHold>()
const KINDS: readonly HoldKind[] = ["soft", "hard", "past_due", "manual"]
const STATUSES: readonly HoldStatus[] = ["active", "released", "overridden", "declined", "cancelled"]
const REFRESH_EVERY_MS = 30_000

/** Whether the list shows all that waits, and nothing else. */
function useIsOfWaiting(): boolean {
  const [search] = useSearchParams()
  return search.get("status")?.replaceAll('"', "") === "active" && !search.has("kind")
}

/** What waits for a decision on credit, and what was decided; one row a reason. */
export function HoldList() {
  const t = useT()
  const day = useDay()
  const holdText = useHoldText()
  const isOfWaiting = useIsOfWaiting()
  return (
    <RowList
      resource={resources.creditHolds}
      heading={t("holds.title")}
      subHeading={t(isOfWaiting ? "holds.text" : "holds.textOfAll")}
      searchable={false}
      refreshEvery={REFRESH_EVERY_MS}
      emptyText={t("holds.none")}
      nothingFoundText={isOfWaiting ? t("holds.empty") : undefined}
      getRowId={({ id }) => id}
      rowHref={({ order_id, account_id }) =>
        order_id === null ? `/wholesale/accounts/${account_id}` : `/wholesale/orders/${order_id}`
      }
      filters={[
        filter.accessor("status", {
          type: "radio",
          label: t("fields.status"),
          options: STATUSES.map((value) => ({ value, label: t(`holds.statuses.${value}`) })),
        }),
        filter.accessor("kind", {
          type: "radio",
          label: t("fields.kind"),
          options: KINDS.map((value) => ({ value, label: t(`holds.kinds.${value}`) })),
        }),
      ]}
      columns={[
        column.accessor("kind", {
          header: t("fields.kind"),
          cell: ({ getValue }) => <HoldKindBadge kind={getValue()} />,
        }),
        column.accessor("account.company_name", {
          header: t("fields.account"),
          cell: ({ row }) => <Truncated text={row.original.account?.company_name} />,
        }),
        column.accessor("order_number", {
          header: t("fields.order"),
          cell: ({ row: { original } }) =>
            original.order_id === null ? (
              <span className="text-ui-fg-muted whitespace-nowrap">{t("holds.newOrders")}</span>
            ) : (
              <span className="whitespace-nowrap">{original.order_number ?? original.order_id}</span>
            ),
        }),
        column.accessor("amount", {
          header: t("fields.amount"),
          align: "right",
          cell: ({ row: { original } }) =>
            original.currency_code ? amountText(original.amount, original.currency_code) : "–",
        }),
        column.display({
          id: "why",
          header: t("fields.reason"),
          cell: ({ row }) => <Truncated text={holdText(row.original).short} />,
        }),
        column.accessor("waiting_since", {
          header: t("holds.since"),
          enableSorting: true,
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue(), true)}</span>,
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue() === "active" ? "waiting" : getValue()} />,
        }),
      ]}
    />
  )
}
