import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import type { PaymentTerms, TermsType } from "../../lib/types/store"
import { SelectField, SwitchField, TextField } from "./fields"

const TYPES: readonly TermsType[] = ["net", "end_of_month", "due_on_receipt", "prepaid"]

/** Terms as they are typed. */
export interface TermsDraft {
  readonly type: TermsType
  readonly days: string
  readonly discounted: boolean
  readonly percent: string
  readonly discountDays: string
}

export function termsDraft({ type, days, discount }: PaymentTerms): TermsDraft {
  return {
    type,
    days: String(days),
    discounted: discount !== null,
    percent: discount?.percent ?? "",
    discountDays: discount ? String(discount.days) : "",
  }
}

/** The terms as the API takes them; undefined while a number is missing. */
export function termsOf({ type, days, discounted, percent, discountDays }: TermsDraft): PaymentTerms | undefined {
  if (!countsDays(type)) {
    return { type, days: 0, discount: null }
  }
  const counted = wholeNumber(days)
  if (counted === undefined) {
    return undefined
  }
  if (!discounted) {
    return { type, days: counted, discount: null }
  }
  const early = wholeNumber(discountDays)
  return early === undefined || percent.trim() === ""
    ? undefined
    : { type, days: counted, discount: { percent: percent.trim(), days: early } }
}

interface TermsFieldsProps {
  /** The terms' path in the request. */
  readonly name: string
  readonly label: string
  readonly value: TermsDraft
  readonly onChange: (draft: TermsDraft) => void
}

/** When invoices are due, and what paying early takes off. */
export function TermsFields({ name, label, value, onChange }: TermsFieldsProps) {
  const t = useT()
  return (
    <>
      <SelectField
        name={`${name}.type`}
        label={label}
        value={value.type}
        onChange={(type) => onChange({ ...value, type: type || value.type })}
        choices={TYPES.map((type) => ({ value: type, label: t(`terms.types.${type}`) }))}
      />
      {countsDays(value.type) && (
        <>
          <TextField
            name={`${name}.days`}
            type="number"
            min={0}
            label={t("terms.days")}
            suffix={t("fields.days")}
            value={value.days}
            onChange={(days) => onChange({ ...value, days })}
          />
          <SwitchField
            name={`${name}.discount`}
            label={t("terms.discount")}
            hint={t("terms.discountHint")}
            value={value.discounted}
            onChange={(discounted) => onChange({ ...value, discounted })}
          />
        </>
      )}
      {countsDays(value.type) && value.discounted && (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            name={`${name}.discount.percent`}
            label={t("terms.percent")}
            suffix="%"
            value={value.percent}
            onChange={(typed) => onChange({ ...value, percent: typed.replace(",", ".") })}
          />
          <TextField
            name={`${name}.discount.days`}
            type="number"
            min={0}
            label={t("terms.discountDays")}
            suffix={t("fields.days")}
            value={value.discountDays}
            onChange={(discountDays) => onChange({ ...value, discountDays })}
          />
        </div>
      )}
    </>
  )
}

function countsDays(type: TermsType): boolean {
  return type === "net" || type === "end_of_month"
}
