import { SectionRow } from "@medusajs/dashboard/components"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { LimitRules } from "../../lib/types/credit"

/** A limit with what happens beyond it, and its lines in percent. */
export function LimitRuleRows({ rules, currencyCode }: { rules: LimitRules; currencyCode: string }) {
  const t = useT()
  const { credit_limit, policy, soft_threshold_percent: soft, hard_threshold_percent: hard } = rules
  const percent = (value: number | null, unset: string) =>
    value === null ? unset : t("credit.percentOfLimit", { percent: value })
  return (
    <>
      <SectionRow
        title={t("fields.creditLimit")}
        value={credit_limit === null ? t("credit.unlimited") : amountText(credit_limit, currencyCode)}
      />
      <SectionRow title={t("credit.policy")} value={t(`credit.policies.${policy}`)} />
      <SectionRow title={t("credit.softThreshold")} value={percent(soft, "–")} />
      <SectionRow title={t("credit.hardThreshold")} value={percent(hard, credit_limit === null ? "–" : t("credit.limitItself"))} />
    </>
  )
}
