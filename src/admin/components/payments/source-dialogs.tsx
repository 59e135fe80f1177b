import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useNamesText } from "../../hooks/use-names-text"
import { useT } from "../../hooks/use-t"
import { allocationsOf } from "../../lib/choices"
import { lyingAllocations, moneyUnits, type CreditSource } from "../../lib/credit-source"
import { decimalOf } from "../../lib/decimal"
import type { AllocateBody, Strategy } from "../../lib/types/receivables"
import { ActionDialog } from "../dialog/action-dialog"
import { TextareaField } from "../dialog/fields"
import { AskReasonDialog } from "../dialog/reason-dialog"
import { isMoneyReady, moneyDraft, MoneyFields, moneyOf } from "./money-fields"
import { DUE_FIRST, isStrategyReady, StrategyFields } from "./strategy-fields"

const OFFERED: readonly Strategy[] = ["due_date", "oldest_first", "by_choice"]

/** Puts what is left of a payment or credit note to invoices. */
export function AllocateDialog({ source }: { source: CreditSource }) {
  const t = useT()
  const { path, label, account_id, currency_code, unapplied } = source
  const [draft, setDraft] = useState(DUE_FIRST)
  const call = () => {
    const { strategy, choices } = draft
    const body: AllocateBody = {
      strategy: strategy === "unapplied" ? "due_date" : strategy,
      allocations: strategy === "by_choice" ? allocationsOf(choices) : undefined,
    }
    return { path: `${path}/allocate`, body }
  }
  return (
    <ActionDialog
      size="full"
      title={t("allocating.title", { label })}
      description={t("allocating.hint", { amount: amountText(unapplied, currency_code) })}
      submitLabel={t("allocating.submit")}
      ready={unapplied > 0 && isStrategyReady(draft, unapplied)}
      dirty={Object.values(draft.choices).some((typed) => typed !== "")}
      call={call}
    >
      <StrategyFields
        accountId={account_id}
        currencyCode={currency_code}
        amount={unapplied}
        paidOn={source.paid_on}
        offered={OFFERED}
        value={draft}
        onChange={setDraft}
      />
    </ActionDialog>
  )
}

interface UnallocateDialogProps {
  readonly source: CreditSource
  /** Only what lies on this invoice. */
  readonly invoiceId?: string
}

/** Takes a payment or credit note off its invoices, or off one. */
export function UnallocateDialog({ source, invoiceId }: UnallocateDialogProps) {
  const t = useT()
  const namesText = useNamesText()
  const lying = lyingAllocations(source).filter(({ invoice_id }) => !invoiceId || invoice_id === invoiceId)
  const said = {
    label: source.label,
    amount: amountText(Number(decimalOf(moneyUnits(lying))), source.currency_code),
    invoices: namesText(lying.map(({ invoice_number }) => invoice_number)),
  }
  return (
    <AskReasonDialog
      title={t(invoiceId ? "unallocating.titleOne" : "unallocating.title", said)}
      description={t("unallocating.hint", said)}
      submitLabel={t("unallocating.submit")}
      ready={lying.length > 0}
      path={`${source.path}/unallocate`}
      body={{ invoice_id: invoiceId }}
    />
  )
}

/** Records money that was paid back to the account. */
export function RefundDialog({ source }: { source: CreditSource }) {
  const t = useT()
  const [money, setMoney] = useState(() => moneyDraft(String(source.unapplied)))
  const [reason, setReason] = useState("")
  return (
    <ActionDialog
      title={t("refunding.title", { label: source.label })}
      description={t("refunding.hint", { amount: amountText(source.unapplied, source.currency_code) })}
      submitLabel={t("refunding.submit")}
      ready={isMoneyReady(money)}
      dirty={money.reference !== "" || reason !== ""}
      call={() => ({
        path: `${source.path}/refund`,
        body: {
          ...moneyOf(money),
          reason: reason.trim() || undefined,
          refunded_at: money.at?.toISOString(),
        },
      })}
    >
      <MoneyFields
        currencyCode={source.currency_code}
        day={{ name: "refunded_at", label: t("refunding.refundedAt") }}
        value={money}
        onChange={setMoney}
      />
      <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
