import { createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { PAYMENT_METHODS } from "../../lib/payment-methods"
import { resources } from "../../lib/resources"
import type { AccountPayment } from "../../lib/types/receivables"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<AccountPayment>()
const filter = createDataTableFilterHelper<AccountPayment>()

interface PaymentListProps {
  /** Only this account's payments, on the account's own page. */
  readonly accountId?: string
}

export function PaymentList({ accountId }: PaymentListProps) {
  const t = useT()
  const day = useDay()
  const yesOrNo = [
    { value: "true", label: t("common.yes") },
    { value: "false", label: t("common.no") },
  ]
  return (
    <RowList
      resource={resources.payments}
      query={{ account_id: accountId }}
      prefix={accountId && "payments"}
      heading={t("nav.payments")}
      subHeading={accountId ? undefined : t("payments.text")}
      getRowId={({ id }) => id}
      rowHref={({ id }) => `/wholesale/payments/${id}`}
      emptyText={t("payments.empty")}
      actions={
        accountId
          ? [{ label: t("payments.record"), to: "record-payment" }]
          : [
              { label: t("bank.title"), to: "bank-import" },
              { label: t("payments.record"), to: "record" },
            ]
      }
      filters={[
        filter.accessor("unapplied", { type: "radio", label: t("payments.unapplied"), options: yesOrNo }),
        filter.accessor("method", {
          type: "radio",
          label: t("fields.method"),
          options: PAYMENT_METHODS.map((value) => ({ value, label: t(`paymentMethods.${value}`) })),
        }),
        filter.accessor("status", {
          type: "radio",
          label: t("fields.status"),
          options: ["received", "void"].map((value) => ({ value, label: t(`status.${value}`) })),
        }),
      ]}
      columns={[
        column.accessor("received_at", {
          header: t("fields.receivedAt"),
          enableSorting: true,
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue())}</span>,
        }),
        ...(accountId
          ? []
          : [
              column.accessor("account.company_name", {
                header: t("fields.account"),
                cell: ({ row }) => <Truncated text={row.original.account.company_name} />,
              }),
              column.accessor("method", {
                header: t("fields.method"),
                cell: ({ getValue }) => (
                  <span className="whitespace-nowrap">
                    {t(`paymentMethods.${getValue()}`, { defaultValue: getValue() })}
                  </span>
                ),
              }),
            ]),
        column.accessor("reference", {
          header: t("fields.reference"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("amount", {
          header: t("fields.amount"),
          align: "right",
          enableSorting: true,
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
        column.accessor("unapplied", {
          header: t("payments.unapplied"),
          align: "right",
          cell: ({ getValue, row }) => (getValue() > 0 ? amountText(getValue(), row.original.currency_code) : "–"),
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue()} />,
        }),
      ]}
    />
  )
}
