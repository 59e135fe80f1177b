import { useT } from "../../hooks/use-t"
import type { DefaultCredit } from "../../lib/types/pricing"
import { limitDraft, LimitFields, limitOf, type LimitDraft } from "../credit/limit-fields"
import { PastDueFields, pastDueDraft, pastDueOf, type PastDueDraft } from "../credit/past-due-fields"
import { SwitchField } from "../dialog/fields"

/** Credit rules that accounts begin with, as they are typed. */
export interface DefaultCreditDraft {
  readonly given: boolean
  readonly limit: LimitDraft
  readonly pastDue: PastDueDraft
}

export function defaultCreditDraft(rules: DefaultCredit | null | undefined): DefaultCreditDraft {
  return { given: Boolean(rules), limit: limitDraft(rules), pastDue: pastDueDraft(rules) }
}

/** The rules as the API takes them, null for none; undefined while something is missing. */
export function defaultCreditOf({ given, limit, pastDue }: DefaultCreditDraft) {
  if (!given) {
    return null
  }
  const limits = limitOf(limit)
  const late = pastDueOf(pastDue)
  return limits && late ? { ...limits, ...late } : undefined
}

interface DefaultCreditFieldsProps {
  readonly hint: string
  readonly currencyCode: string
  readonly value: DefaultCreditDraft
  readonly onChange: (draft: DefaultCreditDraft) => void
}

export function DefaultCreditFields({ hint, currencyCode, value, onChange }: DefaultCreditFieldsProps) {
  const t = useT()
  return (
    <>
      <SwitchField
        name="default_credit"
        label={t("tiers.credit")}
        hint={hint}
        value={value.given}
        onChange={(given) => onChange({ ...value, given })}
      />
      {value.given && (
        <>
          <LimitFields
            currencyCode={currencyCode}
            value={value.limit}
            onChange={(limit) => onChange({ ...value, limit })}
          />
          <PastDueFields
            prefix="default_credit."
            currencyCode={currencyCode}
            value={value.pastDue}
            onChange={(pastDue) => onChange({ ...value, pastDue })}
          />
        </>
      )}
    </>
  )
}
