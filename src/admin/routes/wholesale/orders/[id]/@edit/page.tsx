import { useParams } from "react-router-dom"

import { EditOrderDialog } from "../../../../../components/orders/edit-order-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const EditOrderPage = () => {
  const { id = "" } = useParams()
  const { row: order } = useRow(resources.orders, id)
  return order ? <EditOrderDialog order={order} /> : null
}

export default EditOrderPage
