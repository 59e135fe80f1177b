import { Button, Skeleton } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useReport } from "../../hooks/use-report"
import { useT } from "../../hooks/use-t"
import { AGEING_FIGURES, type AgeingFigure } from "../../lib/ageing"
import { calendarDayOf, dateOfDay } from "../../lib/calendar-day"
import type { Account } from "../../lib/types/accounts"
import type { AccountAgeing, Ageing } from "../../lib/types/receivables"
import { Section } from "../detail/section"
import { DateField } from "../dialog/fields"

/** What an account owes by age, as of any day; a line for each currency it trades in. */
export function AccountAgeingSection({ account }: { account: Account }) {
  const t = useT()
  const [asOf, setAsOf] = useState<Date | null>(null)
  const { answer, error } = useReport<Ageing>("reports/ageing", {
    account_id: account.id,
    as_of: calendarDayOf(asOf) ?? undefined,
  })
  const rows: readonly AgeingRow[] = answer?.accounts.length ? answer.accounts : [nothingOwed(account.currency_code)]
  return (
    <Section
      title={t("ageing.owed")}
      error={error}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="record-payment">{t("payments.record")}</Link>
        </Button>
      }
    >
      <div className="px-6 py-4">
        <div className="w-56">
          <DateField
            name="as_of"
            label={t("ageing.asOf")}
            value={asOf ?? dateOfDay(answer?.as_of)}
            onChange={setAsOf}
          />
        </div>
      </div>
      {!answer && !error && <Skeleton className="m-6 h-12" />}
      {answer && rows.map((row) => <Buckets key={row.currency_code} row={row} />)}
    </Section>
  )
}

type AgeingRow = Pick<AccountAgeing, AgeingFigure | "currency_code">

function Buckets({ row }: { row: AgeingRow }) {
  const t = useT()
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-3 px-6 py-4">
      {AGEING_FIGURES.map((figure) => (
        <div key={figure} className="flex min-w-0 flex-col gap-y-0.5">
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{t(`ageing.figures.${figure}`)}</dt>
          <dd className="txt-compact-small-plus tabular-nums">{amountText(row[figure], row.currency_code)}</dd>
        </div>
      ))}
    </dl>
  )
}

function nothingOwed(currency_code: string): AgeingRow {
  return {
    currency_code,
    current: 0,
    days_1_30: 0,
    days_31_60: 0,
    days_61_90: 0,
    days_91_120: 0,
    over_120: 0,
    outstanding: 0,
    unapplied: 0,
    balance: 0,
  }
}
