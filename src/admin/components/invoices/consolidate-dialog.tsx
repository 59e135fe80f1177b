import { Checkbox, Hint, Skeleton, Text } from "@medusajs/ui"
import { useState } from "react"
import { useSearchParams } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useReport } from "../../hooks/use-report"
import { useT } from "../../hooks/use-t"
import { useTermsText } from "../../hooks/use-terms-text"
import { calendarDayOf } from "../../lib/calendar-day"
import { wantedInvoices, wantedOrders } from "../../lib/consolidation"
import { decimalOf, sumUnits } from "../../lib/decimal"
import type { Invoice, Uninvoiced } from "../../lib/types/invoices"
import type { ConsolidateInvoicesBody } from "../../lib/types/requests"
import { ErrorNotice } from "../common/error-notice"
import { LineTable } from "../detail/line-table"
import { ActionDialog } from "../dialog/action-dialog"
import { DateField } from "../dialog/fields"

/** Puts what waits of an account on invoices, shown beforehand as they will be. */
export function ConsolidateDialog() {
  const t = useT()
  const [search] = useSearchParams()
  const account_id = search.get("account_id") ?? ""
  const [through, setThrough] = useState<Date | null>(null)
  const day = calendarDayOf(through) ?? undefined
  const { answer, error, isPending } = useReport<{ uninvoiced: Uninvoiced[] }>("uninvoiced", { account_id, through: day })
  const [postponed, setPostponed] = useState<ReadonlySet<string>>(new Set())
  const waiting = answer?.uninvoiced ?? []
  const wanted = wantedOrders(waiting, postponed)
  const count = wantedInvoices(waiting, postponed)
  const body: ConsolidateInvoicesBody = { account_id, through: day, ...wanted }
  const toggle = (orderId: string, isWanted: boolean) =>
    setPostponed(new Set(isWanted ? [...postponed].filter((id) => id !== orderId) : [...postponed, orderId]))
  return (
    <ActionDialog<{ invoices: Invoice[] }>
      size="full"
      title={t("uninvoiced.invoiceOf", { account: waiting[0]?.account?.company_name ?? "…" })}
      description={t("uninvoiced.hint")}
      submitLabel={t("uninvoiced.submit", { count })}
      ready={wanted !== undefined && !isPending}
      call={() => ({ path: "invoices", body })}
      next={({ invoices }) => (invoices.length === 1 ? `/wholesale/invoices/${invoices[0].id}` : "/wholesale/invoices")}
    >
      <div className="w-56">
        <DateField name="through" label={t("uninvoiced.through")} optional value={through} onChange={setThrough} />
      </div>
      {error && <ErrorNotice error={error} />}
      {!answer && !error && <Skeleton className="h-40" />}
      {answer && waiting.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("uninvoiced.nothing")}
        </Text>
      )}
      {waiting.map((invoice, index) => (
        <PreviewedInvoice key={index} invoice={invoice} postponed={postponed} onToggle={toggle} />
      ))}
      {count > 1 && !wanted && <Hint variant="error">{t("uninvoiced.oneOnly")}</Hint>}
    </ActionDialog>
  )
}

interface PreviewedInvoiceProps {
  readonly invoice: Uninvoiced
  /** Ids of the orders that are to wait on. */
  readonly postponed: ReadonlySet<string>
  readonly onToggle: (orderId: string, isWanted: boolean) => void
}

function PreviewedInvoice({ invoice, postponed, onToggle }: PreviewedInvoiceProps) {
  const t = useT()
  const day = useDay()
  const termsText = useTermsText()
  const { currency_code, orders = [] } = invoice
  const total = decimalOf(sumUnits(orders.filter(({ order_id }) => !postponed.has(order_id)).map((order) => order.total)))
  return (
    <div className="border-ui-border-base overflow-hidden rounded-lg border">
      <LineTable
        lines={orders}
        lineKey={({ order_id }) => order_id}
        columns={[
          {
            header: "",
            cell: ({ order_id, order_number }) => (
              <Checkbox
                checked={!postponed.has(order_id)}
                onCheckedChange={(checked) => onToggle(order_id, checked === true)}
                aria-label={t("uninvoiced.include", { number: order_number })}
              />
            ),
          },
          { header: t("fields.order"), cell: ({ order_number }) => order_number },
          { header: t("fields.theirNumber"), cell: ({ purchase_order_number }) => purchase_order_number ?? "–" },
          { header: t("uninvoiced.shipments"), cell: ({ parts }) => (parts.includes(0) ? t("uninvoiced.all") : parts.join(", ")) },
          { header: t("uninvoiced.supplied"), cell: ({ supplied_at }) => day(supplied_at) },
          { header: t("fields.total"), align: "right", cell: (order) => amountText(order.total, currency_code) },
        ]}
      />
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle">
          {termsText(invoice.terms)}
        </Text>
        <Text size="small" weight="plus" className="tabular-nums">
          {amountText(Number(total), currency_code)}
        </Text>
      </div>
    </div>
  )
}
