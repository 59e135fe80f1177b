import { createDataTableColumnHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Account } from "../../lib/types/accounts"
import type { CreditEntry } from "../../lib/types/credit"
import { RowList } from "../list/row-list"
import { EntryKind } from "./entry-kind"

const column = createDataTableColumnHelper<CreditEntry>()

/** The ledger behind the balance, in the order of booking. */
export function CreditEntries({ account }: { account: Account }) {
  const t = useT()
  const day = useDay()
  const money = (amount: number) => amountText(amount, account.currency_code)
  return (
    <RowList
      resource={resources.creditEntries(account.id)}
      prefix="entries"
      heading={t("credit.entries")}
      searchable={false}
      actions={[{ label: t("credit.statement.title"), to: "statement" }]}
      getRowId={({ id }) => id}
      emptyText={t("credit.noEntries")}
      columns={[
        column.accessor("created_at", {
          header: t("credit.bookedAt"),
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue(), true)}</span>,
        }),
        column.accessor("effective_at", {
          header: t("credit.effectiveAt"),
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue())}</span>,
        }),
        column.accessor("kind", {
          header: t("fields.kind"),
          cell: ({ row }) => <EntryKind entry={row.original} />,
        }),
        column.accessor("balance_delta", {
          header: t("credit.balance"),
          align: "right",
          cell: ({ getValue }) => money(getValue()),
        }),
        column.accessor("reserved_delta", {
          header: t("credit.reserved"),
          align: "right",
          cell: ({ getValue }) => money(getValue()),
        }),
        column.accessor("balance_after", {
          header: t("credit.balanceAfter"),
          align: "right",
          cell: ({ getValue }) => money(getValue()),
        }),
      ]}
    />
  )
}
