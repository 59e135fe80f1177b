import { createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import { useTermsText } from "../../hooks/use-terms-text"
import { resources } from "../../lib/resources"
import type { Account } from "../../lib/types/accounts"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<Account>()
const filter = createDataTableFilterHelper<Account>()

export function AccountList() {
  const t = useT()
  const termsText = useTermsText()
  return (
    <RowList
      resource={resources.accounts}
      heading={t("nav.accounts")}
      subHeading={t("accounts.text")}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/accounts/${id}`}
      emptyText={t("accounts.empty")}
      actions={[{ label: t("accounts.create"), to: "create" }]}
      filters={[
        filter.accessor("status", {
          type: "radio",
          label: t("fields.status"),
          options: ["active", "closed"].map((value) => ({ value, label: t(`status.${value}`) })),
        }),
        filter.accessor("kind", {
          type: "radio",
          label: t("fields.kind"),
          options: ["trade", "cash"].map((value) => ({ value, label: t(`kinds.${value}`) })),
        }),
      ]}
      columns={[
        column.accessor("company_name", {
          header: t("fields.company"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
          enableSorting: true,
        }),
        column.accessor("number", {
          header: t("fields.number"),
          cell: ({ getValue }) => getValue() ?? "–",
        }),
        column.accessor("email", {
          header: t("fields.email"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("kind", {
          header: t("fields.kind"),
          cell: ({ getValue }) => t(`kinds.${getValue()}`),
        }),
        column.accessor("terms", {
          header: t("fields.terms"),
          cell: ({ getValue }) => <Truncated text={termsText(getValue())} />,
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue()} />,
        }),
      ]}
    />
  )
}
