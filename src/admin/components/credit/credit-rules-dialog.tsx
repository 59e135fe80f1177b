import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { Account } from "../../lib/types/accounts"
import type { UpdateCreditAccountBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { TextareaField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"
import { limitDraft, LimitFields, limitOf } from "./limit-fields"
import { PastDueFields, pastDueDraft, pastDueOf } from "./past-due-fields"

/** How much an account may owe, from where on its orders wait, and whose limit it shares. */
export function CreditRulesDialog({ account }: { account: Account }) {
  const t = useT()
  const credit = account.credit_account
  const [limit, setLimit] = useState(() => limitDraft(credit))
  const [pastDue, setPastDue] = useState(() => pastDueDraft(credit))
  const [group, setGroup] = useState(credit?.group_id ?? "")
  const [reason, setReason] = useState("")
  const rules = limitOf(limit)
  const pastDueRules = pastDueOf(pastDue)
  const chosenGroup = group || null
  const call = () => {
    const body: UpdateCreditAccountBody = {
      ...rules,
      ...pastDueRules,
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
      ready={rules !== undefined && pastDueRules !== undefined}
      dirty={reason.trim() !== ""}
      call={call}
    >
      <LimitFields currencyCode={account.currency_code} value={limit} onChange={setLimit} autoFocus />
      <PastDueFields currencyCode={account.currency_code} value={pastDue} onChange={setPastDue} />
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
