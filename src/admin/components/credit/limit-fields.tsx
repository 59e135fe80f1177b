import { useT } from "../../hooks/use-t"
import type { CreditPolicy, LimitRules } from "../../lib/types/credit"
import { AmountField, SelectField, SwitchField, TextField } from "../dialog/fields"

const POLICIES: readonly CreditPolicy[] = ["block", "hold"]

/** A limit and its lines as they are typed. */
export interface LimitDraft {
  readonly limited: boolean
  readonly limit: string
  readonly policy: CreditPolicy
  readonly soft: string
  readonly hard: string
}

/** Rules as accounts have them, or as text, as defaults are kept. */
type WrittenRules = { readonly [Rule in Exclude<keyof LimitRules, "policy">]: number | string | null } &
  Pick<LimitRules, "policy">

export function limitDraft(rules: WrittenRules | null | undefined): LimitDraft {
  return {
    limited: rules?.credit_limit !== null && rules?.credit_limit !== undefined,
    limit: written(rules?.credit_limit),
    policy: rules?.policy ?? "block",
    soft: written(rules?.soft_threshold_percent),
    hard: written(rules?.hard_threshold_percent),
  }
}

/** The rules as the API takes them; undefined while the limit is missing. */
export function limitOf({ limited, limit, policy, soft, hard }: LimitDraft) {
  if (limited && limit.trim() === "") {
    return undefined
  }
  return {
    credit_limit: limited ? limit.trim() : null,
    policy,
    soft_threshold_percent: soft.trim() || null,
    hard_threshold_percent: hard.trim() || null,
  }
}

/** A figure as it is typed; nothing where it is not set. */
export function written(value: number | string | null | undefined): string {
  return value === null || value === undefined ? "" : String(value)
}

interface LimitFieldsProps {
  readonly currencyCode: string
  readonly value: LimitDraft
  readonly onChange: (draft: LimitDraft) => void
  readonly autoFocus?: boolean
}

/** How much may be owed, what happens beyond it, and the lines before it. */
export function LimitFields({ currencyCode, value, onChange, autoFocus }: LimitFieldsProps) {
  const t = useT()
  const change = (changes: Partial<LimitDraft>) => onChange({ ...value, ...changes })
  return (
    <>
      <SwitchField
        name="limited"
        label={t("credit.limited")}
        hint={t("credit.limitedHint")}
        value={value.limited}
        onChange={(limited) => change({ limited })}
      />
      {value.limited && (
        <AmountField
          name="credit_limit"
          label={t("fields.creditLimit")}
          hint={t("credit.zeroHint")}
          currencyCode={currencyCode}
          value={value.limit}
          onChange={(limit) => change({ limit })}
          autoFocus={autoFocus}
        />
      )}
      <SelectField
        name="policy"
        label={t("credit.policy")}
        value={value.policy}
        onChange={(policy) => change({ policy: policy || value.policy })}
        choices={POLICIES.map((policy) => ({ value: policy, label: t(`credit.policies.${policy}`) }))}
      />
      <div className="grid grid-cols-2 gap-4">
        {(["soft", "hard"] as const).map((line) => (
          <TextField
            key={line}
            name={`${line}_threshold_percent`}
            label={t(`credit.${line}Threshold`)}
            hint={t(`credit.${line}Hint`)}
            optional
            suffix="%"
            value={value[line]}
            onChange={(typed) => change({ [line]: typed.replace(",", ".") })}
          />
        ))}
      </div>
    </>
  )
}
