import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { PAYMENT_METHODS, type PaymentMethod } from "../../lib/payment-methods"
import type { Invoice } from "../../lib/types/invoices"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, DateField, SelectField, TextField } from "../dialog/fields"

/** Records money that came in for an invoice, in full or in part. */
export function PaymentDialog({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const [amount, setAmount] = useState(String(invoice.outstanding))
  const [method, setMethod] = useState<PaymentMethod | "">("bank_transfer")
  const [reference, setReference] = useState("")
  const [receivedAt, setReceivedAt] = useState<Date | null>(null)
  return (
    <ActionDialog
      title={t("invoices.payTitle", { number: invoice.number })}
      description={t("invoices.payHint", {
        amount: amountText(invoice.outstanding, invoice.currency_code),
      })}
      submitLabel={t("events.pay")}
      ready={amount.trim() !== "" && method !== ""}
      dirty={reference !== ""}
      call={() => ({
        path: "payments",
        body: {
          invoice_id: invoice.id,
          amount: amount.trim(),
          method,
          reference: reference.trim() || undefined,
          received_at: receivedAt?.toISOString(),
        },
      })}
    >
      <AmountField
        name="amount"
        label={t("fields.amount")}
        currencyCode={invoice.currency_code}
        value={amount}
        onChange={setAmount}
        autoFocus
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
    </ActionDialog>
  )
}
