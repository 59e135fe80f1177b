import { Text } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useRow, useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { CreditChange } from "../../lib/types/credit"
import { ActorAt } from "../common/actor-at"
import { Section } from "../detail/section"

/** The audit of an account's credit rules. */
export function AccountCreditChanges({ accountId, currencyCode }: { accountId: string; currencyCode: string }) {
  const { rows = [], error } = useRows(resources.creditChanges(accountId))
  return <CreditChanges changes={rows} error={error} currencyCode={currencyCode} />
}

interface CreditChangesProps {
  readonly changes: readonly CreditChange[]
  readonly error?: Error | null
  readonly currencyCode: string
}

/** Who changed which rule, when and why, the latest first. */
export function CreditChanges({ changes, error, currencyCode }: CreditChangesProps) {
  const t = useT()
  return (
    <Section title={t("credit.changes.title")} error={error}>
      <ol className="flex max-h-96 flex-col gap-y-3 overflow-y-auto px-6 py-4">
        {changes.length === 0 && (
          <Text size="small" className="text-ui-fg-subtle">
            {t("credit.changes.none")}
          </Text>
        )}
        {changes.map((change) => (
          <li key={change.id} className="flex min-w-0 flex-col">
            <Text size="small" weight="plus" leading="compact" className="break-words">
              {t(`credit.changes.fields.${change.field}`, { defaultValue: change.field })}
              <span className="text-ui-fg-muted font-normal">
                {" · "}
                <RuleValue change={change} value={change.from} currencyCode={currencyCode} />
                {" → "}
                <RuleValue change={change} value={change.to} currencyCode={currencyCode} />
              </span>
            </Text>
            <ActorAt type={change.actor_type} id={change.actor_id} at={change.changed_at} />
            {change.reason && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {change.reason}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

interface RuleValueProps {
  readonly change: CreditChange
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
