import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import type { Account } from "../../lib/types/accounts"
import type { UpdateCreditAccountBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, TextareaField, TextField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"
import { limitDraft, LimitFields, limitOf, written } from "./limit-fields"

/** How much an account may owe, from where on its orders wait, and whose limit it shares. */
export function CreditRulesDialog({ account }: { account: Account }) {
  const t = useT()
  const credit = account.credit_account
  const [limit, setLimit] = useState(() => limitDraft(credit))
  const [days, setDays] = useState(written(credit?.past_due_days))
  const [tolerance, setTolerance] = useState(written(credit?.past_due_tolerance))
  const [group, setGroup] = useState(credit?.group_id ?? "")
  const [reason, setReason] = useState("")
  const rules = limitOf(limit)
  const pastDueDays = days.trim() === "" ? null : wholeNumber(days)
  const chosenGroup = group || null
  const call = () => {
    const body: UpdateCreditAccountBody = {
      ...rules,
      past_due_days: pastDueDays,
      past_due_tolerance: tolerance.trim() || null,
      group_id: chosenGroup === (credit?.group_id ?? null) ? undefined : chosenGroup,
      reason: reason.trim() || undefined,
    }
    return { path: `credit-accounts/${account.id}`, body }
  }
  return (
    <ActionDialog
      title={t("credit.rules")}
      description={account.company_name}
      submitLabel={t("actions.save")}
      ready={rules !== undefined && pastDueDays !== undefined}
      dirty={reason.trim() !== ""}
      call={call}
    >
      <LimitFields currencyCode={account.currency_code} value={limit} onChange={setLimit} autoFocus />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          name="past_due_days"
          type="number"
          min={0}
          label={t("credit.pastDueDays")}
          hint={t("credit.pastDueHint")}
          optional
          suffix={t("fields.days")}
          value={days}
          onChange={setDays}
        />
        <AmountField
          name="past_due_tolerance"
          label={t("credit.tolerance")}
          hint={t("credit.toleranceHint")}
          optional
          currencyCode={account.currency_code}
          value={tolerance}
          onChange={setTolerance}
        />
      </div>
      <Picker
        source="creditGroups"
        name="group_id"
        label={t("credit.group")}
        hint={t("credit.groupHint")}
        optional
        query={{ currency_code: account.currency_code }}
        value={group}
        onChange={setGroup}
      />
      <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
