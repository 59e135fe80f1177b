import { Button, Skeleton, Text } from "@medusajs/ui"
import { Link, useSearchParams } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useCreditStatement } from "../../hooks/use-credit-statement"
import { useT } from "../../hooks/use-t"
import { calendarDayOf, dateOfDay } from "../../lib/calendar-day"
import type { Account } from "../../lib/types/accounts"
import type { CreditStatement as Statement } from "../../lib/types/credit"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"
import { DateField } from "../dialog/fields"
import { EntryKind } from "./entry-kind"

/** The ledger of an account over a period, by when its entries count from: opening, entries, closing. The period stands in the address. */
export function CreditStatement({ account }: { account: Account }) {
  const t = useT()
  const [search, setSearch] = useSearchParams()
  const period = { from: search.get("from") ?? undefined, to: search.get("to") ?? undefined }
  const { statement, error, isPending, hasMore, more } = useCreditStatement(account.id, period)
  const choose = (name: "from" | "to") => (date: Date | null) =>
    setSearch((before) => {
      const day = calendarDayOf(date)
      const after = new URLSearchParams(before)
      if (day) {
        after.set(name, day)
      } else {
        after.delete(name)
      }
      return after
    })
  return (
    <Section
      level="h1"
      title={t("credit.statement.of", { company: account.company_name })}
      error={error}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to={`/wholesale/accounts/${account.id}`}>{t("connections.openAccount")}</Link>
        </Button>
      }
    >
      <div className="px-6 py-4">
        <div className="grid max-w-md grid-cols-2 gap-4">
          {(["from", "to"] as const).map((name) => (
            <DateField
              key={name}
              name={name}
              label={t(`credit.statement.${name}`)}
              value={dateOfDay(period[name] ?? statement?.[name])}
              onChange={choose(name)}
            />
          ))}
        </div>
      </div>
      {!statement && isPending && <Skeleton className="m-6 h-40" />}
      {statement && <StatementBody statement={statement} />}
      {hasMore && (
        <div className="flex justify-center px-6 py-4">
          <Button size="small" variant="secondary" isLoading={isPending} onClick={more}>
            {t("credit.statement.more")}
          </Button>
        </div>
      )}
    </Section>
  )
}

function StatementBody({ statement }: { statement: Statement }) {
  const t = useT()
  const day = useDay()
  const { entries, count, opening, moved, closing, currency_code } = statement
  const money = (amount: number) => amountText(amount, currency_code)
  return (
    <>
      <dl className="grid grid-cols-2 gap-4 px-6 py-4 md:grid-cols-4">
        <Figure label={t("credit.statement.opening")} value={money(opening.balance)} />
        <Figure label={t("credit.statement.moved")} value={money(moved.balance)} />
        <Figure label={t("credit.statement.closing")} value={money(closing.balance)} />
        <Figure label={t("credit.statement.reserved")} value={money(closing.reserved)} />
      </dl>
      <LineTable
        lines={entries}
        lineKey={({ id }) => id}
        emptyText={t("credit.statement.empty")}
        columns={[
          { header: t("fields.date"), className: "whitespace-nowrap", cell: ({ effective_at }) => day(effective_at, true) },
          { header: t("fields.kind"), cell: (entry) => <EntryKind entry={entry} /> },
          { header: t("credit.reserved"), align: "right", cell: ({ reserved_delta }) => money(reserved_delta) },
          { header: t("credit.balance"), align: "right", cell: ({ balance_delta }) => money(balance_delta) },
          { header: t("credit.balanceAfter"), align: "right", cell: ({ balance }) => money(balance) },
        ]}
      />
      {entries.length < count && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("credit.statement.shown", { shown: entries.length, count })}
        </Text>
      )}
    </>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex flex-col gap-y-1">
      <dt className="txt-compact-small text-ui-fg-subtle">{label}</dt>
      <dd className="txt-compact-medium-plus tabular-nums">{value}</dd>
    </div>
  )
}
