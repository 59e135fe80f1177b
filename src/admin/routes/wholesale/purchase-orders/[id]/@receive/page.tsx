import { useParams } from "react-router-dom"

import { ReceiveDialog } from "../../../../../components/purchase-orders/receive-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const ReceivePage = () => {
  const { id = "" } = useParams()
  const { row: order } = useRow(resources.purchaseOrders, id)
  return order ? <ReceiveDialog order={order} /> : null
}

export default ReceivePage
