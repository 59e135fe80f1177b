import { ArrowDownTray } from "@medusajs/icons"
import { Button, Skeleton, Text } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { Link, useLocation } from "react-router-dom"

import { useDownload } from "../../hooks/use-download"
import { amountText, useDay } from "../../hooks/use-formats"
import { useReport } from "../../hooks/use-report"
import { useT } from "../../hooks/use-t"
import { calendarDayOf, dateOfDay } from "../../lib/calendar-day"
import { PAYMENT_METHODS } from "../../lib/payment-methods"
import type { Account } from "../../lib/types/accounts"
import type { Statement } from "../../lib/types/receivables"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"
import { DateField } from "../dialog/fields"

const ANCHOR = "statement"

/** What the account owed and paid over a period, document by document, and the same for its people. */
export function StatementSection({ account }: { account: Account }) {
  const t = useT()
  const [from, setFrom] = useState<Date | null>(null)
  const [to, setTo] = useState<Date | null>(null)
  const period = { from: calendarDayOf(from) ?? undefined, to: calendarDayOf(to) ?? undefined }
  const { answer, error } = useReport<{ statement: Statement }>(`accounts/${account.id}/statement`, period)
  const download = useDownload()
  const statement = answer?.statement
  return (
    <div ref={useAnchor()}>
      <Section
        title={t("statement.title")}
        error={error ?? download.error}
        actions={
          <Button
            size="small"
            variant="secondary"
            isLoading={download.pending !== undefined}
            onClick={() => download.run({ path: `accounts/${account.id}/statement-pdf`, query: period })}
          >
            <ArrowDownTray />
            {t("downloads.statement")}
          </Button>
        }
      >
        <div className="flex flex-col gap-y-3 px-6 py-4">
          <div className="grid max-w-md grid-cols-2 gap-4">
            <DateField name="from" label={t("statement.from")} value={from ?? dateOfDay(statement?.from)} onChange={setFrom} />
            <DateField name="to" label={t("statement.to")} value={to ?? dateOfDay(statement?.to)} onChange={setTo} />
          </div>
          <Text size="small" className="text-ui-fg-subtle">
            {t("statement.hint")}
          </Text>
        </div>
        {!statement && !error && <Skeleton className="m-6 h-24" />}
        {statement && <StatementBody statement={statement} />}
      </Section>
    </div>
  )
}

function StatementBody({ statement }: { statement: Statement }) {
  const t = useT()
  const day = useDay()
  const { opening, closing, lines, currency_code } = statement
  const money = (amount: number) => amountText(amount, currency_code)
  return (
    <>
      <Sum label={t("statement.opening")} value={money(opening)} />
      <LineTable
        key={`${statement.from} ${statement.to}`}
        lines={lines}
        lineKey={({ kind, id }) => `${kind} ${id}`}
        emptyText={t("statement.empty")}
        columns={[
          { header: t("fields.date"), className: "whitespace-nowrap", cell: ({ at }) => day(at) },
          {
            header: t("fields.document"),
            cell: (line) => (
              <span className="block max-w-72 truncate">
                {t(`statement.kinds.${line.kind}`, { defaultValue: line.kind })} <DocumentName line={line} />
              </span>
            ),
          },
          { header: t("fields.amount"), align: "right", cell: ({ amount }) => money(amount) },
          { header: t("credit.balanceAfter"), align: "right", cell: ({ balance }) => money(balance) },
        ]}
      />
      <Sum label={t("statement.closing")} value={money(closing)} />
    </>
  )
}

/** Documents that have a page of their own are linked to it. */
const PAGES: Readonly<Record<string, string>> = {
  invoice: "invoices",
  invoice_void: "invoices",
  credit_note: "credit-notes",
  payment: "payments",
  payment_void: "payments",
}

/** A document by its number or reference; money without one by how it came. */
function DocumentName({ line: { kind, id, label } }: { line: Statement["lines"][number] }) {
  const t = useT()
  const page = PAGES[kind]
  const isMethod = PAYMENT_METHODS.some((method) => method === label)
  const name = isMethod ? t(`paymentMethods.${label}`) : label
  return page ? (
    <Link className="text-ui-fg-interactive" title={name} to={`/wholesale/${page}/${id}`}>
      {name}
    </Link>
  ) : (
    <span title={name}>{name}</span>
  )
}

function Sum({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-center justify-between px-6 py-3">
      <Text size="small" weight="plus">
        {label}
      </Text>
      <Text size="small" weight="plus" className="tabular-nums">
        {value}
      </Text>
    </div>
  )
}

/** Brings the section into view where the address names it. */
function useAnchor() {
  const { hash } = useLocation()
  const anchor = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (hash === `#${ANCHOR}`) {
      anchor.current?.scrollIntoView()
    }
  }, [hash])
  return anchor
}
