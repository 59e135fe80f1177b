import { useParams } from "react-router-dom"

import { PlaceHoldDialog } from "../../../../../components/credit/hold-dialogs"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const HoldOrderPage = () => {
  const { id = "" } = useParams()
  const { row: order } = useRow(resources.orders, id)
  return order ? <PlaceHoldDialog subject={{ order_id: id }} name={order.number} /> : null
}

export default HoldOrderPage
