import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Account } from "../../lib/types/accounts"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SelectField, TextareaField } from "../dialog/fields"

interface CorrectionDialogProps {
  readonly account: Account
  readonly kind: "adjust" | "write-off"
}

/** Corrects what an account owes, either way, or lets a debt go; a new entry of the ledger with its reason. */
export function CorrectionDialog({ account, kind }: CorrectionDialogProps) {
  const t = useT()
  const [direction, setDirection] = useState<"raises" | "lessens" | "">("raises")
  const [amount, setAmount] = useState("")
  const [reason, setReason] = useState("")
  const given = reason.trim()
  const sign = kind === "adjust" && direction === "lessens" ? "-" : ""
  const owed = amountText(account.credit_account?.balance ?? 0, account.currency_code)
  return (
    <ActionDialog
      title={t(`credit.corrections.${kind}.title`)}
      description={t(`credit.corrections.${kind}.hint`, { company: account.company_name, owed })}
      submitLabel={t(`credit.corrections.${kind}.submit`)}
      danger={kind === "write-off"}
      ready={amount.trim() !== "" && given !== ""}
      dirty={amount !== "" || given !== ""}
      call={() => ({
        path: `credit-accounts/${account.id}/${kind}`,
        body: { amount: `${sign}${amount.trim()}`, reason: given },
      })}
    >
      {kind === "adjust" && (
        <SelectField
          name="direction"
          label={t("credit.corrections.direction")}
          value={direction}
          onChange={setDirection}
          choices={(["raises", "lessens"] as const).map((value) => ({
            value,
            label: t(`credit.corrections.${value}`),
          }))}
        />
      )}
      <AmountField
        name="amount"
        label={t("fields.amount")}
        currencyCode={account.currency_code}
        value={amount}
        onChange={setAmount}
        autoFocus
      />
      <TextareaField name="reason" label={t("fields.reason")} value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
