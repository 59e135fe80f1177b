import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { decimalOf, sumUnits, unitsOf } from "../../lib/decimal"
import type { Invoice } from "../../lib/types/invoices"
import { Notice } from "../common/notice"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, TextareaField } from "../dialog/fields"

/** Gives up what is outstanding of an invoice, or a part, as a bad debt. */
export function WriteOffDialog({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const [amount, setAmount] = useState(String(invoice.outstanding))
  const [reason, setReason] = useState("")
  const money = (each: number) => amountText(each, invoice.currency_code)
  const units = unitsOf(amount) ?? 0n
  const left = sumUnits([invoice.outstanding]) - units
  const charges = sumUnits((invoice.late_charges ?? []).map(({ outstanding }) => outstanding))
  return (
    <ActionDialog
      title={t("writingOff.title", { number: invoice.number })}
      description={t("writingOff.hint", { amount: money(invoice.outstanding) })}
      submitLabel={t("events.write_off")}
      danger
      ready={units > 0n && left >= 0n && reason.trim() !== ""}
      dirty={reason !== ""}
      call={() => ({
        path: `invoices/${invoice.id}/write-off`,
        body: { amount: amount.trim(), reason: reason.trim() },
      })}
    >
      <AmountField
        name="amount"
        label={t("fields.amount")}
        hint={left > 0n ? t("writingOff.leaves", { amount: money(Number(decimalOf(left))) }) : t("writingOff.closes")}
        currencyCode={invoice.currency_code}
        value={amount}
        onChange={setAmount}
        autoFocus
      />
      {charges > 0n && (
        <Notice variant="info" text={t("writingOff.charges", { amount: money(Number(decimalOf(charges))) })} />
      )}
      <TextareaField name="reason" label={t("fields.reason")} value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
