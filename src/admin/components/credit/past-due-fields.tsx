import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import { AmountField, TextField } from "../dialog/fields"
import { written } from "./limit-fields"

/** When late invoices hold orders, as it is typed. */
export interface PastDueDraft {
  readonly days: string
  readonly tolerance: string
}

interface PastDueRules {
  readonly past_due_days: number | null
  readonly past_due_tolerance: number | string | null
}

export function pastDueDraft(rules: PastDueRules | null | undefined): PastDueDraft {
  return { days: written(rules?.past_due_days), tolerance: written(rules?.past_due_tolerance) }
}

/** The rules as the API takes them; undefined where the days are no number. */
export function pastDueOf({ days, tolerance }: PastDueDraft) {
  const past_due_days = days.trim() === "" ? null : wholeNumber(days)
  return past_due_days === undefined ? undefined : { past_due_days, past_due_tolerance: tolerance.trim() || null }
}

interface PastDueFieldsProps {
  /** What the fields' paths in the request begin with. */
  readonly prefix?: string
  readonly currencyCode: string
  readonly value: PastDueDraft
  readonly onChange: (draft: PastDueDraft) => void
}

export function PastDueFields({ prefix = "", currencyCode, value, onChange }: PastDueFieldsProps) {
  const t = useT()
  return (
    <div className="grid grid-cols-2 gap-4">
      <TextField
        name={`${prefix}past_due_days`}
        type="number"
        min={0}
        label={t("credit.pastDueDays")}
        hint={t("credit.pastDueHint")}
        optional
        suffix={t("fields.days")}
        value={value.days}
        onChange={(days) => onChange({ ...value, days })}
      />
      <AmountField
        name={`${prefix}past_due_tolerance`}
        label={t("credit.tolerance")}
        hint={t("credit.toleranceHint")}
        optional
        currencyCode={currencyCode}
        value={value.tolerance}
        onChange={(tolerance) => onChange({ ...value, tolerance })}
      />
    </div>
  )
}
