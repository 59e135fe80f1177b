import { Button, Input, Text, clx } from "@medusajs/ui"
import { useState } from "react"

import { amountText, useDay } from "../../hooks/use-formats"
import { useOpenItems } from "../../hooks/use-open-items"
import { useT } from "../../hooks/use-t"
import { isLate } from "../../lib/calendar-day"
import { closingAmount, fillOf, leftOf, type Choices } from "../../lib/choices"
import { decimalOf } from "../../lib/decimal"
import type { OpenItem } from "../../lib/types/receivables"
import { ErrorNotice } from "../common/error-notice"
import { LineTable } from "../detail/line-table"
import { AmountInput } from "../dialog/fields"

interface ChoiceTableProps {
  readonly accountId: string
  readonly currencyCode: string
  /** What there is to be put to invoices, as it is typed. */
  readonly amount: string | number
  /** When the money came; null where no discount may be taken. */
  readonly paidOn: Date | null
  readonly value: Choices
  readonly onChange: (choices: Choices) => void
}

/** The open invoices of an account, each with how much goes to it, and what is left. */
export function ChoiceTable({ accountId, currencyCode, amount, paidOn, value, onChange }: ChoiceTableProps) {
  const t = useT()
  const day = useDay()
  const [search, setSearch] = useState("")
  const { items, error, isPending, hasMore, more } = useOpenItems(accountId)
  const wanted = search.trim().toLowerCase()
  const found = items.filter(({ number, orders }) =>
    [number, ...orders.flatMap(({ order_number, purchase_order_number }) => [order_number, purchase_order_number])].some(
      (each) => each?.toLowerCase().includes(wanted)
    )
  )
  const money = (each: number | string) => amountText(Number(each), currencyCode)
  const set = ({ invoice_id }: OpenItem, typed: string) => onChange({ ...value, [invoice_id]: typed })
  return (
    <div className="flex flex-col gap-y-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="w-64">
          <Input
            type="search"
            size="small"
            placeholder={t("allocating.search")}
            aria-label={t("allocating.search")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <Left units={leftOf(amount, value)} currencyCode={currencyCode} />
      </div>
      {error && <ErrorNotice error={error} />}
      <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
        <LineTable
          lines={found}
          lineKey={({ invoice_id }) => invoice_id}
          emptyText={isPending ? t("allocating.reading") : t("allocating.nothingOpen")}
          columns={[
            {
              header: t("fields.invoice"),
              className: "whitespace-nowrap",
              cell: (item) => item.number,
            },
            {
              header: t("fields.dueAt"),
              className: "whitespace-nowrap",
              cell: ({ due_at }) => (
                <span className={clx({ "text-ui-tag-red-text": isLate(due_at) })}>{day(due_at)}</span>
              ),
            },
            {
              header: t("allocating.open"),
              align: "right",
              cell: (item) => <Open item={item} money={money} closing={closingAmount(item, paidOn)} />,
            },
            {
              header: t("allocating.amount"),
              align: "right",
              cell: (item) => (
                <div className="ml-auto w-32 [&_input]:text-right">
                  <AmountInput
                    label={t("allocating.amountOf", { number: item.number })}
                    value={value[item.invoice_id] ?? ""}
                    onChange={(typed) => set(item, typed)}
                  />
                </div>
              ),
            },
            {
              header: "",
              align: "right",
              cell: (item) => (
                <Button
                  size="small"
                  type="button"
                  variant="transparent"
                  aria-label={t("allocating.fillOf", { number: item.number })}
                  onClick={() => set(item, fillOf(item, amount, value, paidOn))}
                >
                  {t("allocating.fill")}
                </Button>
              ),
            },
          ]}
        />
      </div>
      {hasMore && (
        <Button size="small" type="button" variant="secondary" isLoading={isPending} onClick={more}>
          {t("allocating.more")}
        </Button>
      )}
    </div>
  )
}

function Left({ units, currencyCode }: { units: bigint; currencyCode: string }) {
  const t = useT()
  const isOver = units < 0n
  const left = amountText(Number(decimalOf(isOver ? -units : units)), currencyCode)
  return (
    <Text
      size="small"
      weight="plus"
      role="status"
      className={clx("tabular-nums", isOver ? "text-ui-fg-error" : "text-ui-fg-base")}
    >
      {t(isOver ? "allocating.over" : "allocating.left", { amount: left })}
    </Text>
  )
}

interface OpenProps {
  readonly item: OpenItem
  readonly closing: string
  readonly money: (amount: number | string) => string
}

function Open({ item, closing, money }: OpenProps) {
  const t = useT()
  const day = useDay()
  const isEarly = item.early !== null && Number(closing) < item.open
  return (
    <span className="flex flex-col items-end py-1">
      <span className="tabular-nums">{money(item.open)}</span>
      {item.late_charges > 0 && (
        <span className="txt-compact-xsmall text-ui-fg-subtle">
          {t("allocating.withCharges", { amount: money(item.late_charges) })}
        </span>
      )}
      {isEarly && (
        <span className="txt-compact-xsmall text-ui-fg-subtle">
          {t("allocating.early", { amount: money(closing), day: day(item.early?.until) })}
        </span>
      )}
    </span>
  )
}
