import { useParams } from "react-router-dom"

import { DecideCreditDialog } from "../../../../../components/orders/decide-credit-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const ApproveCreditPage = () => {
  const { id = "" } = useParams()
  const { row: order } = useRow(resources.orders, id)
  return order ? <DecideCreditDialog order={order} decision="approve" /> : null
}

export default ApproveCreditPage
