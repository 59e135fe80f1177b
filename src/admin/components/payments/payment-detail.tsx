import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { lyingAllocations, moneyUnits, paymentSource } from "../../lib/credit-source"
import { decimalOf } from "../../lib/decimal"
import type { AccountPayment } from "../../lib/types/receivables"
import { Notice } from "../common/notice"
import { StatusBadge } from "../common/status-badge"
import { Columns, Section } from "../detail/section"
import { AllocationsSection } from "./allocations-section"
import { FigureRows } from "../detail/figure-rows"
import { SourceButtons } from "./source-buttons"
import { SourceHistory, type SourceEvent } from "./source-history"

/** Money received of an account: where it lies, what was done with it, and what can be done now. */
export function PaymentDetail({ payment }: { payment: AccountPayment }) {
  const t = useT()
  const day = useDay()
  const { currency_code, account, void_reason } = payment
  const source = paymentSource(payment, paymentLabel(t, payment))
  const isVoid = payment.status === "void"
  return (
    <Columns
      main={
        <>
          <Section level="h1" title={source.label} badge={<StatusBadge status={payment.status} />}>
            {isVoid && (
              <div className="px-6 py-4">
                <Notice variant="info" text={t("payments.voided", { day: day(payment.voided_at), reason: void_reason })} />
              </div>
            )}
            <SourceButtons source={source} canVoid={!isVoid} />
            <SectionRow
              title={t("fields.account")}
              value={
                <Link className="text-ui-fg-interactive break-words" to={`/wholesale/accounts/${payment.account_id}`}>
                  {account.company_name}
                </Link>
              }
            />
            <SectionRow title={t("fields.amount")} value={amountText(payment.amount, currency_code)} />
            <SectionRow title={t("fields.receivedAt")} value={day(payment.received_at)} />
            <SectionRow title={t("fields.method")} value={methodName(t, payment.method)} />
            <SectionRow title={t("fields.reference")} value={payment.reference} />
            <SectionRow
              title={t("allocating.strategy")}
              value={t(`allocating.strategies.${payment.strategy}`)}
            />
          </Section>
          <AllocationsSection source={source} />
        </>
      }
      side={
        <>
          <Section title={t("payments.figures")}>
            <FigureRows
              currencyCode={currency_code}
              rows={[
                { label: t("fields.amount"), amount: payment.amount },
                ...(isVoid
                  ? []
                  : [
                      {
                        label: t("payments.onInvoices"),
                        amount: -Number(decimalOf(moneyUnits(lyingAllocations(source)))),
                      },
                      { label: t("payments.refunded"), amount: -payment.refunded_total },
                    ]),
                { label: t("payments.unapplied"), amount: payment.unapplied, strong: true },
              ]}
            />
          </Section>
          <SourceHistory source={source} own={ownEvents(t, payment)} />
        </>
      }
    />
  )
}

type T = ReturnType<typeof useT>

function methodName(t: T, method: string): string {
  return t(`paymentMethods.${method}`, { defaultValue: method })
}

/** What people call a payment: how it came, with its reference. */
export function paymentLabel(t: T, { method, reference }: Pick<AccountPayment, "method" | "reference">): string {
  return [methodName(t, method), reference].filter(Boolean).join(" ")
}

function ownEvents(t: T, payment: AccountPayment): SourceEvent[] {
  const { amount, actor_type, actor_id, created_at, voided_at, void_reason, void_actor_type, void_actor_id } = payment
  return [
    { key: "recorded", title: t("allocations.events.recorded"), amount, actor_type, actor_id, at: created_at },
    ...(voided_at
      ? [
          {
            key: "voided",
            title: t("allocations.events.voided"),
            amount,
            reason: void_reason,
            actor_type: void_actor_type ?? "system",
            actor_id: void_actor_id ?? "",
            at: voided_at,
          },
        ]
      : []),
  ]
}
