import { useParams, useSearchParams } from "react-router-dom"

import { VoidLateChargeDialog } from "../../../../../components/invoices/late-charge-dialogs"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const VoidLateChargePage = () => {
  const { id = "" } = useParams()
  const [search] = useSearchParams()
  const { row: invoice } = useRow(resources.invoices, id)
  const charge = invoice?.late_charges?.find((each) => each.id === search.get("charge_id"))
  return charge ? <VoidLateChargeDialog charge={charge} /> : null
}

export default VoidLateChargePage
