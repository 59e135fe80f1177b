import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { CreditGroup } from "../../lib/types/credit"
import type { CreateCreditGroupBody, UpdateCreditGroupBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { TextareaField, TextField } from "../dialog/fields"
import { limitDraft, LimitFields, limitOf } from "./limit-fields"

/** Makes a limit for several accounts to share, or changes one. */
export function GroupDialog({ group }: { group?: CreditGroup }) {
  const t = useT()
  const { store } = useWholesale()
  const [name, setName] = useState(group?.name ?? "")
  const [currency, setCurrency] = useState(store.currency_code)
  const [limit, setLimit] = useState(() => group ? limitDraft(group) : { ...limitDraft(null), limited: true, policy: "hold" as const })
  const [reason, setReason] = useState("")
  const currencyCode = group?.currency_code ?? currency.trim().toLowerCase()
  const rules = limitOf(limit)
  const call = () => {
    if (group) {
      const body: UpdateCreditGroupBody = { name: name.trim(), ...rules, reason: reason.trim() || undefined }
      return { path: `credit-groups/${group.id}`, body }
    }
    const body: CreateCreditGroupBody = { name: name.trim(), currency_code: currencyCode, ...rules }
    return { path: "credit-groups", body }
  }
  return (
    <ActionDialog<{ credit_group: CreditGroup }>
      title={t(group ? "groups.edit" : "groups.create")}
      description={t("groups.text")}
      submitLabel={t("actions.save")}
      ready={name.trim() !== "" && currencyCode.length === 3 && rules !== undefined}
      dirty={name.trim() !== (group?.name ?? "")}
      call={call}
      next={({ credit_group }) => `/wholesale/credit/groups/${credit_group.id}`}
    >
      <TextField name="name" label={t("fields.name")} value={name} onChange={setName} autoFocus />
      {!group && (
        <TextField
          name="currency_code"
          label={t("fields.currency")}
          hint={t("groups.currencyHint")}
          value={currency.toUpperCase()}
          onChange={setCurrency}
        />
      )}
      <LimitFields currencyCode={currencyCode} value={limit} onChange={setLimit} />
      {group && (
        <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
      )}
    </ActionDialog>
  )
}
