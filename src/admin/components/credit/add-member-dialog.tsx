import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { CreditGroup } from "../../lib/types/credit"
import { ActionDialog } from "../dialog/action-dialog"
import { TextareaField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"

/** Lets an account share the group's limit from now on; it leaves the group that it was in. */
export function AddMemberDialog({ group }: { group: CreditGroup }) {
  const t = useT()
  const [account, setAccount] = useState("")
  const [reason, setReason] = useState("")
  return (
    <ActionDialog
      title={t("groups.addMember")}
      description={t("groups.addMemberHint", {
        name: group.name,
        currency: group.currency_code.toUpperCase(),
      })}
      submitLabel={t("actions.add")}
      ready={account !== ""}
      dirty={account !== ""}
      call={() => ({
        path: `credit-accounts/${account}`,
        body: { group_id: group.id, reason: reason.trim() || undefined },
      })}
    >
      <Picker source="accounts" name="group_id" label={t("fields.account")} value={account} onChange={setAccount} />
      <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
