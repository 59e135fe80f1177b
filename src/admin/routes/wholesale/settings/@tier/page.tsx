import { useSearchParams } from "react-router-dom"

import { TierDialog } from "../../../../components/pricing/tier-dialog"
import { useRow } from "../../../../hooks/use-rows"
import { resources } from "../../../../lib/resources"

const EditTierPage = () => {
  const [search] = useSearchParams()
  const { row: tier } = useRow(resources.priceTiers, search.get("tier_id") ?? "")
  return tier ? <TierDialog tier={tier} /> : null
}

export default EditTierPage
