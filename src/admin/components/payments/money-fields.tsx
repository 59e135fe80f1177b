import { useT } from "../../hooks/use-t"
import { unitsOf } from "../../lib/decimal"
import { PAYMENT_METHODS, type PaymentMethod } from "../../lib/payment-methods"
import { AmountField, DateField, SelectField, TextField } from "../dialog/fields"

/** Money that came in or went out, as it is typed. */
export interface MoneyDraft {
  readonly amount: string
  readonly method: PaymentMethod | ""
  readonly reference: string
  /** Today where it is not given. */
  readonly at: Date | null
}

export function moneyDraft(amount = ""): MoneyDraft {
  return { amount, method: "bank_transfer", reference: "", at: null }
}

export function isMoneyReady({ amount, method }: MoneyDraft): boolean {
  return method !== "" && (unitsOf(amount) ?? 0n) > 0n
}

/** What of it the API takes under the same names everywhere; its day has another in each verb. */
export function moneyOf({ amount, method, reference }: MoneyDraft) {
  return { amount: amount.trim(), method, reference: reference.trim() || undefined }
}

interface MoneyFieldsProps {
  readonly currencyCode: string
  /** The day in the API, and how people call it. */
  readonly day: { readonly name: string; readonly label: string }
  readonly referenceHint?: string
  readonly autoFocus?: boolean
  readonly value: MoneyDraft
  readonly onChange: (draft: MoneyDraft) => void
}

/** How much money, by which way, under which reference, and when. */
export function MoneyFields({ currencyCode, day, referenceHint, autoFocus = true, value, onChange }: MoneyFieldsProps) {
  const t = useT()
  return (
    <>
      <AmountField
        name="amount"
        label={t("fields.amount")}
        currencyCode={currencyCode}
        value={value.amount}
        onChange={(amount) => onChange({ ...value, amount })}
        autoFocus={autoFocus}
      />
      <SelectField
        name="method"
        label={t("fields.method")}
        value={value.method}
        onChange={(method) => onChange({ ...value, method })}
        choices={PAYMENT_METHODS.map((method) => ({ value: method, label: t(`paymentMethods.${method}`) }))}
      />
      <TextField
        name="reference"
        label={t("fields.reference")}
        hint={referenceHint}
        optional
        value={value.reference}
        onChange={(reference) => onChange({ ...value, reference })}
      />
      <DateField
        name={day.name}
        label={day.label}
        hint={t("invoices.receivedHint")}
        optional
        value={value.at}
        onChange={(at) => onChange({ ...value, at })}
      />
    </>
  )
}
