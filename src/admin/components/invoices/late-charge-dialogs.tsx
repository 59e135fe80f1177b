import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { unitsOf } from "../../lib/decimal"
import type { Invoice, LateCharge } from "../../lib/types/invoices"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, DateField, SelectField, TextareaField } from "../dialog/fields"
import { AskReasonDialog } from "../dialog/reason-dialog"

/** Charges a fee or interest on an invoice. */
export function AddLateChargeDialog({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const [kind, setKind] = useState<LateCharge["kind"] | "">("fee")
  const [amount, setAmount] = useState("")
  const [chargedAt, setChargedAt] = useState<Date | null>(null)
  const [reason, setReason] = useState("")
  return (
    <ActionDialog
      title={t("lateCharges.addTitle", { number: invoice.number })}
      description={t("lateCharges.hint", { amount: amountText(invoice.outstanding, invoice.currency_code) })}
      submitLabel={t("lateCharges.add")}
      ready={kind !== "" && (unitsOf(amount) ?? 0n) > 0n}
      dirty={amount !== "" || reason !== ""}
      call={() => ({
        path: `invoices/${invoice.id}/late-charges`,
        body: {
          kind,
          amount: amount.trim(),
          reason: reason.trim() || undefined,
          charged_at: chargedAt?.toISOString(),
        },
      })}
    >
      <SelectField
        name="kind"
        label={t("fields.kind")}
        value={kind}
        onChange={setKind}
        choices={(["fee", "interest"] as const).map((value) => ({ value, label: t(`lateCharges.kinds.${value}`) }))}
      />
      <AmountField
        name="amount"
        label={t("fields.amount")}
        currencyCode={invoice.currency_code}
        value={amount}
        onChange={setAmount}
        autoFocus
      />
      <DateField
        name="charged_at"
        label={t("fields.date")}
        hint={t("invoices.receivedHint")}
        optional
        value={chargedAt}
        onChange={setChargedAt}
      />
      <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}

/** Takes back a late charge that nothing was paid of. */
export function VoidLateChargeDialog({ charge }: { charge: LateCharge }) {
  const t = useT()
  return (
    <AskReasonDialog
      title={t("lateCharges.voidTitle", {
        kind: t(`lateCharges.kinds.${charge.kind}`),
        amount: amountText(charge.amount, charge.currency_code),
      })}
      description={t("lateCharges.voidHint")}
      submitLabel={t("events.void")}
      path={`late-charges/${charge.id}/void`}
    />
  )
}
