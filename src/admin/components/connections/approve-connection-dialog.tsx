import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { resources } from "../../lib/resources"
import type { ApproveConnectionBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SelectField, SwitchField } from "../dialog/fields"
import { termsDraft, TermsFields, termsOf } from "../dialog/terms-fields"
import { Picker } from "../pickers/pickers"
import { Verifier } from "./verifier"

/** Approves a retailer: their account, how much credit they get, and when they pay. */
export function ApproveConnectionDialog({ id }: { id: string }) {
  const t = useT()
  const { store } = useWholesale()
  const { row: connection } = useRow(resources.connections, id)
  const [kind, setKind] = useState<"new" | "existing" | "">("new")
  const [accountId, setAccountId] = useState("")
  const [limited, setLimited] = useState(true)
  const [limit, setLimit] = useState("")
  const [compared, setCompared] = useState(false)
  const [terms, setTerms] = useState(() => termsDraft(store.default_terms))

  const channel = connection?.channel

  const call = () => {
    const body: ApproveConnectionBody = {
      account_id: kind === "existing" ? accountId : undefined,
      credit_limit: limited ? limit.trim() : null,
      terms: termsOf(terms),
    }
    return { path: `connections/${id}/approve`, body }
  }
  return (
    <ActionDialog
      title={t("connections.approveTitle", { name: connection?.partner_name ?? "" })}
      description={t("connections.approveHint")}
      submitLabel={t("events.approve")}
      ready={
        connection !== undefined &&
        (!channel || compared) &&
        (kind === "new" || accountId !== "") &&
        (!limited || limit.trim() !== "") &&
        termsOf(terms) !== undefined
      }
      dirty={limit !== ""}
      call={call}
    >
      {connection && channel && (
        <>
          <Verifier connection={connection} digits={channel.verifier} />
          <SwitchField
            name="compared"
            label={t("channel.compared")}
            hint={t("channel.comparedHint")}
            value={compared}
            onChange={setCompared}
          />
        </>
      )}
      <SelectField
        name="kind"
        label={t("fields.account")}
        value={kind}
        onChange={setKind}
        choices={[
          { value: "new", label: t("connections.newAccount", { name: connection?.partner_name ?? "" }) },
          { value: "existing", label: t("connections.existingAccount") },
        ]}
      />
      {kind === "existing" && (
        <Picker
          source="accounts"
          name="account_id"
          label={t("connections.existingAccount")}
          value={accountId}
          onChange={setAccountId}
        />
      )}
      <SwitchField
        name="limited"
        label={t("credit.limited")}
        hint={t("credit.limitedHint")}
        value={limited}
        onChange={setLimited}
      />
      {limited && (
        <AmountField
          name="credit_limit"
          label={t("fields.creditLimit")}
          hint={t("credit.zeroHint")}
          currencyCode={store.currency_code}
          value={limit}
          onChange={setLimit}
          autoFocus
        />
      )}
      <TermsFields name="terms" label={t("fields.terms")} value={terms} onChange={setTerms} />
    </ActionDialog>
  )
}
