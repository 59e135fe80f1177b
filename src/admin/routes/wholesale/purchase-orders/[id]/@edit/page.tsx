import { useParams } from "react-router-dom"

import { PurchaseOrderDialog } from "../../../../../components/trade/purchase-order-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const EditPurchaseOrderPage = () => {
  const { id = "" } = useParams()
  const { row: draft } = useRow(resources.purchaseOrders, id)
  return draft ? <PurchaseOrderDialog draft={draft} /> : null
}

export default EditPurchaseOrderPage
