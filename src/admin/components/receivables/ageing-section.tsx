import { ArrowDownTray } from "@medusajs/icons"
import { Button, Input, Skeleton, Text, clx } from "@medusajs/ui"
import { useState } from "react"
import { Link, useSearchParams } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useReport } from "../../hooks/use-report"
import { useT } from "../../hooks/use-t"
import { AGEING_FIGURES, ageingSums, type AgeingSum } from "../../lib/ageing"
import { calendarDayOf, dateOfDay } from "../../lib/calendar-day"
import { toCsv } from "../../lib/csv"
import { keepFile } from "../../lib/keep-file"
import type { AccountAgeing, Ageing } from "../../lib/types/receivables"
import { LineTable, type LineColumn } from "../detail/line-table"
import { Section } from "../detail/section"
import { DateField } from "../dialog/fields"

/** What each account owes and how late it is, as of any day. The day stands in the address. */
export function AgeingSection() {
  const t = useT()
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState("")
  const as_of = search.get("as_of") ?? undefined
  const { answer, error } = useReport<Ageing>("reports/ageing", { as_of })
  const choose = (date: Date | null) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      const day = calendarDayOf(date)
      if (day) {
        after.set("as_of", day)
      } else {
        after.delete("as_of")
      }
      return after
    })
  const wanted = typed.trim().toLowerCase()
  const found = (answer?.accounts ?? []).filter(
    ({ account, currency_code }) =>
      account.company_name?.toLowerCase().includes(wanted) || currency_code === wanted
  )
  return (
    <Section
      level="h1"
      title={t("ageing.title")}
      error={error}
      actions={
        answer && (
          <Button size="small" variant="secondary" disabled={found.length === 0} onClick={() => save(found, answer.as_of, t)}>
            <ArrowDownTray />
            {t("ageing.csv")}
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-end justify-between gap-4 px-6 py-4">
        <div className="w-56">
          <DateField
            name="as_of"
            label={t("ageing.asOf")}
            value={dateOfDay(as_of ?? answer?.as_of)}
            onChange={choose}
          />
        </div>
        <div className="w-64">
          <Input
            type="search"
            size="small"
            placeholder={t("ageing.search")}
            aria-label={t("ageing.search")}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      </div>
      {!answer && !error && <Skeleton className="m-6 h-40" />}
      {answer && <AgeingTable accounts={found} />}
    </Section>
  )
}

function AgeingTable({ accounts }: { accounts: readonly AccountAgeing[] }) {
  const t = useT()
  const columns: LineColumn<AccountAgeing>[] = [
    {
      header: t("fields.account"),
      cell: ({ account_id, account }) => (
        <Link
          to={`/wholesale/accounts/${account_id}#statement`}
          title={account.company_name ?? account_id}
          className="text-ui-fg-interactive block max-w-48 truncate"
        >
          {account.company_name ?? account_id}
        </Link>
      ),
    },
    ...AGEING_FIGURES.map((figure): LineColumn<AccountAgeing> => ({
      header: t(`ageing.figures.${figure}`),
      align: "right",
      className: clx("tabular-nums", { "txt-compact-small-plus": figure === "outstanding" || figure === "balance" }),
      cell: (row) => <Figure amount={row[figure]} currencyCode={row.currency_code} />,
    })),
  ]
  return (
    <>
      <LineTable
        lines={accounts}
        lineKey={({ account_id, currency_code }) => `${account_id} ${currency_code}`}
        emptyText={t("ageing.empty")}
        columns={columns}
      />
      {accounts.length > 0 && <AgeingSums sums={ageingSums(accounts)} />}
    </>
  )
}

/** What the accounts that are shown come to, in each currency. */
function AgeingSums({ sums }: { sums: readonly AgeingSum[] }) {
  const t = useT()
  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      {sums.map((sum) => (
        <dl key={sum.currency_code} className="flex flex-wrap gap-x-8 gap-y-3">
          <div className="w-24">
            <dt className="txt-compact-xsmall text-ui-fg-subtle">{t("ageing.sum")}</dt>
            <dd className="txt-compact-small-plus">{sum.currency_code.toUpperCase()}</dd>
          </div>
          {AGEING_FIGURES.map((figure) => (
            <div key={figure} className="flex flex-col gap-y-0.5">
              <dt className="txt-compact-xsmall text-ui-fg-subtle">{t(`ageing.figures.${figure}`)}</dt>
              <dd className="txt-compact-small-plus tabular-nums">{amountText(sum[figure], sum.currency_code)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </div>
  )
}

function Figure({ amount, currencyCode }: { amount: number; currencyCode: string }) {
  return amount === 0 ? (
    <Text as="span" size="small" className="text-ui-fg-muted">
      –
    </Text>
  ) : (
    <>{amountText(amount, currencyCode)}</>
  )
}

function save(accounts: readonly AccountAgeing[], asOf: string, t: ReturnType<typeof useT>): void {
  const titles = [t("fields.account"), t("fields.currency"), ...AGEING_FIGURES.map((each) => t(`ageing.figures.${each}`))]
  const rows = accounts.map((row) => [
    row.account.company_name ?? row.account_id,
    row.currency_code.toUpperCase(),
    ...AGEING_FIGURES.map((figure) => row[figure]),
  ])
  keepFile({
    content: new Blob(["\uFEFF", toCsv([titles, ...rows])], { type: "text/csv;charset=utf-8" }),
    filename: `ageing-${asOf}.csv`,
  })
}
