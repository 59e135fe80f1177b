import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useTermsText } from "../../hooks/use-terms-text"
import { resources } from "../../lib/resources"
import type { PaymentTerms } from "../../lib/types/store"
import { ChangeLog } from "../common/change-log"
import { CoreName } from "../common/core-name"

/** Who changed which terms, tier or detail of an account when. */
export function AccountChanges({ accountId }: { accountId: string }) {
  const t = useT()
  return (
    <ChangeLog
      title={t("accounts.changes.title")}
      emptyText={t("credit.changes.none")}
      resource={resources.accountChanges(accountId)}
      fieldName={(field) => t(`accounts.changes.fields.${field}`, { defaultValue: field })}
      value={({ field }, value) => <Value field={field} value={value} />}
    />
  )
}

/** A value of the audit, which keeps all of them as text, as people read it. */
function Value({ field, value }: { field: string; value: string | null }) {
  const t = useT()
  const termsText = useTermsText()
  if (value === null) {
    return <>{t("credit.changes.notSet")}</>
  }
  switch (field) {
    case "terms":
      return <>{termsText(JSON.parse(value) as PaymentTerms)}</>
    case "price_tier_id":
      return <TierName id={value} />
    case "customer_id":
      return <CoreName kind="customer" id={value} />
    case "status":
      return <>{t(`status.${value}`)}</>
    default:
      return <>{value}</>
  }
}

function TierName({ id }: { id: string }) {
  const { row: tier } = useRow(resources.priceTiers, id)
  return <>{tier?.name ?? id}</>
}
