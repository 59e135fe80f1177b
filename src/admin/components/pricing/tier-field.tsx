import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import { SelectField } from "../dialog/fields"

const NO_TIER = "none"

interface TierFieldProps {
  readonly hint: string
  /** The id of a price tier; null for none. */
  readonly value: string | null
  readonly onChange: (tierId: string | null) => void
}

/** Which price tier an account is in. */
export function TierField({ hint, value, onChange }: TierFieldProps) {
  const t = useT()
  const { rows: tiers = [] } = useRows(resources.priceTiers)
  return (
    <SelectField
      name="price_tier_id"
      label={t("tiers.tier")}
      hint={hint}
      value={value ?? NO_TIER}
      onChange={(picked) => onChange(picked === "" || picked === NO_TIER ? null : picked)}
      choices={[
        { value: NO_TIER, label: t("tiers.noTier") },
        ...tiers.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
