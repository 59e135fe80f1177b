import { Button, Text } from "@medusajs/ui"
import { useState } from "react"

import { useDownload } from "../../hooks/use-download"
import { useT } from "../../hooks/use-t"
import { calendarDayOf } from "../../lib/calendar-day"
import type { Account } from "../../lib/types/accounts"
import { DateField } from "../dialog/fields"
import { Section } from "../detail/section"

/** What the account owed and paid over a period, as a document for its people. */
export function StatementSection({ account }: { account: Account }) {
  const t = useT()
  const [from, setFrom] = useState<Date | null>(null)
  const [to, setTo] = useState<Date | null>(null)
  const { run, pending, error } = useDownload()
  const download = () =>
    run({ path: `accounts/${account.id}/statement-pdf`, query: { from: calendarDayOf(from) ?? undefined, to: calendarDayOf(to) ?? undefined } })
  return (
    <Section
      title={t("statement.title")}
      error={error}
      actions={
        <Button size="small" variant="secondary" isLoading={pending !== undefined} onClick={download}>
          {t("downloads.statement")}
        </Button>
      }
    >
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <div className="flex gap-x-3">
          <DateField name="from" label={t("statement.from")} value={from} onChange={setFrom} />
          <DateField name="to" label={t("statement.to")} value={to} onChange={setTo} />
        </div>
        <Text size="small" className="text-ui-fg-subtle">
          {t("statement.hint")}
        </Text>
      </div>
    </Section>
  )
}
