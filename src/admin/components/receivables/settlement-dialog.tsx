import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { Account } from "../../lib/types/accounts"
import type { ReceivableSettings } from "../../lib/types/receivables"
import { written } from "../credit/limit-fields"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SelectField, TextareaField } from "../dialog/fields"

const AS_BEFORE = "unset"
type First = "invoice" | "charges" | typeof AS_BEFORE

interface SettlementDialogProps {
  readonly own: ReceivableSettings | undefined
  readonly currencyCode: string
  /** Whose rules they are; left out, the store's. */
  readonly account?: Pick<Account, "id" | "company_name">
}

/** Sets what of a residue is let go, and what a payment settles first. */
export function SettlementDialog({ own, currencyCode, account }: SettlementDialogProps) {
  const t = useT()
  const [tolerance, setTolerance] = useState(written(own?.write_off_tolerance))
  const [first, setFirst] = useState<First>(own?.settle_first ?? AS_BEFORE)
  const [reason, setReason] = useState("")
  return (
    <ActionDialog
      title={t("settlement.title")}
      description={account?.company_name ?? t("settlement.storeHint")}
      submitLabel={t("actions.save")}
      dirty={reason !== "" || tolerance !== written(own?.write_off_tolerance)}
      call={() => ({
        path: "receivable-settings",
        body: {
          account_id: account?.id ?? null,
          write_off_tolerance: tolerance.trim() || null,
          settle_first: first === AS_BEFORE ? null : first,
          reason: reason.trim() || undefined,
        },
      })}
    >
      <AmountField
        name="write_off_tolerance"
        label={t("settlement.tolerance")}
        hint={t(account ? "settlement.toleranceHintAccount" : "settlement.toleranceHint")}
        optional
        currencyCode={currencyCode}
        value={tolerance}
        onChange={setTolerance}
        autoFocus
      />
      <SelectField
        name="settle_first"
        label={t("settlement.first")}
        value={first}
        onChange={(picked) => setFirst(picked || AS_BEFORE)}
        choices={[
          { value: AS_BEFORE, label: t(account ? "settlement.asStore" : "settlement.byDefault") },
          { value: "invoice", label: t("settlement.firsts.invoice") },
          { value: "charges", label: t("settlement.firsts.charges") },
        ]}
      />
      <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
