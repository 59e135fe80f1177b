import { Badge, createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { useDay } from "../../hooks/use-formats"
import { useNow } from "../../hooks/use-now"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { isPartnerQuiet } from "../../lib/relay-health"
import { resources } from "../../lib/resources"
import type { Connection } from "../../lib/types/connections"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<Connection>()
const filter = createDataTableFilterHelper<Connection>()
/** A distributor waits here for whoever was told a code. */
const REFRESH_EVERY_MS = 10_000
const STATUSES = ["requested", "active", "suspended", "rejected", "revoked"]

export function ConnectionList() {
  const t = useT()
  const day = useDay()
  const now = useNow(REFRESH_EVERY_MS)
  const { access } = useWholesale()
  return (
    <RowList
      resource={resources.connections}
      heading={t("nav.connections")}
      subHeading={t("connections.text")}
      refreshEvery={REFRESH_EVERY_MS}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/connections/${id}`}
      emptyText={t(access.sells ? "connections.emptyDistributor" : "connections.emptyRetailer")}
      actions={[
        ...(access.buys ? [{ label: t("connections.enterCode"), to: "enter-code" }] : []),
        ...(access.sells ? [{ label: t("connections.generateCode"), to: "generate-code" }] : []),
      ]}
      filters={[
        filter.accessor("status", {
          type: "radio",
          label: t("fields.status"),
          options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        }),
        filter.accessor("role", {
          type: "radio",
          label: t("fields.role"),
          options: ["distributor", "retailer"].map((value) => ({ value, label: t(`roles.${value}`) })),
        }),
      ]}
      columns={[
        column.accessor("partner_name", {
          header: t("fields.partner"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("role", {
          header: t("fields.ourRole"),
          cell: ({ getValue }) => t(`roles.${getValue()}`),
        }),
        column.accessor("transport", {
          header: t("fields.platform"),
          cell: ({ getValue }) => (
            <Badge size="2xsmall" className="whitespace-nowrap">
              {t(`transport.${getValue()}`)}
            </Badge>
          ),
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue, row: { original } }) => (
            <div className="flex items-center gap-x-2">
              <StatusBadge status={getValue()} />
              {(original.channel_status === "desync" || original.channel_status === "unreadable") && (
                <StatusBadge status={original.channel_status} />
              )}
              {isPartnerQuiet({ status: original.channel_status, partner_time: original.partner_time }, now) && (
                <StatusBadge status="quiet" />
              )}
            </div>
          ),
        }),
        column.accessor("requested_at", {
          header: t("fields.requestedAt"),
          cell: ({ getValue }) => day(getValue()),
          enableSorting: true,
        }),
      ]}
    />
  )
}
