import { Skeleton, Text } from "@medusajs/ui"
import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useReport } from "../../hooks/use-report"
import { useT } from "../../hooks/use-t"
import { calendarDayOf } from "../../lib/calendar-day"
import type { DaysSalesOutstanding } from "../../lib/types/receivables"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"
import { DateField } from "../dialog/fields"

/** How many days' sales are not paid, in each currency. */
export function DaysSalesSection() {
  const t = useT()
  const [from, setFrom] = useState<Date | null>(null)
  const [to, setTo] = useState<Date | null>(null)
  const { answer, error } = useReport<{ currencies: DaysSalesOutstanding[] }>("reports/days-sales-outstanding", {
    from: calendarDayOf(from) ?? undefined,
    to: calendarDayOf(to) ?? undefined,
  })
  return (
    <Section title={t("daysSales.title")} error={error}>
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <div className="grid max-w-md grid-cols-2 gap-4">
          <DateField name="from" label={t("statement.from")} value={from} onChange={setFrom} />
          <DateField name="to" label={t("statement.to")} value={to} onChange={setTo} />
        </div>
        <Text size="small" className="text-ui-fg-subtle">
          {t("daysSales.text")} {t("statement.hint")}
        </Text>
      </div>
      {!answer && !error && <Skeleton className="m-6 h-20" />}
      {answer && (
        <LineTable
          lines={answer.currencies}
          lineKey={({ currency_code }) => currency_code}
          emptyText={t("daysSales.empty")}
          columns={[
            { header: t("fields.currency"), cell: ({ currency_code }) => currency_code.toUpperCase() },
            {
              header: t("daysSales.receivables"),
              align: "right",
              cell: ({ receivables, currency_code }) => amountText(receivables, currency_code),
            },
            {
              header: t("daysSales.sales"),
              align: "right",
              cell: ({ sales, currency_code }) => amountText(sales, currency_code),
            },
            {
              header: t("daysSales.days"),
              align: "right",
              cell: ({ days_sales_outstanding: days }) => (days === null ? "–" : days.toLocaleString()),
            },
          ]}
        />
      )}
    </Section>
  )
}
