import { SectionRow } from "@medusajs/dashboard/components"
import { Button, createDataTableColumnHelper } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Account, CreditEntry } from "../../lib/types/accounts"
import { Section } from "../detail/section"
import { RowList } from "../list/row-list"

export function CreditSection({ account }: { account: Account }) {
  const t = useT()
  const credit = account.credit_account
  const money = (amount: number | null | undefined) => amountText(amount, account.currency_code)
  const isUnlimited = credit === null || credit === undefined || credit.credit_limit === null
  return (
    <Section
      title={t("credit.title")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="credit-limit">{t("credit.setLimit")}</Link>
        </Button>
      }
    >
      <SectionRow
        title={t("fields.creditLimit")}
        value={isUnlimited ? t("credit.unlimited") : money(credit.credit_limit)}
      />
      <SectionRow title={t("credit.balance")} value={money(credit?.balance ?? 0)} />
      <SectionRow title={t("credit.reserved")} value={money(credit?.reserved ?? 0)} />
      <SectionRow title={t("credit.exposure")} value={money(credit?.exposure ?? 0)} />
      {!isUnlimited && <SectionRow title={t("credit.available")} value={money(credit.available)} />}
    </Section>
  )
}

const column = createDataTableColumnHelper<CreditEntry>()

/** The ledger behind the balance. */
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
      getRowId={({ id }) => id}
      emptyText={t("credit.noEntries")}
      columns={[
        column.accessor("created_at", {
          header: t("fields.date"),
          cell: ({ getValue }) => day(getValue(), true),
        }),
        column.accessor("kind", {
          header: t("fields.kind"),
          cell: ({ getValue }) => t(`credit.kinds.${getValue()}`, { defaultValue: getValue() }),
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
