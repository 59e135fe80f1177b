import { Badge, createDataTableColumnHelper } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { CreditGroup } from "../../lib/types/credit"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<CreditGroup>()

/** Limits that several accounts share. */
export function GroupList() {
  const t = useT()
  return (
    <RowList
      resource={resources.creditGroups}
      prefix="groups"
      heading={t("groups.title")}
      subHeading={t("groups.text")}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/credit/groups/${id}`}
      emptyText={t("groups.empty")}
      actions={[{ label: t("groups.create"), to: "create-group" }]}
      columns={[
        column.accessor("name", {
          header: t("fields.name"),
          cell: ({ row: { original } }) => <GroupName group={original} />,
        }),
        column.accessor("account_ids", {
          header: t("groups.members"),
          align: "right",
          cell: ({ getValue }) => getValue().length,
        }),
        column.accessor("credit_limit", {
          header: t("fields.creditLimit"),
          align: "right",
          cell: ({ getValue, row }) =>
            getValue() === null ? t("credit.unlimited") : amountText(getValue(), row.original.currency_code),
        }),
        column.accessor("exposure", {
          header: t("credit.exposure"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
        column.accessor("available", {
          header: t("credit.available"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
      ]}
    />
  )
}

function GroupName({ group: { name, available } }: { group: CreditGroup }) {
  const t = useT()
  return (
    <span className="flex items-center gap-x-2">
      <span title={name} className="block max-w-96 truncate">
        {name}
      </span>
      {available !== null && available < 0 && (
        <Badge size="2xsmall" color="red">
          {t("groups.over")}
        </Badge>
      )}
    </span>
  )
}
