import { useParams } from "react-router-dom"

import { AddLateChargeDialog } from "../../../../../components/invoices/late-charge-dialogs"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const AddLateChargePage = () => {
  const { id = "" } = useParams()
  const { row: invoice } = useRow(resources.invoices, id)
  return invoice ? <AddLateChargeDialog invoice={invoice} /> : null
}

export default AddLateChargePage
