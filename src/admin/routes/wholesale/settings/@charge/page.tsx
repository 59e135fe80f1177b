import { useSearchParams } from "react-router-dom"

import { ChargeDialog } from "../../../../components/pricing/charge-dialog"
import { useRow } from "../../../../hooks/use-rows"
import { resources } from "../../../../lib/resources"

const EditChargePage = () => {
  const [search] = useSearchParams()
  const { row: rule } = useRow(resources.chargeRules, search.get("rule_id") ?? "")
  return rule ? <ChargeDialog rule={rule} /> : null
}

export default EditChargePage
