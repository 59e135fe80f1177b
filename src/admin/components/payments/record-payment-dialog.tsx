import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { unitsOf } from "../../lib/decimal"
import { PAYMENT_METHODS, type PaymentMethod } from "../../lib/payment-methods"
import { resources } from "../../lib/resources"
import type { AccountPayment, RecordPaymentBody, Strategy } from "../../lib/types/receivables"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, DateField, SelectField, TextField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"
import { DUE_FIRST, isStrategyReady, StrategyFields, strategyOf } from "./strategy-fields"

const OFFERED: readonly Strategy[] = ["due_date", "oldest_first", "by_choice", "unapplied"]

interface RecordPaymentDialogProps {
  /** Whose money it is, where that is known already. */
  readonly accountId?: string
}

/** Records money of an account, by a rule or over many invoices by choice. */
export function RecordPaymentDialog({ accountId }: RecordPaymentDialogProps) {
  const t = useT()
  const { store } = useWholesale()
  const [account, setAccount] = useState(accountId ?? "")
  const [amount, setAmount] = useState("")
  const [method, setMethod] = useState<PaymentMethod | "">("bank_transfer")
  const [reference, setReference] = useState("")
  const [receivedAt, setReceivedAt] = useState<Date | null>(null)
  const [draft, setDraft] = useState(DUE_FIRST)
  const { row } = useRow(resources.accounts, account, { enabled: account !== "" })
  const currencyCode = row?.currency_code ?? store.currency_code
  const call = () => {
    const body: RecordPaymentBody = {
      account_id: account,
      amount: amount.trim(),
      method,
      reference: reference.trim() || undefined,
      received_at: receivedAt?.toISOString(),
      ...strategyOf(draft),
    }
    return { path: "payments", body }
  }
  const choose = (picked: string) => {
    setAccount(picked)
    setDraft({ ...draft, choices: {} })
  }
  return (
    <ActionDialog<{ payment: AccountPayment }>
      size="full"
      title={t("payments.record")}
      description={row ? row.company_name : t("payments.recordHint")}
      submitLabel={t("payments.record")}
      ready={account !== "" && method !== "" && (unitsOf(amount) ?? 0n) > 0n && isStrategyReady(draft, amount)}
      dirty={amount !== "" || reference !== ""}
      call={call}
      next={({ payment }) => `/wholesale/payments/${payment.id}`}
    >
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {!accountId && (
          <Picker source="accounts" name="account_id" label={t("fields.account")} value={account} onChange={choose} />
        )}
        <AmountField
          name="amount"
          label={t("fields.amount")}
          currencyCode={currencyCode}
          value={amount}
          onChange={setAmount}
          autoFocus={Boolean(accountId)}
        />
        <SelectField
          name="method"
          label={t("fields.method")}
          value={method}
          onChange={setMethod}
          choices={PAYMENT_METHODS.map((value) => ({ value, label: t(`paymentMethods.${value}`) }))}
        />
        <TextField
          name="reference"
          label={t("fields.reference")}
          hint={t("payments.referenceHint")}
          optional
          value={reference}
          onChange={setReference}
        />
        <DateField
          name="received_at"
          label={t("fields.receivedAt")}
          hint={t("invoices.receivedHint")}
          optional
          value={receivedAt}
          onChange={setReceivedAt}
        />
      </div>
      {account !== "" && (
        <StrategyFields
          accountId={account}
          currencyCode={currencyCode}
          amount={amount}
          paidOn={receivedAt ?? new Date()}
          offered={OFFERED}
          value={draft}
          onChange={setDraft}
        />
      )}
    </ActionDialog>
  )
}
