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
import { TierField } from "../pricing/tier-field"
import { Verifier } from "./verifier"

/** Approves a retailer: their account, how much credit they get, and when they pay. */
export function ApproveConnectionDialog({ id }: { id: string }) {
  const t = useT()
  const { store } = useWholesale()
  const { row: connection } = useRow(resources.connections, id)
  const [kind, setKind] = useState<"new" | "existing" | "">("new")
  const [accountId, setAccountId] = useState("")
  const [tierId, setTierId] = useState<string | null>(null)
  const [credit, setCredit] = useState<"limited" | "unlimited" | "standing" | "">("limited")
  const [limit, setLimit] = useState("")
  const [compared, setCompared] = useState(false)
  const [ownTerms, setOwnTerms] = useState(false)
  const [terms, setTerms] = useState(() => termsDraft(store.default_terms))

  const channel = connection?.channel
  const isNew = kind === "new"

  const call = () => {
    const body: ApproveConnectionBody = {
      ...(isNew ? { price_tier_id: tierId } : { account_id: accountId }),
      credit_limit: credit === "limited" ? limit.trim() : credit === "unlimited" ? null : undefined,
      terms: ownTerms ? termsOf(terms) : undefined,
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
        (isNew || accountId !== "") &&
        (credit !== "limited" || limit.trim() !== "") &&
        (!ownTerms || termsOf(terms) !== undefined)
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
      {isNew ? (
        <TierField hint={t("tiers.openHint")} value={tierId} onChange={setTierId} />
      ) : (
        <Picker
          source="accounts"
          name="account_id"
          label={t("connections.existingAccount")}
          value={accountId}
          onChange={setAccountId}
        />
      )}
      <SelectField
        name="credit"
        label={t("credit.title")}
        value={credit}
        onChange={setCredit}
        choices={[
          { value: "limited", label: t("credit.upToLimit") },
          { value: "unlimited", label: t("credit.unlimited") },
          { value: "standing", label: t(isNew ? "credit.asTier" : "credit.asAccount") },
        ]}
      />
      {credit === "limited" && (
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
      <SwitchField
        name="own_terms"
        label={t("tiers.ownTerms")}
        hint={t(isNew ? "tiers.ownTermsHint" : "tiers.keptTermsHint")}
        value={ownTerms}
        onChange={setOwnTerms}
      />
      {ownTerms && <TermsFields name="terms" label={t("fields.terms")} value={terms} onChange={setTerms} />}
    </ActionDialog>
  )
}
