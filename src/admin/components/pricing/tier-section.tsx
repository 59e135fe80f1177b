import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useTermsText } from "../../hooks/use-terms-text"
import { resources } from "../../lib/resources"
import type { PriceTier } from "../../lib/types/pricing"
import { EditableRows } from "./editable-rows"

/** The classes of customers, with what their accounts begin with. */
export function TierSection() {
  const t = useT()
  const { rows, error } = useRows(resources.priceTiers)
  return (
    <EditableRows
      title={t("tiers.title")}
      empty={t("tiers.none")}
      rows={rows}
      error={error}
      path="price-tiers"
      add="add-tier"
      edit={({ id }) => `tier?tier_id=${id}`}
      removeText={t("tiers.removeText")}
      value={(tier) => <TierText tier={tier} />}
    />
  )
}

function TierText({ tier }: { tier: PriceTier }) {
  const t = useT()
  const termsText = useTermsText()
  const { free_shipping_from: from, currency_code, default_terms, default_credit } = tier
  const lines = [
    from !== null && t("tiers.freeFrom", { amount: amountText(from, currency_code) }),
    default_terms && termsText(default_terms),
    default_credit &&
      (default_credit.credit_limit === null
        ? t("credit.unlimited")
        : t("tiers.limit", { amount: amountText(Number(default_credit.credit_limit), currency_code) })),
  ].filter(Boolean)
  return (
    <div className="flex flex-col gap-y-1">
      {lines.length === 0 ? <span className="text-ui-fg-muted">{t("tiers.plain")}</span> : null}
      {lines.map((line) => (
        <span key={String(line)}>{line}</span>
      ))}
    </div>
  )
}
