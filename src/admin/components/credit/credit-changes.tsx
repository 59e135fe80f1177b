import { amountText } from "../../hooks/use-formats"
import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources, type Resource } from "../../lib/resources"
import type { SettingChange } from "../../lib/types/store"
import { ChangeLog } from "../common/change-log"

interface CreditChangesProps {
  /** The audit of an account or of a group. */
  readonly resource: Resource<SettingChange>
  readonly currencyCode: string
}

/** Who changed which rule of credit, when and why. */
export function CreditChanges({ resource, currencyCode }: CreditChangesProps) {
  const t = useT()
  return (
    <ChangeLog
      title={t("credit.changes.title")}
      emptyText={t("credit.changes.none")}
      resource={resource}
      fieldName={(field) => t(`credit.changes.fields.${field}`, { defaultValue: field })}
      value={(change, value) => <RuleValue change={change} value={value} currencyCode={currencyCode} />}
    />
  )
}

interface RuleValueProps {
  readonly change: SettingChange
  readonly value: string | null
  readonly currencyCode: string
}

/** A value of the audit, which keeps all of them as text, as people read it. */
function RuleValue({ change: { field }, value, currencyCode }: RuleValueProps) {
  const t = useT()
  if (value === null) {
    return <>{t(field === "credit_limit" ? "credit.unlimited" : "credit.changes.notSet")}</>
  }
  switch (field) {
    case "credit_limit":
    case "past_due_tolerance":
      return <>{amountText(Number(value), currencyCode)}</>
    case "policy":
      return <>{t(`credit.policies.${value}`)}</>
    case "past_due_days":
      return <>{t("credit.changes.days", { count: Number(value) })}</>
    case "group_id":
      return <GroupName id={value} />
    default:
      return <>{field.endsWith("_percent") ? `${value} %` : value}</>
  }
}

function GroupName({ id }: { id: string }) {
  const { row: group } = useRow(resources.creditGroups, id)
  return <>{group?.name ?? id}</>
}
